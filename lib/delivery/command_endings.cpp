// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/command_endings.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "runner/report_words.hpp"

namespace postern::delivery {

namespace {

using EndingKind = spool::Outcome::Kind;

struct Meaning {
    int status;  // sysexits(3)
    EndingKind kind;
    const char* code;  // RFC 3463
    const char* words;
};

constexpr Meaning kMeanings[] = {
    {64, EndingKind::failed, "5.3.0", "it was called in a wrong way"},
    {65, EndingKind::failed, "5.6.0", "it does not accept the message"},
    {66, EndingKind::failed, "5.3.0", "it misses its input"},
    {67, EndingKind::failed, "5.1.1", "no such user"},
    {68, EndingKind::failed, "5.1.2", "no such host"},
    {69, EndingKind::failed, "5.3.0", "its service is not available"},
    {70, EndingKind::failed, "5.3.0", "it met an internal error"},
    {71, EndingKind::deferred, "4.3.0", "the system is in trouble"},
    {72, EndingKind::failed, "5.3.0", "a file of the system is missing"},
    {73, EndingKind::deferred, "4.2.0", "it cannot make a file"},
    {74, EndingKind::deferred, "4.3.0", "it cannot read or write"},
    {75, EndingKind::deferred, "4.3.0", "it cannot do it now"},
    {76, EndingKind::failed, "5.5.0", "a protocol was broken"},
    {77, EndingKind::failed, "5.7.1", "it is not permitted"},
    {78, EndingKind::failed, "5.3.5", "it is set up in a wrong way"},
};

std::string_view without_margins(std::string_view text) {
    const auto is_margin = [](char c) { return ascii::is_blank(c) || c == '\r' || c == '\n'; };
    while (!text.empty() && is_margin(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_margin(text.back())) text.remove_suffix(1);
    return text;
}

std::string reason_for(const sys::CommandEnd& end, std::string_view words) {
    const auto said = without_margins(end.output);
    if (!said.empty()) return "the delivery command says: " + runner::one_line(said);
    return "the delivery command failed: " + std::string(words);
}

Ending ending_of_status(const sys::CommandEnd& end) {
    if (end.number == 0) return endings::delivered;
    const auto* const known = std::ranges::find(kMeanings, end.number, &Meaning::status);
    if (known != std::end(kMeanings)) return {known->kind, known->code, reason_for(end, known->words)};
    return {EndingKind::failed, "5.3.0", reason_for(end, "exit status " + std::to_string(end.number))};
}

}  // namespace

Ending ending_of(const sys::CommandEnd& end) {
    using How = sys::CommandEnd::How;
    switch (end.how) {
        case How::exited: return ending_of_status(end);
        case How::killed_by_signal:
            return {EndingKind::deferred, "4.3.0",
                    reason_for(end, "it was ended by signal " + std::to_string(end.number))};
        case How::out_of_time: break;
    }
    return {EndingKind::deferred, "4.3.0", reason_for(end, "it did not come to its end in time")};
}

}  // namespace postern::delivery
