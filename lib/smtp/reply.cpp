// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/reply.hpp"

#include <string_view>

#include "base/ascii.hpp"
#include "smtp/replies.hpp"

namespace postern::smtp {

namespace {

constexpr std::size_t kLongestReplyLine = 512;  // RFC 5321 §4.5.3.1.5, with its CRLF

/// The text cut into pieces that fit into a line of a reply.
std::vector<std::string_view> text_lines(std::string_view text, std::size_t width) {
    std::vector<std::string_view> lines;
    for (;;) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        for (; line.size() > width; line.remove_prefix(width)) lines.push_back(line.substr(0, width));
        lines.push_back(line);
        if (end == text.size()) return lines;
        text.remove_prefix(end + 1);
    }
}

void append_printable(std::string& out, std::string_view text, Charset charset) {
    const bool utf8 = charset == Charset::utf8;
    for (const char c : text) out += ascii::is_printable(c) || (utf8 && !ascii::is_ascii(c)) ? c : '?';
}

}  // namespace

std::string to_wire(const Reply& reply, Charset charset) {
    const std::string code = std::to_string(reply.code);
    const std::string status = reply.status.empty() ? "" : reply.status + ' ';
    const auto lines = text_lines(reply.text, kLongestReplyLine - code.size() - 1 - status.size() - 2);
    std::string out;
    out.reserve(reply.text.size() + lines.size() * (code.size() + status.size() + 3));
    for (const std::string_view& line : lines) {
        out += code;
        out += &line == &lines.back() ? ' ' : '-';
        out += status;
        append_printable(out, line, charset);
        out += "\r\n";
    }
    return out;
}

Reply reply_for(const Error& error) {
    switch (error.fault()) {
        case Fault::permanent: return replies::failed_for_good;
        case Fault::configuration: return replies::configuration_error;
        case Fault::no_space: return replies::no_space;
        default: return replies::local_error;
    }
}

}  // namespace postern::smtp
