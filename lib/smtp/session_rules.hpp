// SPDX-License-Identifier: BSD-2-Clause
// The form of a row of Session::kRules. Only session*.cpp include this.
#pragma once

#include "smtp/session.hpp"

namespace postern::smtp {

enum class Needs { nothing, argument, anything };

/// A set of phases, as bits.
struct Phases {
    unsigned bits;
    constexpr bool contains(unsigned phase) const { return (bits >> phase & 1U) != 0; }
};

struct Session::Rule {
    Verb verb;
    Needs argument;
    Phases phases;
    replies::Entry out_of_order;  ///< in another phase; before EHLO it is hello_first for all
    replies::Entry syntax;        ///< an argument is missing or too many
    std::size_t longest_line;     ///< octets with CRLF
    void (Session::*handler)(std::string_view argument);
};

}  // namespace postern::smtp
