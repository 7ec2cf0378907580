// SPDX-License-Identifier: BSD-2-Clause
#include "callout/question.hpp"

#include "base/ascii.hpp"

namespace postern::callout {

namespace {

// "HOST PORT PEER ADDRESS"; "K words". Only the last part may have a blank.
constexpr char kBetween = ' ';
constexpr std::string_view kNobody = "-";  // a session without a peer

char letter_of(Answer::Kind kind) {
    switch (kind) {
        case Answer::Kind::accepted: return 'A';
        case Answer::Kind::refused: return 'R';
        case Answer::Kind::unknown: return 'N';
        case Answer::Kind::undecided: break;
    }
    return 'U';
}

bool is_host(std::string_view text) { return IpAddress::parse(text) || mail::Domain::parse(text); }

}  // namespace

std::string to_packet(const Question& question) {
    const auto peer = question.peer ? question.peer->to_string() : std::string(kNobody);
    return question.server.host + kBetween + std::to_string(question.server.port) + kBetween + peer +
           kBetween + question.recipient.to_string();
}

std::string to_packet(const Answer& answer) {
    return (std::string{letter_of(answer.kind), kBetween} + answer.words).substr(0, kLongestPacket);
}

std::optional<Question> parse_question(std::string_view packet) {
    const auto host = ascii::take_up_to(packet, kBetween);
    const auto port = ascii::parse_number<std::uint16_t>(ascii::take_up_to(packet, kBetween));
    const auto peer_text = ascii::take_up_to(packet, kBetween);
    const auto peer = IpAddress::parse(peer_text);
    auto recipient = mail::Address::parse(packet);
    if (!is_host(host) || !port || *port == 0 || !recipient) return std::nullopt;
    if (!peer && peer_text != kNobody) return std::nullopt;
    return Question{{std::string(host), *port}, *std::move(recipient), peer};
}

std::optional<Answer> parse_answer(std::string_view packet) {
    if (packet.size() < 2 || packet.size() > kLongestPacket || packet[1] != kBetween) return std::nullopt;
    for (const auto kind :
         {Answer::Kind::accepted, Answer::Kind::refused, Answer::Kind::unknown, Answer::Kind::undecided})
        if (packet.front() == letter_of(kind)) return Answer{kind, std::string(packet.substr(2))};
    return std::nullopt;
}

}  // namespace postern::callout
