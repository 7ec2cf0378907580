// SPDX-License-Identifier: BSD-2-Clause
// "0-12,14": how a log line names recipients.
#include "base/ascii.hpp"
#include "spool/record.hpp"

namespace postern::spool {

namespace {

/// No spool file has more recipients; a range in a forged line must not make us count for ever.
constexpr std::size_t kMostRecipients = 1'000'000;

/// Reads one "A" or "A-B" and appends its indices; they must ascend.
bool append_range(RecipientSet& set, std::string_view text) {
    const auto dash = text.find('-');
    const auto first = ascii::parse_number<std::size_t>(text.substr(0, dash));
    const auto last =
        dash == std::string_view::npos ? first : ascii::parse_number<std::size_t>(text.substr(dash + 1));
    if (!first || !last || *last < *first || *last >= kMostRecipients) return false;
    if (!set.empty() && *first <= set.back()) return false;
    for (std::size_t index = *first; index <= *last; ++index) set.push_back(index);
    return true;
}

}  // namespace

std::string to_string(const RecipientSet& recipients) {
    std::string text;
    for (std::size_t i = 0; i < recipients.size();) {
        std::size_t end = i + 1;
        while (end < recipients.size() && recipients[end] == recipients[end - 1] + 1) ++end;
        if (!text.empty()) text += ',';
        text += std::to_string(recipients[i]);
        if (end - i > 1) text += "-" + std::to_string(recipients[end - 1]);
        i = end;
    }
    return text;
}

std::optional<RecipientSet> parse_recipient_set(std::string_view text) {
    RecipientSet set;
    while (!text.empty()) {
        const auto comma = text.find(',');
        if (!append_range(set, text.substr(0, comma))) return std::nullopt;
        if (comma == std::string_view::npos) return set;
        text.remove_prefix(comma + 1);
        if (text.empty()) return std::nullopt;
    }
    return set;
}

}  // namespace postern::spool
