// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/local_form.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "mail/trace.hpp"

namespace postern::delivery {

std::size_t crlf_to_lf(std::span<char> text) {
    const std::string_view all(text.data(), text.size());
    std::size_t written = 0;
    for (std::size_t begin = 0; begin < all.size();) {
        const std::size_t end = std::min(all.find("\r\n", begin), all.size());
        std::memmove(text.data() + written, text.data() + begin, end - begin);
        written += end - begin;
        if (end < all.size()) text[written++] = '\n';
        begin = end + 2;
    }
    return written;
}

LocalForm::LocalForm(const spool::Message& message, std::size_t recipient, std::span<char> buffer)
    : message_(message),
      buffer_(buffer),
      keeps_line_ends_(message.envelope().body == mail::BodyType::binary_mime) {
    const spool::History& history = message.history();
    const std::string top = mail::return_path_field(history.reverse_path_of(recipient)) +
                            mail::delivered_to_field(history.recipients()[recipient].address);
    std::copy(top.begin(), top.end(), buffer.begin());
    kept_ = top.size();
}

Result<std::string_view> LocalForm::next() {
    if (has_ended_) return std::string_view();
    if (holds_cr_) buffer_[0] = '\r';
    const auto room = buffer_.subspan(kept_);
    POSTERN_ASSIGN(const std::size_t count, message_.read_content(offset_, room));
    has_ended_ = count < room.size();
    const std::size_t size = keeps_line_ends_ ? kept_ + count : crlf_to_lf(buffer_.first(kept_ + count));
    holds_cr_ = !keeps_line_ends_ && !has_ended_ && buffer_[size - 1] == '\r';
    kept_ = holds_cr_ ? 1 : 0;
    offset_ += count;
    return std::string_view(buffer_.data(), size - kept_);
}

Status write_local_form(const spool::Message& message, std::size_t recipient, sys::File& file,
                        std::span<char> buffer) {
    LocalForm form(message, recipient, buffer);
    for (std::uint64_t written = 0;;) {
        POSTERN_ASSIGN(const std::string_view octets, form.next());
        if (octets.empty()) return done;
        POSTERN_TRY(file.write_at(written, octets));
        written += octets.size();
    }
}

}  // namespace postern::delivery
