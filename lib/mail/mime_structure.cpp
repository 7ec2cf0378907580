// SPDX-License-Identifier: BSD-2-Clause
#include "mail/mime_structure.hpp"

#include <algorithm>
#include <utility>

namespace postern::mail {

namespace {

constexpr std::size_t kLongestLine = 1'000;  // RFC 5322 §2.1.1, with CRLF: a longer one is no delimiter

constexpr std::string_view kType = "Content-Type", kEncoding = "Content-Transfer-Encoding";

/// Composite types of RFC 2046 §5 and 6532 §3.7. What else message/ has is read as a leaf.
bool is_message(const ContentType& type) {
    return type.is("message", "rfc822") || type.is("message", "global");
}

/// RFC 2045 §6.4 forbids it for all of multipart/ and message/; RFC 6532 §3.5 allows it for message/global,
/// RFC 6533 for its sisters.
bool may_be_encoded(const ContentType& type) {
    return !type.is_multipart() && (type.type != "message" || type.subtype.starts_with("global"));
}

}  // namespace

void MimeStructure::begin(const MimeFacts& facts, std::uint64_t offset) {
    offset_ = offset;
    begin_body(facts, false);
}

void MimeStructure::read(std::string_view body) {
    while (!body.empty() && !flaw_) {
        if (open_.empty() && !header_) return;  // nothing can follow that matters
        const auto before = body.size();
        switch (state_) {
            case State::line_start: body = take_line_start(body); break;
            case State::candidate: body = take_candidate(body); break;
            case State::rest_of_line: body = take_rest_of_line(body); break;
        }
        offset_ += before - body.size();
    }
}

/// Decides by one octet what the line may be.
std::string_view MimeStructure::take_line_start(std::string_view body) {
    state_ = body.front() == '-' && !open_.empty() ? State::candidate : State::rest_of_line;
    return body;
}

/// "--", a boundary, "--" behind the last part, and blanks that gateways add (RFC 2046 §5.1.1).
std::string_view MimeStructure::take_candidate(std::string_view body) {
    const auto end = std::min(body.find('\n'), body.size() - 1) + 1;
    const auto taken = body.substr(0, std::min(end, kLongestLine - line_.size()));
    line_ += taken;
    body.remove_prefix(taken.size());
    const bool is_whole = line_.back() == '\n';
    const bool can_be_none = line_.size() == kLongestLine || (line_.size() > 1 && line_[1] != '-');
    if (!is_whole && !can_be_none) return body;
    state_ = is_whole ? State::line_start : State::rest_of_line;
    offset_ += taken.size();
    end_candidate();
    offset_ -= taken.size();
    return body;
}

std::string_view MimeStructure::take_rest_of_line(std::string_view body) {
    const auto end = body.find('\n');
    const auto taken = body.substr(0, end == std::string_view::npos ? body.size() : end + 1);
    if (end != std::string_view::npos) state_ = State::line_start;
    give_to_header(taken);
    return body.substr(taken.size());
}

void MimeStructure::end_candidate() {
    const auto delimiter = find_delimiter();
    if (delimiter)
        take(*delimiter);
    else
        give_to_header(line_);
    line_.clear();
}

/// An outer boundary ends what is within (RFC 2046 §5.1.2).
std::optional<MimeStructure::Delimiter> MimeStructure::find_delimiter() const {
    const auto last = line_.find_last_not_of(" \t\r\n");
    const auto line = std::string_view(line_).substr(0, last + 1);
    if (!line.starts_with("--")) return std::nullopt;
    for (std::size_t level = open_.size(); level-- > 0;) {
        const std::string& boundary = open_[level].boundary;
        if (!line.substr(2).starts_with(boundary)) continue;
        const auto behind = line.substr(2 + boundary.size());
        if (behind.empty() || behind == "--") return Delimiter{level, !behind.empty()};
    }
    return std::nullopt;
}

void MimeStructure::take(const Delimiter& delimiter) {
    end_all_headers();
    if (flaw_) return;
    if (delimiter.level + 1 < open_.size()) return note_unclosed(open_.back());
    Multipart& multipart = open_.back();
    depth_ = multipart.depth;
    if (delimiter.is_last) {
        if (!multipart.has_parts) return note("has no part", kType, multipart.offset);
        open_.pop_back();
        return;
    }
    if (++parts_ > kMostParts) return note("has more than 1000 parts", "body", offset_);
    multipart.has_parts = true;
    begin_header(offset_, multipart.is_digest);
}

void MimeStructure::begin_header(std::uint64_t offset, bool in_digest) {
    in_digest_ = in_digest;
    header_.emplace(rules_, HeaderCheck::Of::part, offset);
}

void MimeStructure::give_to_header(std::string_view piece) {
    if (!header_) return;
    header_->read(piece);
    if (header_->has_ended()) end_header();
}

/// The entity ends within its header, and so does a message that begins there.
void MimeStructure::end_all_headers() {
    while (header_ && !flaw_) {
        header_->finish();
        end_header();
    }
}

void MimeStructure::end_header() {
    const MimeFacts facts = header_->mime();
    flaw_ = header_->flaw();
    const auto body_offset = header_->offset_behind();
    header_.reset();
    if (flaw_) return;
    const auto read_before = std::exchange(offset_, body_offset);
    begin_body(facts, in_digest_);
    offset_ = read_before;
}

void MimeStructure::begin_body(const MimeFacts& facts, bool in_digest) {
    ContentType type = facts.type.value_or(ContentType{});
    if (!facts.type && in_digest) type = {"message", "rfc822"};
    if (facts.encoding == TransferEncoding::encoded && !may_be_encoded(type))
        return note("encodes a multipart or a message", kEncoding, facts.encoding_offset);
    if (type.is_multipart()) return begin_multipart(facts);
    const bool can_be_read = facts.encoding == TransferEncoding::identity;
    if (!is_message(type) || !can_be_read || !may_go_deeper(facts)) return;
    ++depth_;
    begin_header(offset_, false);
}

void MimeStructure::begin_multipart(const MimeFacts& facts) {
    const auto& boundary = facts.type->boundary;
    if (!boundary) return note("has no boundary", kType, facts.type_offset);
    if (!is_legal_boundary(*boundary)) return note("has no legal boundary", kType, facts.type_offset);
    if (!may_go_deeper(facts)) return;
    open_.push_back({.boundary = *boundary,
                     .is_digest = facts.type->subtype == "digest",
                     .depth = depth_ + 1,
                     .offset = facts.type_offset});
}

bool MimeStructure::may_go_deeper(const MimeFacts& facts) {
    if (depth_ >= kDeepest) note("is nested too deeply: 20 levels are allowed", kType, facts.type_offset);
    return depth_ < kDeepest;
}

void MimeStructure::finish() {
    if (flaw_) return;
    if (!line_.empty()) end_candidate();
    end_all_headers();
    if (!flaw_ && !open_.empty()) note_unclosed(open_.back());
}

void MimeStructure::note_unclosed(const Multipart& multipart) {
    note(multipart.has_parts ? "has a boundary that never closes" : "has a boundary that never stands", kType,
         multipart.offset);
}

void MimeStructure::note(std::string_view rule, std::string_view field, std::uint64_t offset) {
    if (!flaw_) flaw_ = Flaw{rule, std::string(field), offset};
}

}  // namespace postern::mail
