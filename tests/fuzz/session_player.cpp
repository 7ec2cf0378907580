// SPDX-License-Identifier: BSD-2-Clause
#include "session_player.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "fuzz.hpp"
#include "sasl/scram_keys.hpp"
#include "smtp/replies.hpp"

namespace postern::fuzz {

namespace {

using namespace smtp;

/// A fuzzer reaches them.
constexpr SessionLimits kLimits{.message_size = 2000,
                                .recipients = 3,
                                .bad_commands = 8,
                                .bad_recipients = 5,
                                .idle_commands = 12,
                                .hops = 2};

SessionFacts facts(Dialect dialect) {
    SessionFacts f;
    f.hostname = "mx.example";
    f.peer.ip = "192.0.2.7";
    f.limits = kLimits;
    f.validation = {ValidationMode::discard, mail::Strictness::strict};
    f.holds = HoldLimits{std::chrono::hours(1), *parse_rfc3339("2026-11-21T20:30:05Z")};
    f.service.dialect = dialect;
    f.speaks_for_others = true;
    f.asks_for_mail = true;
    f.can_start_tls = true;
    f.keeps_tls_required = true;
    f.service.auth = true;
    f.tls = TlsFacts{"TLSv1.3", "TLS_AES_128_GCM_SHA256", "octets", ""};
    return f;
}

Verdict verdict_on(std::string_view text) {
    return text.size() % 4 == 3 ? Verdict::refuse(replies::no_such_user) : Verdict::accept();
}

std::string text_of(const mail::ReversePath& path) { return path ? path->to_string() : ""; }

void check_reply_line(std::string_view line) {
    constexpr std::array legal{214, 220, 221, 235, 250, 252, 334, 354, 421, 450, 451, 452, 458,
                               454, 500, 501, 502, 503, 504, 535, 550, 552, 553, 554, 555};
    require(line.size() + 2 <= 512, "a reply line has at most 512 octets");
    require(line.size() >= 4 && (line[3] == ' ' || line[3] == '-'), "a reply line begins with a code");
    const auto code = ascii::parse_number<int>(line.substr(0, 3));
    require(code && std::find(legal.begin(), legal.end(), *code) != legal.end(), "the code is legal");
    require(std::all_of(line.begin(), line.end(), ascii::is_printable), "a reply is printable ASCII");
}

/// Its last line may have no end: it may have come in chunks.
void check_text(std::string_view content) {
    require(content.find('\0') == std::string_view::npos, "content has no NUL");
    while (!content.empty()) {
        const auto end = std::min(content.find_first_of("\r\n"), content.size());
        require(end <= 998, "content has no over-long line");
        content.remove_prefix(end);
        require(content.empty() || content.starts_with("\r\n"), "content has no bare CR or LF");
        content.remove_prefix(std::min<std::size_t>(2, content.size()));
    }
}

}  // namespace

SessionPlayer::SessionPlayer(Dialect dialect) : session_(facts(dialect)) {}

void SessionPlayer::play(std::string_view input, std::size_t piece) {
    drain();
    in_pieces(input, piece, [this](std::string_view octets) {
        session_.receive(octets);
        drain();
    });
    session_.receive_end(End::timed_out);
    drain();
    require(closed_ && !message_is_open_, "every session ends, and no message is left open");
}

void SessionPlayer::drain() {
    while (auto effect = session_.next()) {
        require(!closed_, "silence after Close");
        std::visit([this](const auto& each) { perform(each); }, *effect);
    }
}

void SessionPlayer::perform(const Send& send) {
    require(send.bytes.ends_with("\r\n"), "a reply ends in CRLF");
    for (std::string_view rest = send.bytes; !rest.empty(); rest.remove_prefix(rest.find("\r\n") + 2))
        check_reply_line(rest.substr(0, rest.find("\r\n")));
    story_ += send.bytes;
}

void SessionPlayer::perform(const AskSender& asked) {
    story_ += "sender " + text_of(asked.reverse_path) + '\n';
    session_.answer(verdict_on(text_of(asked.reverse_path)));
}

void SessionPlayer::perform(const AskRecipient& asked) {
    const auto* address = std::get_if<mail::Address>(&asked.forward_path);
    const std::string text = address ? address->to_string() : "a bare name";
    story_ += "recipient " + text + '\n';
    session_.answer(RecipientVerdict{verdict_on(text), mail::Address::parse("postmaster@example.org")});
}

void SessionPlayer::perform(const AskVerify& asked) {
    story_ += asked.what == AskVerify::What::list ? "list\n" : "mailbox\n";
    session_.answer(Reply(replies::cannot_verify));
}

void SessionPlayer::perform(const AskClient& asked) {
    story_ += "client " + asked.client.ip + ' ' + asked.client.name + ' ' + asked.client.user + '\n';
    session_.answer(ClientVerdict{verdict_on(asked.client.ip), asked.client.user});
}

void SessionPlayer::perform(const AskRelease& asked) {
    story_ += "release " + asked.domain + '\n';
    session_.answer(asked.domain.size() % 4 == 3 ? Verdict::refuse(replies::cannot_release)
                                                 : Verdict::accept());
}

void SessionPlayer::perform(const PrepareTls&) {
    story_ += "TLS\n";
    session_.answer(Verdict::accept());
}

/// There is none, since what had arrived before it must not count.
void SessionPlayer::perform(const StartTls&) { session_.answer(Verdict::refuse(replies::tls_unavailable)); }

void SessionPlayer::perform(const AskKeys& asked) {
    story_ += "keys of " + asked.who.user + '\n';
    session_.answer(sasl::FoundKeys{sasl::make_keys("pencil", "salt", 1), "nonce"});
}

void SessionPlayer::perform(const AskLogin& asked) {
    const auto* password = std::get_if<Secret>(&asked.claim.evidence);
    const std::string text = asked.claim.who.user + ' ' + (password ? password->text() : "by proof");
    story_ += "login " + text + '\n';
    session_.answer(
        LoginVerdict{text.size() % 2 == 1 ? Verdict::refuse(replies::login_refused) : Verdict::accept(),
                     "alice@example.org"});
}

void SessionPlayer::perform(const BeginMessage& begin) {
    require(!message_is_open_, "one message at a time");
    const auto& recipients = begin.envelope.recipients;
    require(!recipients.empty(), "a message has a recipient");
    require(begin.envelope.smtputf8 ||
                std::ranges::all_of(recipients, [](const auto& each) { return each.address.is_ascii(); }),
            "UTF-8 in a recipient was declared");
    body_.clear();
    is_binary_ = begin.envelope.body == mail::BodyType::binary_mime;
    message_is_open_ = begin.envelope.peer.helo.size() % 4 != 3;
    session_.answer(message_is_open_ ? Verdict::accept() : Verdict::refuse(replies::no_space));
}

void SessionPlayer::perform(const BodyBytes& body) {
    require(message_is_open_, "content belongs to an open message");
    body_ += body.bytes;
    require(body_.size() <= kLimits.message_size, "content keeps to the limit");
}

void SessionPlayer::perform(const CommitMessage& message) {
    require(std::exchange(message_is_open_, false), "only what was begun is committed");
    if (!is_binary_) check_text(body_);
    story_ += "commit " + body_ + (message.flaw ? to_string(*message.flaw) : "") + '\n';
    session_.answer(CommitVerdict{verdict_on(body_), "q1"});
}

void SessionPlayer::perform(const AbandonMessage&) {
    require(std::exchange(message_is_open_, false), "only what was begun is abandoned");
    story_ += "abandon\n";
}

void SessionPlayer::perform(const Close&) { closed_ = true; }

}  // namespace postern::fuzz
