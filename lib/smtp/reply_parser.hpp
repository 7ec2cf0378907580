// SPDX-License-Identifier: BSD-2-Clause
// Puts a server's replies together from bytes (RFC 5321 §4.2, §4.2.1). Lenient where harmless (a bare LF
// ends a line, a code may stand alone), and bounded: lines and replies that are too long or no replies at
// all break the conversation, for good.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "smtp/reply.hpp"

namespace postern::smtp {

class ReplyParser {
public:
    void receive(std::string_view bytes);
    /// The next whole reply. Its enhanced status (RFC 3463) is taken out of the text; control characters
    /// have become '?'.
    std::optional<Reply> next();
    /// What was received is no reply; nothing more will come of it.
    bool is_broken() const { return broken_; }

private:
    enum class Line { more, last, malformed };
    std::optional<std::string_view> next_line();
    Line take(std::string_view line);

    std::string buffer_;
    std::size_t at_ = 0;  ///< what stands before is consumed
    Reply reply_;         ///< the lines so far; code 0 = none
    bool broken_ = false;
};

}  // namespace postern::smtp
