// SPDX-License-Identifier: BSD-2-Clause
// Plays octets to a server session, answers its questions by what is asked (so the same for every
// chunking), and holds every effect against what must always be true.
#pragma once

#include <string>
#include <string_view>

#include "smtp/session.hpp"

namespace postern::fuzz {

class SessionPlayer {
public:
    explicit SessionPlayer(smtp::Dialect dialect);
    /// Feeds the input in pieces of this size, then ends it.
    void play(std::string_view input, std::size_t piece);
    /// All that was said, asked and committed, in order.
    const std::string& story() const { return story_; }

private:
    void drain();
    void perform(const smtp::Send& send);
    void perform(const smtp::AskSender& asked);
    void perform(const smtp::AskRecipient& asked);
    void perform(const smtp::AskVerify& asked);
    void perform(const smtp::AskClient& asked);
    void perform(const smtp::AskRelease& asked);
    void perform(const smtp::PrepareTls&);
    void perform(const smtp::StartTls&);
    void perform(const smtp::AskKeys& asked);
    void perform(const smtp::AskLogin& asked);
    void perform(const smtp::BeginMessage& begin);
    void perform(const smtp::BodyBytes& body);
    void perform(const smtp::CommitMessage&);
    void perform(const smtp::AbandonMessage&);
    void perform(const smtp::Note&) {}
    void perform(const smtp::Close&);

    smtp::Session session_;
    std::string story_;
    std::string body_;
    bool message_is_open_ = false;
    bool is_binary_ = false;
    bool closed_ = false;
};

}  // namespace postern::fuzz
