// SPDX-License-Identifier: BSD-2-Clause
#include "mail/validation.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace postern::mail {

namespace {

constexpr std::size_t kLongestTextLine = 1'000;  // RFC 5322 §2.1.1: 998 octets, and CRLF

}  // namespace

Validation::Validation(const ValidationRules& rules, std::function<void(std::string_view)> on_field)
    : rules_(rules), header_(rules, HeaderCheck::Of::message, 0, std::move(on_field)) {
    if (rules_.strictness == Strictness::strict) structure_.emplace(rules_);
}

void Validation::read(std::string_view content) {
    const auto length = fitting(content);
    read_fitting(content.substr(0, length));
    read_ += length;
    if (length == content.size()) return;
    const std::string_view place = header_.has_ended() ? "body" : "header";
    note(Flaw{"a line is longer than 998 octets", std::string(place), read_});
    read_fitting(content.substr(length));  // its fields are still to be heard of
    read_ += content.size() - length;
}

/// How many octets come before the one by which a line is too long.
std::size_t Validation::fitting(std::string_view content) {
    if (!structure_ || flaw_ || rules_.lines == LineLengths::any) return content.size();
    for (std::size_t at = 0;;) {
        const auto end = content.find('\n', at);
        const auto length = std::min(end, content.size()) - at;
        if (line_octets_ + length >= kLongestTextLine) return at + (kLongestTextLine - 1 - line_octets_);
        line_octets_ = end == std::string_view::npos ? line_octets_ + length : 0;
        if (end == std::string_view::npos) return content.size();
        at = end + 1;
    }
}

void Validation::read_fitting(std::string_view content) {
    if (!header_.has_ended()) {
        content = header_.read(content);
        note(header_.flaw());
        if (header_.has_ended()) end_header();
    }
    if (!structure_ || flaw_ || !header_.has_ended()) return;
    structure_->read(content);
    note(structure_->flaw());
}

void Validation::end_header() {
    if (!structure_ || flaw_) return;
    structure_->begin(header_.mime(), header_.offset_behind());
    note(structure_->flaw());
}

void Validation::finish() {
    const bool was_within_header = !header_.has_ended();
    header_.finish();
    note(header_.flaw());
    if (was_within_header) end_header();
    if (!structure_ || flaw_) return;
    structure_->finish();
    note(structure_->flaw());
}

void Validation::note(const std::optional<Flaw>& flaw) {
    if (!flaw_) flaw_ = flaw;
}

}  // namespace postern::mail
