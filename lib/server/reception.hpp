// SPDX-License-Identifier: BSD-2-Clause
// What a session wants of the world, done: its questions go to policy, its messages into the spool, its
// notes into the log. Holds the one message that is on its way in; nothing of it is left unless commit()
// accepted. Trouble of this machine is told to the log in full, to the peer as a 4xx reply.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/randomness.hpp"
#include "mail/header_completion.hpp"
#include "policy/limits.hpp"
#include "policy/recipients.hpp"
#include "policy/senders.hpp"
#include "spool/incoming.hpp"
#include "wire/serve_session.hpp"

namespace postern::server {

/// What a reception works with; all outlives it.
struct World {
    spool::Door door;
    const policy::Senders& senders;
    const policy::Recipients& recipients;
    std::function<Result<std::uint64_t>()> free_space;  ///< octets left where the spool is
    const Clock& clock;
    Randomness& randomness;
    Log& log;                            ///< its lines name the session and the peer
    std::string hostname;                ///< for the Received field
    std::function<void()> wake = [] {};  ///< the runners; there is a message for them
    std::uint64_t reserve = 0;           ///< octets of free_space that no session may use up
    bool repairs = false;                ///< the service adds fields that are missing
    smtp::ValidationMode validation = smtp::ValidationMode::off;  ///< where a message with a flaw goes
    /// VRFY, EXPN; without it they are turned off.
    std::function<Result<smtp::Reply>(const smtp::AskVerify&)> verify = {};
    /// XCLIENT: the peer is another client from now on; without it none is believed.
    std::function<smtp::ClientVerdict(const smtp::AskClient&)> take_client = {};
    /// ETRN; without it nothing is sent for the asking.
    std::function<Status(const std::string& domain)> release = {};
    /// STARTTLS, before its 220 and behind it; without them there is no TLS.
    std::function<Status()> prepare_tls = {};
    std::function<std::optional<smtp::TlsFacts>(sys::Deadline)> start_tls = {};
    /// AUTH; without them nobody can log in.
    std::function<smtp::Answer(const smtp::AskKeys&)> find_keys = {};
    std::function<smtp::LoginVerdict(const smtp::AskLogin&)> log_in = {};
    policy::Limits* limits = nullptr;  ///< what the peer may still do; null = anything
};

class Reception final : public wire::SessionHandler {
public:
    explicit Reception(World world) : world_(std::move(world)) {}

    smtp::Verdict sender(const smtp::AskSender& asked) override;
    smtp::RecipientVerdict recipient(const smtp::AskRecipient& asked) override;
    smtp::Reply verify(const smtp::AskVerify& asked) override;
    smtp::ClientVerdict client(const smtp::AskClient& asked) override;
    smtp::Verdict release(const smtp::AskRelease& asked) override;
    smtp::Verdict prepare_tls() override;
    std::optional<smtp::TlsFacts> start_tls(sys::Deadline deadline) override;
    smtp::Answer keys(const smtp::AskKeys& asked) override;
    smtp::LoginVerdict login(const smtp::AskLogin& asked) override;
    smtp::Verdict begin(const smtp::BeginMessage& message) override;
    void body(std::string_view bytes) override;
    smtp::CommitVerdict commit(const smtp::CommitMessage& asked) override;
    void abandon() override { message_.reset(); }
    void note(const smtp::Note& note) override;

private:
    /// The message on its way in.
    struct Message {
        std::optional<spool::Incoming> file;  ///< nothing once `trouble` has come
        std::optional<Error> trouble = std::nullopt;
        std::string from;
        std::size_t recipients = 0;
        std::uint64_t size = 0;  ///< octets of content, without what was put on top

        std::unique_ptr<mail::HeaderCompletion> completion = nullptr;  ///< where the service repairs

        void take(std::string_view content);
        void end();
        void append(std::string_view content);
    };

    Status open_message(mail::Envelope envelope);
    smtp::Verdict refuse(const Error& error);
    smtp::Reply userland_trouble(const Error& error);
    void log_trouble(const Error& error);
    smtp::CommitVerdict queue(Message message);
    smtp::CommitVerdict quarantine(Message message, const mail::Flaw& flaw);
    smtp::CommitVerdict discard(const Message& message, const mail::Flaw& flaw);
    void log_end(std::string_view event, const Message& message, const std::string& id,
                 const std::string& reason = {});

    World world_;
    std::uint64_t declared_size_ = 0;                   ///< of the transaction's message; 0 = not said
    std::optional<Instant> release_at_ = std::nullopt;  ///< of it: not to be tried before
    std::optional<Message> message_;
};

}  // namespace postern::server
