// SPDX-License-Identifier: BSD-2-Clause
// What a session asks its helper, and what it hears: one packet each. Whoever has broken into a session can
// make the helper ask for addresses, and nothing else. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounts/other_server.hpp"
#include "base/ip_address.hpp"
#include "mail/address.hpp"

namespace postern::callout {

/// Does that server take mail for this recipient?
struct Question {
    accounts::OtherServer server;
    mail::Address recipient;
    std::optional<IpAddress> peer = std::nullopt;  ///< of the session: that server itself is not asked
    bool operator==(const Question&) const = default;
};

struct Answer {
    enum class Kind {
        accepted,
        refused,    ///< for good
        unknown,    ///< of a domain: there is none
        undecided,  ///< it could not be asked, or would not say now
    };
    Kind kind = Kind::undecided;
    std::string words = {};  ///< why not, for the log: that server's own or ours
    bool operator==(const Answer&) const = default;
};

inline constexpr std::size_t kLongestPacket = 2048;

std::string to_packet(const Question& question);
std::string to_packet(const Answer& answer);
/// Nothing for a packet that is none of ours.
std::optional<Question> parse_question(std::string_view packet);
std::optional<Answer> parse_answer(std::string_view packet);

}  // namespace postern::callout
