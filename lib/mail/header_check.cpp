// SPDX-License-Identifier: BSD-2-Clause
#include "mail/header_check.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/ascii.hpp"
#include "mail/date.hpp"
#include "mail/token_reader.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestValue = 16 * 1024;

/// The place of the first octet above 127; all of the text when there is none. Eight octets a step.
std::size_t find_8bit(std::string_view text) {
    std::size_t i = 0;
    for (std::uint64_t octets = 0; i + sizeof octets <= text.size(); i += sizeof octets) {
        std::memcpy(&octets, text.data() + i, sizeof octets);
        if ((octets & 0x8080'8080'8080'8080U) != 0) break;
    }
    while (i < text.size() && ascii::is_ascii(text[i])) ++i;
    return i;
}

bool is_mime_version_1(std::string_view value) {
    TokenReader in(value);
    in.skip_blanks();
    if (!in.take('1')) return false;
    in.skip_blanks();
    if (!in.take('.')) return false;
    in.skip_blanks();
    if (!in.take('0')) return false;
    in.skip_blanks();
    return in.at_end() && !in.broken();
}

}  // namespace

/// A field with rules. RFC 5322 §3.6 has the table of what may stand once; RFC 2045 §3 the fields of an
/// entity, whose doubles are forgiven by default where they change nothing.
struct HeaderCheck::KnownField {
    std::string_view name;
    Strictness once;    ///< the mildest strictness by which it may not stand twice
    Strictness judged;  ///< by which its value is judged
    void (HeaderCheck::*judge)();
};

const HeaderCheck::KnownField HeaderCheck::kKnownFields[] = {
    {"From", Strictness::headers, Strictness::headers, &HeaderCheck::judge_from},
    {"Sender", Strictness::headers, Strictness::headers, nullptr},
    {"Reply-To", Strictness::headers, Strictness::headers, nullptr},
    {"To", Strictness::headers, Strictness::headers, nullptr},
    {"Cc", Strictness::headers, Strictness::headers, nullptr},
    {"Bcc", Strictness::headers, Strictness::headers, nullptr},
    {"Message-ID", Strictness::headers, Strictness::headers, nullptr},
    {"In-Reply-To", Strictness::headers, Strictness::headers, nullptr},
    {"References", Strictness::headers, Strictness::headers, nullptr},
    {"Subject", Strictness::headers, Strictness::headers, nullptr},
    {"Date", Strictness::headers, Strictness::strict, &HeaderCheck::judge_date},
    {"MIME-Version", Strictness::strict, Strictness::strict, &HeaderCheck::judge_version},
    {"Content-Type", Strictness::headers, Strictness::strict, &HeaderCheck::keep_type},
    {"Content-Transfer-Encoding", Strictness::headers, Strictness::strict, &HeaderCheck::keep_encoding},
    {"Content-ID", Strictness::strict, Strictness::strict, nullptr},
    {"Content-Description", Strictness::strict, Strictness::strict, nullptr},
    {"Content-Disposition", Strictness::strict, Strictness::strict, nullptr},
};

HeaderCheck::HeaderCheck(const ValidationRules& rules, Of of, std::uint64_t offset,
                         std::function<void(std::string_view)> on_field)
    : rules_(rules),
      of_(of),
      offset_(offset),
      on_field_(std::move(on_field)),
      reader_([this](std::string_view name) { begin_field(name); },
              [this](std::string_view piece) { take_value(piece); }) {}

std::string_view HeaderCheck::read(std::string_view content) {
    const auto rest = reader_.read(content);
    if (reader_.has_ended() && !has_ended_) end();
    return rest;
}

void HeaderCheck::finish() {
    reader_.finish();
    if (!has_ended_) end();
}

void HeaderCheck::begin_field(std::string_view name) {
    if (on_field_) on_field_(name);
    end_field();
    name_ = name;
    field_offset_ = offset_ + reader_.octets();
    const auto known = std::ranges::find_if(
        kKnownFields, [&](const KnownField& each) { return ascii::equals_ignoring_case(name, each.name); });
    if (known == std::end(kKnownFields)) return;
    if (of_ == Of::part && !known->name.starts_with("Content-")) return;
    field_ = known;
    const auto bit = std::uint32_t{1} << (known - std::begin(kKnownFields));
    if ((seen_ & bit) != 0 && rules_.strictness >= known->once) note("stands twice");
    seen_ |= bit;
}

void HeaderCheck::take_value(std::string_view piece) {
    if (flaw_) return;
    const bool is_judged =
        field_ != nullptr && field_->judge != nullptr && rules_.strictness >= field_->judged;
    if (!is_judged) return judge_octets(piece);
    const auto room = piece.substr(0, kLongestValue - value_.size());
    judge_octets(room);
    value_ += room;
    if (room.size() < piece.size()) note("is longer than 16384 octets");
}

void HeaderCheck::judge_octets(std::string_view piece) {
    std::size_t at = utf8_.is_whole() ? find_8bit(piece) : 0;
    if (at == piece.size()) return;
    if (rules_.header == HeaderOctets::utf8) {
        while (at < piece.size() && utf8_.take(piece[at])) ++at;
        if (at < piece.size()) note("is no valid UTF-8", name_, offset_ + reader_.octets_read() + at);
    } else {
        note("has 8-bit octets, and SMTPUTF8 was not declared", name_, offset_ + reader_.octets_read() + at);
    }
}

/// The field before the line that is being read is whole.
void HeaderCheck::end_field() {
    const auto* field = std::exchange(field_, nullptr);
    if (!utf8_.is_whole()) note("is no valid UTF-8");
    if (!flaw_ && field != nullptr && field->judge != nullptr && rules_.strictness >= field->judged)
        (this->*field->judge)();
    value_.clear();
}

void HeaderCheck::end() {
    has_ended_ = true;
    end_field();
    if (reader_.is_broken()) note("a line is no header field", "header", offset_ + reader_.octets());
    if (of_ == Of::part) return;
    require("From", "is missing");
    if (!is_strict()) return;
    if (rules_.missing_date == MissingDate::refused) require("Date", "is missing");
    if (has("Content-Type") || has("Content-Transfer-Encoding"))
        require("MIME-Version", "is missing beside the fields of MIME");
}

void HeaderCheck::judge_from() {
    if (!names_an_author(value_, rules_.null_author)) note("names no address that can be read");
}

void HeaderCheck::judge_date() {
    if (!parse_date(value_)) note("is no date that can be read");
}

void HeaderCheck::judge_version() {
    if (!is_mime_version_1(value_)) note("is not 1.0");
}

void HeaderCheck::keep_type() {
    mime_.type = parse_content_type(value_);
    mime_.type_offset = field_offset_;
    if (!mime_.type) note("cannot be read");
}

void HeaderCheck::keep_encoding() {
    const auto encoding = parse_transfer_encoding(value_);
    if (!encoding) return note("is none of the known encodings");
    mime_.encoding = *encoding;
    mime_.encoding_offset = field_offset_;
}

bool HeaderCheck::has(std::string_view name) const {
    const auto known = std::ranges::find(kKnownFields, name, &KnownField::name);
    return (seen_ >> (known - std::begin(kKnownFields)) & 1) != 0;
}

/// What is missing is missed where the header ends.
void HeaderCheck::require(std::string_view name, std::string_view rule) {
    if (!has(name)) note(rule, std::string(name), offset_ + reader_.octets());
}

void HeaderCheck::note(std::string_view rule, std::string place, std::uint64_t offset) {
    if (!flaw_) flaw_ = Flaw{rule, std::move(place), offset};
}

}  // namespace postern::mail
