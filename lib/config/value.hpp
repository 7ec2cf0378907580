// SPDX-License-Identifier: BSD-2-Clause
// A JSON value as settings need it: a scalar or a list. Sections (objects) are not values; document.hpp
// flattens them into dotted names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace postern::config {

struct Value {
    enum class Kind { null, flag, number, decimal, text, list, other };
    Kind kind = Kind::null;
    bool flag = false;
    std::uint64_t number = 0;          ///< whole and not negative
    double decimal = 0;                ///< with a decimal point or an exponent; a negative number is `other`
    std::string text = {};             ///< of `text`
    std::vector<Value> elements = {};  ///< of `list`

    static Value of_flag(bool flag) { return {.kind = Kind::flag, .flag = flag}; }
    static Value of_number(std::uint64_t number) { return {.kind = Kind::number, .number = number}; }
    static Value of_decimal(double decimal) { return {.kind = Kind::decimal, .decimal = decimal}; }
    static Value of_text(std::string text) { return {.kind = Kind::text, .text = std::move(text)}; }
    static Value of_list(std::vector<Value> elements) {
        return {.kind = Kind::list, .elements = std::move(elements)};
    }
    bool operator==(const Value&) const = default;
};

/// As compact JSON.
std::string to_json(const Value& value);

}  // namespace postern::config
