// SPDX-License-Identifier: BSD-2-Clause
#include "mail/labels.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestLabel = 63;

/// sub-domain = Let-dig [Ldh-str]
bool is_label(std::string_view label) {
    if (label.empty() || label.size() > kLongestLabel) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    return std::ranges::all_of(label, [](char c) { return ascii::is_alnum(c) || c == '-'; });
}

}  // namespace

bool are_labels(std::string_view text) {
    for (;;) {
        const auto dot = text.find('.');
        if (!is_label(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

}  // namespace postern::mail
