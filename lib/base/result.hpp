// SPDX-License-Identifier: BSD-2-Clause
// Result<T>: a value or an Error. Status: success or an Error. POSTERN_TRY and POSTERN_ASSIGN pass an
// error on to the caller; they are the project's only macros.
#pragma once

#include <utility>
#include <variant>

#include "base/error.hpp"

namespace postern {

struct Done {
    bool operator==(const Done&) const = default;
};
inline constexpr Done done{};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }

    T& operator*() & { return *std::get_if<0>(&state_); }
    const T& operator*() const& { return *std::get_if<0>(&state_); }
    T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
    T* operator->() { return std::get_if<0>(&state_); }
    const T* operator->() const { return std::get_if<0>(&state_); }

    const Error& error() const { return *std::get_if<1>(&state_); }
    bool failed_with(Fault fault) const { return !*this && error().fault() == fault; }

    /// The same result; an error is told one layer higher.
    Result in(std::string_view doing) && {
        if (*this) return std::move(*this);
        return error().in(doing);
    }

private:
    std::variant<T, Error> state_;
};

using Status = Result<Done>;

}  // namespace postern

#define POSTERN_JOIN_(a, b) a##b
#define POSTERN_JOIN(a, b) POSTERN_JOIN_(a, b)
#define POSTERN_UNIQUE(stem) POSTERN_JOIN(stem, __LINE__)

#define POSTERN_TRY(expr) POSTERN_TRY_AS(POSTERN_UNIQUE(try_), expr)
#define POSTERN_TRY_AS(tmp, expr)                        \
    do {                                                 \
        if (auto tmp = (expr); !tmp) return tmp.error(); \
    } while (false)

#define POSTERN_ASSIGN(decl, expr) POSTERN_ASSIGN_AS(POSTERN_UNIQUE(result_), decl, expr)
#define POSTERN_ASSIGN_AS(tmp, decl, expr) \
    auto tmp = (expr);                     \
    if (!tmp) return tmp.error();          \
    decl = *std::move(tmp)
