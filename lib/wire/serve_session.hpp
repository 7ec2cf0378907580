// SPDX-License-Identifier: BSD-2-Clause
// Drives a server session over a stream: pull effects, collect what is to be sent, flush just before a
// read that may block, read, feed. That order is all of PIPELINING (RFC 2920). The world behind the
// session (policy, spool, log) is a SessionHandler; it is never called while the stream is, and calls that
// only for the handshake of STARTTLS.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "smtp/session.hpp"
#include "sys/stream.hpp"

namespace postern::wire {

/// Answers a session's questions and takes what it has for the spool and the log.
class SessionHandler {
public:
    virtual ~SessionHandler() = default;
    virtual smtp::Verdict sender(const smtp::AskSender& asked) = 0;
    virtual smtp::RecipientVerdict recipient(const smtp::AskRecipient& asked) = 0;
    virtual smtp::Reply verify(const smtp::AskVerify& asked) = 0;
    /// The peer is this client now, or refused.
    virtual smtp::ClientVerdict client(const smtp::AskClient& asked) = 0;
    virtual smtp::Verdict release(const smtp::AskRelease& asked) = 0;
    /// Is there a certificate to begin TLS with?
    virtual smtp::Verdict prepare_tls() = 0;
    /// The handshake, on the stream that the session is served on. Nothing = it failed.
    virtual std::optional<smtp::TlsFacts> start_tls(sys::Deadline deadline) = 0;
    /// sasl::FoundKeys, or a refusal.
    virtual smtp::Answer keys(const smtp::AskKeys& asked) = 0;
    virtual smtp::LoginVerdict login(const smtp::AskLogin& asked) = 0;
    /// Open a spool file; `envelope.received` is for the handler to fill in.
    virtual smtp::Verdict begin(const smtp::BeginMessage& message) = 0;
    /// Content, decoded, some octets at a time. A failure is kept and told by commit().
    virtual void body(std::string_view bytes) = 0;
    /// Durable and where it belongs when it accepts; after a refusal nothing may be left of the message.
    virtual smtp::CommitVerdict commit(const smtp::CommitMessage& message) = 0;
    /// The message that was begun will not be committed.
    virtual void abandon() = 0;
    virtual void note(const smtp::Note& note) = 0;
};

struct Deadlines {
    std::chrono::milliseconds idle;                 ///< the longest wait for a command, RFC 5321 §4.5.3.2.7
    sys::Deadline session;                          ///< when the session ends, whatever the peer does
    std::chrono::milliseconds content_idle = idle;  ///< the longest wait within content
    std::uint64_t minimum_rate = 0;                 ///< octets of content a second; 0 = any
    std::chrono::milliseconds rate_window = std::chrono::minutes(5);  ///< over which that is the average
    std::chrono::milliseconds before_greeting{0};  ///< who speaks within this time is not served
};

/// Returns when the session has said Close; its last reply is then written. The caller shuts the stream down.
void serve(smtp::Session& session, sys::Stream& stream, SessionHandler& handler, const Deadlines& deadlines);

}  // namespace postern::wire
