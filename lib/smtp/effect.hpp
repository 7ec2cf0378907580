// SPDX-License-Identifier: BSD-2-Clause
// What a session wants done by the world: bytes in, effects out. Questions (Ask…, BeginMessage,
// CommitMessage) wait for Session::answer; at most one is open.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mail/envelope.hpp"
#include "mail/flaw.hpp"
#include "sasl/exchange.hpp"
#include "smtp/future_release.hpp"
#include "smtp/reply.hpp"
#include "smtp/tls_facts.hpp"

namespace postern::smtp {

/// The answer to a question: go on, or refuse with this reply.
class Verdict {
public:
    static Verdict accept() { return Verdict(std::nullopt); }
    static Verdict refuse(Reply reply) { return Verdict(std::move(reply)); }
    bool accepted() const { return !refusal_; }
    const Reply& reply() const { return *refusal_; }

private:
    explicit Verdict(std::optional<Reply> refusal) : refusal_(std::move(refusal)) {}
    std::optional<Reply> refusal_;
};

/// Bytes for the peer. The driver buffers them until it would block for input.
struct Send {
    std::string bytes;
};

/// Question: may this peer send from here? `size` as declared (RFC 1870), 0 = not said. A `hold` (RFC 4865)
/// is within the session's limits; until when, whoever has a clock finds out.
struct AskSender {
    mail::ReversePath reverse_path;
    std::uint64_t size = 0;
    std::optional<Hold> hold = std::nullopt;
};

/// Question: do we take mail for this recipient?
/// Its answer may put another address in the place of a bare name: see RecipientVerdict.
struct AskRecipient {
    mail::ReversePath reverse_path;
    mail::ForwardPath forward_path;
};

/// Question: what may be told of this name (VRFY, EXPN)? Its answer is the Reply.
struct AskVerify {
    enum class What { mailbox, list } what;
    mail::ForwardPath name;
};

/// Question, after XCLIENT: the peer speaks for this client from now on. What may it do?
struct AskClient {
    mail::PeerFacts client;
    std::string destination = {};  ///< where it has connected to, "ADDRESS:PORT"; for the log
};

/// Question: have the mail sent that waits for this (ETRN; as mail::parse_release_domain() reads it)?
struct AskRelease {
    std::string domain;
};

/// Question, after STARTTLS: is all there that TLS needs?
struct PrepareTls {};

/// Question, after its 220: flush, then do the handshake. TlsFacts when there is TLS from now on, a refusal
/// when there is none; then the session closes.
struct StartTls {};

/// Question, within AUTH: what is stored for this user? Its answer is sasl::FoundKeys, and no other for one
/// who does not exist; a refusal is for trouble only.
struct AskKeys {
    sasl::Identity who;
};

/// Question, at the end of AUTH: is this who he says he is, and may he log in? Its answer is a LoginVerdict.
struct AskLogin {
    sasl::Mechanism mechanism;
    sasl::Claim claim;
};

/// Question, after DATA: open a spool file. Refused (451, 452): no 354 is said.
struct BeginMessage {
    mail::Envelope envelope;
};

/// Content, decoded: no dot-stuffing, CRLF line ends. Valid until the next call of the session.
struct BodyBytes {
    std::string_view bytes;
};

/// Question, after the final dot: make the message durable. 250 is sent because of its answer.
struct CommitMessage {
    /// Why it is not to be queued, but to go where validation.mode says: it is not valid.
    std::optional<mail::Flaw> flaw = std::nullopt;
};

/// The message that was begun will not be committed: drop it. No answer.
struct AbandonMessage {};

/// A line for the log; `refusal` notes name the reason in one line.
struct Note {
    enum class Kind { refusal, protocol_error, closed } kind;
    std::string text;
};

/// The conversation is over: flush, then close. The last effect ever.
struct Close {};

using Effect =
    std::variant<Send, AskSender, AskRecipient, AskVerify, AskClient, AskRelease, PrepareTls, StartTls,
                 AskKeys, AskLogin, BeginMessage, BodyBytes, CommitMessage, AbandonMessage, Note, Close>;

/// Answers. A recipient's carries the address to put into the envelope when the path was a bare name.
struct RecipientVerdict {
    Verdict verdict;
    std::optional<mail::Address> address = std::nullopt;
};
/// AskClient's: who the client is that it speaks for, and what he may do from now on.
struct ClientVerdict {
    Verdict verdict;
    std::string user = {};  ///< as the envelope names him; "" = he has not logged in there
    std::optional<HoldLimits> holds = std::nullopt;
    bool asks_for_mail = false;
};
/// AskLogin's: who it is, and what he may do now.
struct LoginVerdict {
    Verdict verdict;
    std::string user = {};  ///< as the envelope names him; of a refusal, whose account it was tried with
    std::optional<HoldLimits> holds = std::nullopt;  ///< FUTURERELEASE
    bool asks_for_mail = false;                      ///< ETRN
};
/// CommitMessage's: the id under which the message is queued, or the refusal.
struct CommitVerdict {
    Verdict verdict;
    std::string id = {};
};
using Answer = std::variant<Verdict, RecipientVerdict, ClientVerdict, sasl::FoundKeys, LoginVerdict,
                            CommitVerdict, TlsFacts, Reply>;

/// Why no more bytes will come (Session::receive_end).
enum class End {
    closed,
    timed_out,     ///< it was silent too long
    out_of_time,   ///< the conversation has lasted too long
    too_slow,      ///< content came, but not as fast as it must
    told_to_stop,  ///< this process shall end
    broken
};

}  // namespace postern::smtp
