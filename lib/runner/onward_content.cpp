// SPDX-License-Identifier: BSD-2-Clause
#include "runner/onward_content.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "mail/header_reader.hpp"
#include "mail/trace.hpp"

namespace postern::runner {

namespace {

using Content = smtp::ClientMessage::Content;
using International = smtp::ClientMessage::International;
using Labels = mail::SevenBit::Labels;

constexpr std::size_t kBlock = 64 * 1024;

std::string top_for(const mail::Address* name) { return name ? mail::delivered_to_field(*name) : ""; }

}  // namespace

Result<bool> has_only_ascii(const spool::Message& message) {
    std::string block(kBlock, '\0');
    for (std::uint64_t offset = 0; offset < message.content_size();) {
        POSTERN_ASSIGN(const auto count, message.read_content(offset, block));
        if (count == 0) break;
        if (!ascii::is_ascii(std::string_view(block).substr(0, count))) return false;
        offset += count;
    }
    return true;
}

OnwardContent::OnwardContent(const spool::Message& message, std::size_t recipient, Top top)
    : message_(message),
      top_(top == Top::none ? "" : top_for(message.history().on_behalf_of(recipient))),
      size_(plain_size()) {}

Status OnwardContent::describe(smtp::ClientMessage& described, const smtp::Extensions& offers) {
    if (message_.envelope().body == mail::BodyType::binary_mime) {
        described.content = Content::binary;
    } else {
        bool is_seven_bit = ascii::is_ascii(top_);
        if (is_seven_bit) {
            POSTERN_ASSIGN(is_seven_bit, has_only_ascii(message_));
        }
        if (!is_seven_bit && !offers.eight_bit_mime) {
            POSTERN_ASSIGN(is_seven_bit, convert());
        }
        described.content = is_seven_bit ? Content::seven_bit : Content::eight_bit;
    }
    described.size = size_;
    if (offers.chunking) {
        POSTERN_ASSIGN(described.ends_line, ends_line());
    }
    if (message_.envelope().smtputf8 || !ascii::is_ascii(top_)) {
        POSTERN_ASSIGN(const bool is_needed, has_utf8_header());
        described.international = is_needed ? International::needed : International::declared;
    }
    if (described.reverse_path && !described.reverse_path->is_ascii())
        described.international = International::needed;
    return done;
}

Result<bool> OnwardContent::has_utf8_header() const {
    if (!ascii::is_ascii(top_)) return true;
    mail::HeaderReader reader;
    std::string block(kBlock, '\0');
    for (std::uint64_t offset = 0; offset < message_.content_size() && !reader.has_ended();) {
        POSTERN_ASSIGN(const auto count, message_.read_content(offset, block));
        if (count == 0) break;
        const auto read = std::string_view(block).substr(0, count);
        const auto behind = reader.read(read);
        if (!ascii::is_ascii(read.substr(0, count - behind.size()))) return true;
        offset += count;
    }
    return false;
}

Result<bool> OnwardContent::ends_line() const {
    constexpr std::string_view line_end = "\r\n";
    if (message_.content_size() < line_end.size()) return message_.content_size() == 0;
    std::array<char, line_end.size()> last{};
    POSTERN_ASSIGN(const auto count, message_.read_content(message_.content_size() - last.size(), last));
    return std::string_view(last.data(), count) == line_end;
}

/// With its labels trusted, what is 7-bit stays readable; where they lie, nothing is lost without them.
Result<bool> OnwardContent::convert() {
    for (const Labels labels : {Labels::trusted, Labels::ignored}) {
        POSTERN_ASSIGN(const auto size, try_conversion(labels));
        if (!size) continue;
        labels_ = labels;
        size_ = *size;
        return true;
    }
    return false;
}

Result<std::optional<std::uint64_t>> OnwardContent::try_conversion(Labels labels) const {
    Conversion trial(labels);
    std::uint64_t size = 0;
    while (!trial.has_ended) {
        POSTERN_TRY(refill(trial));
        if (trial.machine.trouble() != mail::SevenBit::Trouble::none) return std::optional<std::uint64_t>();
        size += trial.ready.size();
        trial.ready.clear();
    }
    return std::optional(size);
}

Status OnwardContent::refill(Conversion& conversion) const {
    std::string block(kBlock, '\0');
    POSTERN_ASSIGN(const auto count, read_plain(conversion.taken, block));
    conversion.taken += count;
    conversion.has_ended = conversion.taken == plain_size();
    if (count == 0 && !conversion.has_ended)
        return Error(Fault::temporary, "content of " + path() + " is cut off");
    conversion.ready += conversion.machine.convert(std::string_view(block).substr(0, count));
    if (conversion.has_ended) conversion.ready += conversion.machine.finish();
    return done;
}

Result<std::size_t> OnwardContent::read(std::uint64_t offset, std::span<char> into) {
    if (!labels_) return read_plain(offset, into);
    if (offset == 0) conversion_.emplace(*labels_);
    while (conversion_->ready.empty() && !conversion_->has_ended) POSTERN_TRY(refill(*conversion_));
    const auto count = conversion_->ready.copy(into.data(), into.size());
    conversion_->ready.erase(0, count);
    return count;
}

Result<std::size_t> OnwardContent::read_plain(std::uint64_t offset, std::span<char> into) const {
    if (offset >= top_.size()) return message_.read_content(offset - top_.size(), into);
    return top_.copy(into.data(), into.size(), offset);
}

}  // namespace postern::runner
