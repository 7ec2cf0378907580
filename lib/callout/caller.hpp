// SPDX-License-Identifier: BSD-2-Clause
// Asks other servers by SMTP whether they take a recipient: EHLO, MAIL FROM:<>, RCPT TO; before the next
// question RSET; QUIT at the end. It keeps its connection for the next recipient of the same server, and one
// that could not be asked is not tried again in its life, which is one session.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "callout/options.hpp"
#include "callout/question.hpp"
#include "dns/resolver.hpp"
#include "sys/listener.hpp"
#include "sys/stream.hpp"
#include "wire/client_conversation.hpp"

namespace postern::callout {

/// Opens a connection within the patience given.
using Dial =
    std::function<Result<std::unique_ptr<sys::Stream>>(const sys::Endpoint&, std::chrono::milliseconds)>;

class Caller {
public:
    /// `resolver` and `options` must outlive it.
    Caller(dns::Resolver& resolver, Dial dial, const Options& options)
        : resolver_(resolver), dial_(std::move(dial)), options_(options) {}

    /// Answers within the patience of the options, but for the time that looking up a name may take. Whoever
    /// is that server itself gets a yes: two servers that ask each other would come to no end.
    Answer ask(const Question& question);
    void hang_up();

private:
    struct Conversation {
        accounts::OtherServer server;
        wire::ClientConversation dialogue;
    };

    /// Nothing: a conversation is open, in `conversation_`. Else why not.
    std::optional<Answer> reach(const accounts::OtherServer& server, const std::vector<IpAddress>& addresses);
    /// Looked up once. An Error where it is this server itself.
    Result<std::vector<IpAddress>> addresses_of(const accounts::OtherServer& server);
    smtp::ClientResult ask_in_conversation(const mail::Address& recipient);
    bool is_talking_to(const accounts::OtherServer& server) const;
    std::chrono::milliseconds time_left() const;

    dns::Resolver& resolver_;
    Dial dial_;
    const Options& options_;
    sys::Deadline limit_{};  ///< of the question in hand; its streams keep to it
    std::optional<Conversation> conversation_;
    std::map<accounts::OtherServer, std::vector<IpAddress>> addresses_;
    std::map<accounts::OtherServer, Answer> silent_;
};

}  // namespace postern::callout
