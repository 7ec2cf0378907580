// SPDX-License-Identifier: BSD-2-Clause
#include "size_text.hpp"

#include <charconv>
#include <optional>

#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

/// How far a unit shifts the number; nothing for what is no unit.
std::optional<unsigned> shift_of(std::string_view unit) {
    if (unit.empty()) return 0;
    if (unit == "K" || unit == "k") return 10;
    if (unit == "M" || unit == "m") return 20;
    if (unit == "G" || unit == "g") return 30;
    return std::nullopt;
}

constexpr std::uint64_t kMostOctets = std::uint64_t{1} << 50;

}  // namespace

Result<std::uint64_t> parse_size(std::string_view text) {
    if (text == "none") return std::uint64_t{0};
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    const auto shift = shift_of({rest, end});
    if (error == std::errc() && shift && number <= kMostOctets >> *shift) return number << *shift;
    return Error(Fault::permanent, "'" + printable(text) + "' is neither a size such as 500M nor none");
}

}  // namespace postern::smtpctl
