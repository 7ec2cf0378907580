// SPDX-License-Identifier: BSD-2-Clause
#include "mail/seven_bit.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "mail/quoted_printable.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kMostHeld = 64 * 1024;
constexpr std::size_t kDeepestMultipart = 20;
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kEncodingField = "Content-Transfer-Encoding";
constexpr std::string_view kTypeField = "Content-Type";

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with(kLineEnd)) line.remove_suffix(kLineEnd.size());
    return line;
}

struct Field {
    std::string_view name, value;
};

/// Nothing when the line is no field.
std::optional<Field> field_in(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const Field field{ascii::trim(text.substr(0, colon)), text.substr(colon + 1)};
    const bool is_name = !field.name.empty() && std::ranges::all_of(field.name, [](char c) {
        return ascii::is_printable(c) && c != ' ';
    });
    return is_name ? std::optional(field) : std::nullopt;
}

/// RFC 2045 §6.4; RFC 6532 §3.7 and RFC 6533 have exceptions.
bool is_encodable(const ContentType& type) {
    return type.type != "message" || type.subtype.starts_with("global");
}

}  // namespace

std::string SevenBit::convert(std::string_view content) {
    while (!content.empty() && trouble_ == Trouble::none) {
        const auto end = content.find('\n');
        const auto piece = content.substr(0, end == std::string_view::npos ? content.size() : end + 1);
        content.remove_prefix(piece.size());
        if (line_.size() + piece.size() > kMostHeld) note(Trouble::impossible);
        if (end == std::string_view::npos)
            line_ += piece;
        else if (line_.empty())
            take_line(piece);
        else
            take_line(std::exchange(line_, {}) += piece);
    }
    return std::exchange(out_, {});
}

std::string SevenBit::finish() {
    if (!line_.empty()) take_line(std::exchange(line_, {}));
    if (state_ == State::header) cut_header();
    return std::exchange(out_, {});
}

void SevenBit::take_line(std::string_view line) {
    if (const auto delimiter = find_delimiter(line)) return take_delimiter(*delimiter, line);
    if (state_ == State::header)
        take_header_line(line);
    else
        take_body_line(line);
}

void SevenBit::take_body_line(std::string_view line) {
    if (state_ == State::body) {
        if (!ascii::is_ascii(line)) note(if_eight_bit_);
        out_ += line;
        return;
    }
    const auto text = without_line_end(line);
    append_quoted_printable_line(out_, text);
    out_ += line.substr(text.size());
}

void SevenBit::take_header_line(std::string_view line) {
    const bool is_fold = ascii::is_blank(line.front()) && !field_.empty();
    if (!is_fold) end_field();
    if (without_line_end(line).empty()) {
        end_header();
        out_ += line;
        return;
    }
    if (!is_fold && !field_in(line)) note(Trouble::impossible);
    if (!ascii::is_ascii(line) || field_.size() + line.size() > kMostHeld) note(Trouble::impossible);
    field_ += line;
}

/// That of the encoding is kept back: which it will be, the whole header tells.
void SevenBit::end_field() {
    const std::string text = std::exchange(field_, {});
    const auto field = field_in(text);
    if (!field) return;
    if (ascii::equals_ignoring_case(field->name, kEncodingField)) {
        if (entity_.encoding) note(Trouble::impossible);
        entity_.encoding = field->value;
        return;
    }
    if (ascii::equals_ignoring_case(field->name, kTypeField)) {
        if (std::exchange(entity_.has_type, true)) note(Trouble::impossible);
        entity_.type = parse_content_type(field->value);
    }
    if (ascii::equals_ignoring_case(field->name, "MIME-Version")) entity_.has_version = true;
    out_ += text;
}

void SevenBit::end_header() {
    end_field();
    ContentType type;
    if (entity_.type)
        type = *entity_.type;
    else if (entity_.in_digest && !entity_.has_type)
        type = {"message", "rfc822"};
    begin_body(type);
}

/// No empty line ends it, so there is no body, and nothing within it that could be converted.
void SevenBit::cut_header() {
    end_field();
    state_ = State::body;
    if_eight_bit_ = Trouble::impossible;
    if (!entity_.encoding) return;
    write_encoding(is_encoded() ? without_line_end(*entity_.encoding) : " 7bit");
}

bool SevenBit::is_encoded() const {
    return entity_.encoding && parse_transfer_encoding(*entity_.encoding) != TransferEncoding::identity;
}

void SevenBit::begin_body(const ContentType& type) {
    state_ = State::body;
    if_eight_bit_ = Trouble::impossible;
    if (is_encoded())
        write_encoding(without_line_end(*entity_.encoding));
    else if (type.is_multipart() || !is_encodable(type))
        begin_composite(type);
    else
        begin_leaf(type);
}

/// What is within is made 7-bit by itself.
void SevenBit::begin_composite(const ContentType& type) {
    if (entity_.encoding) write_encoding(" 7bit");
    if (type.is_multipart() && type.boundary && is_legal_boundary(*type.boundary)) {
        open_.push_back({*type.boundary, type.subtype == "digest"});
        if (open_.size() > kDeepestMultipart) note(Trouble::impossible);
    }
    if (type.is("message", "rfc822")) begin_entity(true, false);
}

void SevenBit::begin_leaf(const ContentType& type) {
    const bool is_labelled = says_eight_bit();
    if (!is_labelled && labels_ == Labels::trusted) {
        if_eight_bit_ = Trouble::unlabelled;
        if (entity_.encoding) write_encoding(without_line_end(*entity_.encoding));
        return;
    }
    state_ = State::encoded_body;
    if (entity_.is_message && !entity_.has_version) out_ += "MIME-Version: 1.0\r\n";
    if (!entity_.has_type && type.is("text", "plain"))
        out_ += "Content-Type: text/plain; charset=unknown-8bit\r\n";
    write_encoding(" quoted-printable");
}

bool SevenBit::says_eight_bit() const {
    return entity_.encoding && ascii::lower(*entity_.encoding).find("7bit") == std::string::npos;
}

void SevenBit::write_encoding(std::string_view encoding) {
    ((out_ += kEncodingField) += ":") += encoding;
    out_ += kLineEnd;
}

/// An outer boundary ends what is within (RFC 2046 §5.1.2).
std::optional<SevenBit::Delimiter> SevenBit::find_delimiter(std::string_view line) const {
    if (open_.empty() || !line.starts_with("--")) return std::nullopt;
    const auto text = line.substr(2, line.find_last_not_of(" \t\r\n") - 1);
    for (std::size_t level = open_.size(); level-- > 0;) {
        if (!text.starts_with(open_[level].boundary)) continue;
        const auto behind = text.substr(open_[level].boundary.size());
        if (behind.empty() || behind == "--") return Delimiter{level, !behind.empty()};
    }
    return std::nullopt;
}

void SevenBit::take_delimiter(const Delimiter& delimiter, std::string_view line) {
    if (state_ == State::header) cut_header();
    open_.resize(delimiter.level + (delimiter.is_last ? 0 : 1), {});
    out_ += line;
    if (!delimiter.is_last) return begin_entity(false, open_.back().is_digest);
    state_ = State::body;
    if_eight_bit_ = Trouble::impossible;
}

void SevenBit::begin_entity(bool is_message, bool in_digest) {
    state_ = State::header;
    entity_ = {};
    entity_.is_message = is_message;
    entity_.in_digest = in_digest;
}

void SevenBit::note(Trouble trouble) {
    if (trouble_ == Trouble::none) trouble_ = trouble;
}

}  // namespace postern::mail
