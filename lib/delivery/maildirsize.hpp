// SPDX-License-Identifier: BSD-2-Clause
// The text of maildirsize, in which those who deliver into a Maildir and those who read it keep together how
// much is in it (Maildir++):
//     1000000S        the quota for which it was counted
//     52347 13        octets and messages when it was counted
//     1200 1          what has come since then, or gone (negative), a line each
// A text that is not understood tells nothing: whoever meets it counts the Maildir anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::delivery {

/// What lies in a Maildir, or was added to it.
struct Use {
    std::int64_t octets = 0;
    std::int64_t messages = 0;
    bool operator==(const Use&) const = default;
};

struct Maildirsize {
    std::uint64_t quota = 0;  ///< octets; a limit on messages is not ours to judge
    Use use;                  ///< never negative
    std::size_t lines = 0;    ///< below the first
};

std::optional<Maildirsize> parse_maildirsize(std::string_view text);
/// A line to be appended, with its end.
std::string format_use(const Use& use);
/// The text when all has just been counted.
std::string format_maildirsize(std::uint64_t quota, const Use& use);

}  // namespace postern::delivery
