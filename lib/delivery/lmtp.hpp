// SPDX-License-Identifier: BSD-2-Clause
// Messages to LMTP servers (RFC 2033) for the length of one pass: the last conversation is kept for the next
// message, and a server that is down is not tried again. An LMTP server does not know a message again: who
// was answered 250 has the message, and must be recorded before anything else is done.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/method.hpp"
#include "base/log.hpp"
#include "delivery/lmtp_dialer.hpp"
#include "spool/message.hpp"
#include "wire/client_conversation.hpp"

namespace postern::delivery {

class Lmtp {
public:
    /// RFC 5321 §4.5.3.1.8: every server takes at least so many in a transaction.
    static constexpr std::size_t kMostRecipients = 100;

    Lmtp(LmtpDialer& dialer, std::string hostname, Log& log)
        : dialer_(dialer), hostname_(std::move(hostname)), log_(log) {}

    /// One transaction for these recipients of the history, at most kMostRecipients and all of one
    /// reverse-path: a result for each. Those that were crowded out belong into the next one. An Error: the
    /// message cannot be read, and the server has nothing of it.
    Result<std::vector<smtp::ClientResult>> send(const spool::Message& message,
                                                 const accounts::LmtpServer& server,
                                                 const spool::RecipientSet& recipients);
    /// What reports and the log call it: a socket is a place of this host.
    std::string name_of(const accounts::LmtpServer& server) const {
        return server.socket.empty() ? server.to_string() : hostname_;
    }
    /// At the end of the pass.
    void hang_up();

private:
    struct Health {
        int losses = 0;  ///< conversations in a row that broke
        std::optional<smtp::ClientResult> why_down = {};
    };

    /// Nothing = there is a conversation with it.
    std::optional<smtp::ClientResult> reach(const accounts::LmtpServer& server);
    std::optional<smtp::ClientResult> call(const accounts::LmtpServer& server);
    void log_down(const accounts::LmtpServer& server, std::string_view reason, std::string_view reply);
    void judge(const smtp::MessageDone& sent, const accounts::LmtpServer& server);

    LmtpDialer& dialer_;
    std::string hostname_;
    Log& log_;
    std::optional<accounts::LmtpServer> server_;  ///< of the conversation
    std::unique_ptr<wire::ClientConversation> conversation_;
    std::map<accounts::LmtpServer, Health> health_;
};

}  // namespace postern::delivery
