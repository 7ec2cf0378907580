// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/local_form.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace postern::delivery {

std::string top_lines(const mail::ReversePath& reverse_path, const mail::Address& delivered_to) {
    const std::string sender = reverse_path ? reverse_path->to_string() : "";
    return "Return-Path: <" + sender + ">\nDelivered-To: " + delivered_to.to_string() + "\n";
}

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

Status write_local_form(const spool::Message& message, std::size_t recipient, sys::File& file,
                        std::span<char> buffer) {
    const spool::History& history = message.history();
    const std::string top =
        top_lines(history.reverse_path_of(recipient), history.recipients()[recipient].address);
    std::copy(top.begin(), top.end(), buffer.begin());
    std::size_t kept = top.size();
    for (std::uint64_t offset = 0, written = 0;;) {
        const auto room = buffer.subspan(kept);
        POSTERN_ASSIGN(const std::size_t count, message.read_content(offset, room));
        const bool is_last = count < room.size();
        const std::size_t size = crlf_to_lf(buffer.first(kept + count));
        kept = !is_last && buffer[size - 1] == '\r' ? 1 : 0;  // its LF may come with the next octets
        POSTERN_TRY(file.write_at(written, std::string_view(buffer.data(), size - kept)));
        if (is_last) return done;
        offset += count;
        written += size - kept;
        buffer[0] = '\r';
    }
}

}  // namespace postern::delivery
