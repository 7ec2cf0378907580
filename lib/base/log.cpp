// SPDX-License-Identifier: BSD-2-Clause
#include "base/log.hpp"

#include <algorithm>
#include <array>

namespace postern {

namespace {

constexpr std::array<std::string_view, 8> kNames{"emerg",   "alert",  "crit", "err",
                                                 "warning", "notice", "info", "debug"};

}  // namespace

std::string_view to_string(Severity severity) { return kNames[static_cast<std::size_t>(severity)]; }

std::optional<Severity> parse_severity(std::string_view text) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), text);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<Severity>(found - kNames.begin());
}

}  // namespace postern
