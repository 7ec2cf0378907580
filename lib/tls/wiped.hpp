// SPDX-License-Identifier: BSD-2-Clause
// Text that holds a private key: overwritten before its memory is given back.
#pragma once

#include <string>
#include <string_view>

#include <string.h>

namespace postern::tls {

class Wiped {
public:
    Wiped() = default;
    explicit Wiped(std::string text) : text_(std::move(text)) {}
    ~Wiped() { explicit_bzero(text_.data(), text_.size()); }
    Wiped(Wiped&& other) noexcept { swap(other); }
    Wiped& operator=(Wiped&& other) noexcept {
        swap(other);
        return *this;
    }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;

    std::string_view view() const { return text_; }
    std::string& text() { return text_; }

private:
    void swap(Wiped& other) noexcept { text_.swap(other.text_); }
    std::string text_;
};

}  // namespace postern::tls
