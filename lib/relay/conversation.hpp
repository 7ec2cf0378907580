// SPDX-License-Identifier: BSD-2-Clause
// One connection to one host, from the greeting to QUIT: drives smtp::Client over a Connection, with the
// time limits of RFC 5321 §4.5.3.2. What is to be sent is kept until the client waits for a reply.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "relay/next_hop.hpp"
#include "relay/transport.hpp"
#include "runner/onward_content.hpp"
#include "smtp/client.hpp"
#include "tls/context.hpp"
#include "wire/client_limits.hpp"

namespace postern::relay {

class Conversation {
public:
    /// `tls`: to go on in TLS if the host offers it, or as the hop requires; null = not to. It outlives the
    /// conversation.
    Conversation(std::unique_ptr<Connection> connection, NextHop hop, std::string hostname,
                 const tls::ClientContext* tls = nullptr);

    /// Greeting and EHLO. Nothing = ready for messages; else why the host takes none.
    Task<std::optional<smtp::ClientResult>> start();
    /// One transaction, its content from the spool file. An Error: the file cannot be read (then the
    /// connection is cut before the final dot, and the host has nothing).
    Task<Result<smtp::MessageDone>> send(smtp::ClientMessage message, runner::OnwardContent& content);
    Task<void> quit();

    bool is_open() const { return state_ == State::open; }
    /// The host takes no further message in it (RFC 9422 §4.1).
    bool is_used_up() const { return client_.is_used_up(); }
    /// Once started: what the host offers.
    const smtp::Extensions& offers() const { return client_.offers(); }
    /// How many transactions there were, whatever became of them.
    unsigned transactions() const { return transactions_; }
    const NextHop& hop() const { return hop_; }
    /// What it is spoken in, "TLSv1.3 TLS_AES_256_GCM_SHA384"; "" = plain text.
    const std::string& tls() const { return encryption_; }
    /// Why there is no TLS although it was begun; another conversation without it may go well. Nothing = it
    /// was not. Fault::permanent where the host would have to change first.
    const std::optional<Error>& tls_trouble() const { return tls_trouble_; }

private:
    enum class State { open, closed };

    /// The next effect that is not the connection's business.
    Task<smtp::ClientEffect> next_effect();
    Task<Result<smtp::MessageDone>> finish(runner::OnwardContent& content);
    Task<Status> send_block(runner::OnwardContent& content, std::uint64_t& offset);
    Task<void> close();  ///< waits for the end that the client has begun
    Task<void> flush();
    Task<void> receive();
    Task<void> begin_tls();

    std::unique_ptr<Connection> connection_;
    NextHop hop_;
    smtp::Client client_;
    State state_ = State::open;
    const tls::ClientContext* tls_;
    std::string encryption_;
    std::optional<Error> tls_trouble_;
    std::string unsent_;
    unsigned transactions_ = 0;
    wire::ClientLimits limits_;
};

}  // namespace postern::relay
