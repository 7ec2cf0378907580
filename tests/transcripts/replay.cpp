// SPDX-License-Identifier: BSD-2-Clause
#include "replay.hpp"

#include <optional>
#include <stdexcept>
#include <utility>

#include "base/ascii.hpp"
#include "escapes.hpp"
#include "sasl/scram_keys.hpp"
#include "smtp/replies.hpp"

namespace postern::test {

namespace {

using namespace smtp;

std::string bracketed(const mail::ReversePath& path) { return '<' + (path ? path->to_string() : "") + '>'; }

std::string text_of(const mail::ForwardPath& path) {
    const auto* address = std::get_if<mail::Address>(&path);
    return address ? '<' + address->to_string() + '>' : std::get<mail::BareName>(path).local_part;
}

std::string_view name_of(mail::Protocol protocol) {
    switch (protocol) {
        case mail::Protocol::smtp: return "SMTP";
        case mail::Protocol::esmtp: return "ESMTP";
        case mail::Protocol::lmtp: return "LMTP";
    }
    return "";
}

std::string text_of(const mail::Recipient& recipient) {
    std::string out = " <" + recipient.address.to_string() + '>';
    if (!recipient.notify.empty()) out += " NOTIFY=" + recipient.notify;
    if (!recipient.orcpt.empty()) out += " ORCPT=" + recipient.orcpt;
    return out;
}

std::string text_of(const std::optional<Hold>& hold) {
    if (!hold) return "";
    if (const auto* time = std::get_if<std::chrono::seconds>(&*hold))
        return " hold for " + std::to_string(time->count()) + " s";
    return " hold until " + format_rfc3339(std::get<Instant>(*hold), Precision::seconds);
}

std::string text_of(const mail::Envelope& e) {
    std::string out(name_of(e.protocol));
    if (!e.peer.tls.empty()) out += " in " + e.peer.tls;
    out += ' ' + e.peer.helo + " [" + e.peer.ip + "] " + (e.peer.user.empty() ? "" : e.peer.user + ' ') +
           bracketed(e.reverse_path) + " to";
    for (const auto& recipient : e.recipients) out += text_of(recipient);
    if (e.body == mail::BodyType::eight_bit_mime) out += " 8BITMIME";
    if (e.body == mail::BodyType::seven_bit) out += " 7BIT";
    if (e.body == mail::BodyType::binary_mime) out += " BINARYMIME";
    if (e.smtputf8) out += " SMTPUTF8";
    if (e.requires_tls) out += " REQUIRETLS";
    if (e.ret == mail::ReturnedPart::whole) out += " RET=FULL";
    if (e.ret == mail::ReturnedPart::header) out += " RET=HDRS";
    if (!e.envid.empty()) out += " ENVID=" + e.envid;
    return out;
}

/// Of a client that XCLIENT names, whose answer is "who may send".
const HoldLimits kHolds{std::chrono::hours(24), *parse_rfc3339("2026-11-22T20:30:05Z")};

std::string text_of(const AskLogin& asked) {
    const auto& [who, evidence] = asked.claim;
    std::string out = std::string(name_of(asked.mechanism)) + ' ' + who.user;
    if (!who.acts_for.empty()) out += " for " + who.acts_for;
    const auto* password = std::get_if<Secret>(&evidence);
    if (password) return out + ' ' + escape_for_transcript(password->text());
    return out + (std::get<sasl::Proof>(evidence) == sasl::Proof::right ? ", proved" : ", not proved");
}

/// "550 5.1.1 No such user" as a reply; nothing when it is none.
std::optional<Reply> parse_reply(const std::string& text) {
    if (text.size() < 4 || !ascii::is_digit(text[0]) || text[3] != ' ') return std::nullopt;
    const auto space = text.find(' ', 4);
    return Reply{std::stoi(text.substr(0, 3)), text.substr(4, space - 4), text.substr(space + 1)};
}

Verdict verdict(const std::string& answer) {
    auto reply = parse_reply(answer);
    return reply ? Verdict::refuse(std::move(*reply)) : Verdict::accept();
}

/// One session, played to; its lines come out of take_lines().
class Player {
public:
    explicit Player(const Transcript& transcript) : transcript_(transcript), session_(transcript.facts()) {}

    void say(const std::string& octets) { session_.receive(octets); }
    void end(const std::string& why) {
        if (why == "closed") return session_.receive_end(End::closed);
        if (why == "out_of_time") return session_.receive_end(End::out_of_time);
        if (why == "too_slow") return session_.receive_end(End::too_slow);
        if (why == "timed_out") return session_.receive_end(End::timed_out);
        if (why == "told_to_stop") return session_.receive_end(End::told_to_stop);
        if (why == "broken") return session_.receive_end(End::broken);
        throw std::runtime_error("no such end: " + why);
    }

    /// What arrives in plain text from now on is no matter of the session any more.
    bool speaks_tls() const { return speaks_tls_; }

    std::vector<std::string> take_lines() {
        while (auto effect = session_.next())
            std::visit([this](const auto& each) { perform(each); }, *effect);
        return std::exchange(lines_, {});
    }

private:
    void perform(const Send& send) {
        const std::string hello = "250-" + transcript_.facts().hostname;
        if (send.bytes.starts_with(hello + "\r\n") && !transcript_.lists_extensions())
            return lines_.push_back("S: " + hello + " ...");
        for (std::string_view rest = send.bytes; !rest.empty();) {
            const auto end = rest.find("\r\n");
            if (end == std::string_view::npos) throw std::runtime_error("a reply without CRLF");
            lines_.push_back("S: " + std::string(rest.substr(0, end)));
            rest.remove_prefix(end + 2);
        }
    }
    void perform(const AskSender& asked) {
        const std::string size = asked.size > 0 ? " size " + std::to_string(asked.size) : "";
        session_.answer(verdict(ask("sender " + bracketed(asked.reverse_path) + size + text_of(asked.hold))));
    }
    void perform(const AskRecipient& asked) {
        const std::string answer = ask("recipient " + text_of(asked.forward_path));
        session_.answer(RecipientVerdict{verdict(answer), mail::Address::parse(answer)});
    }
    void perform(const AskVerify& asked) {
        const std::string what = asked.what == AskVerify::What::list ? "list " : "mailbox ";
        const auto reply = parse_reply(unescape_octets(ask(what + text_of(asked.name))));
        session_.answer(reply.value_or(replies::cannot_verify));
    }
    void perform(const AskClient& asked) {
        const auto& client = asked.client;
        std::string question = "client [" + client.ip + ']';
        for (const auto& word : {client.name, client.user, asked.destination})
            question += ' ' + (word.empty() ? "-" : word);
        const std::string answer = ask(question);
        const bool may_send = answer == "who may send";
        session_.answer(ClientVerdict{may_send ? Verdict::accept() : verdict(answer), client.user,
                                      may_send ? std::optional(kHolds) : std::nullopt, may_send});
    }
    void perform(const AskRelease& asked) { session_.answer(verdict(ask("release " + asked.domain))); }
    void perform(const PrepareTls&) { session_.answer(verdict(ask("prepare TLS"))); }
    void perform(const StartTls&) {
        const bool works = ask("start TLS") == "accept";
        speaks_tls_ = true;
        session_.answer(works ? Answer(TlsFacts{"TLSv1.3", "TLS_AES_128_GCM_SHA256"})
                              : Answer(Verdict::refuse(replies::not_smtp)));
    }
    void perform(const AskKeys& asked) {
        const std::string answer = ask("keys of " + asked.who.user);
        if (auto reply = parse_reply(answer)) return session_.answer(Verdict::refuse(std::move(*reply)));
        const auto keys = sasl::parse_keys(answer.substr(0, answer.find(' ')));
        session_.answer(sasl::FoundKeys{keys.value(), answer.substr(answer.find(' ') + 1)});
    }
    void perform(const AskLogin& asked) {
        const std::string answer = ask("login " + text_of(asked));
        session_.answer(LoginVerdict{verdict(answer), answer});
    }
    void perform(const BeginMessage& begin) {
        body_.clear();
        session_.answer(verdict(ask("begin " + text_of(begin.envelope))));
    }
    void perform(const BodyBytes& body) { body_ += body.bytes; }
    void perform(const CommitMessage& message) {
        write_body();
        const std::string answer =
            ask(message.flaw ? "commit, though " + to_string(*message.flaw) : "commit");
        session_.answer(CommitVerdict{verdict(answer), answer});
    }
    void perform(const AbandonMessage&) { lines_.push_back("!: abandon"); }
    void perform(const Note&) {}
    void perform(const Close&) { lines_.push_back("!: close"); }

    /// Writes the question down with its answer, and returns that.
    std::string ask(const std::string& question) {
        const auto& answers = transcript_.answers();
        const std::string answer = asked_ < answers.size() ? answers[asked_] : "accept";
        ++asked_;
        lines_.push_back("?: " + question + " => " + answer);
        return answer;
    }

    void write_body() {
        for (std::string_view rest = body_; !rest.empty();) {
            const auto end = rest.find("\r\n");
            const std::string mark = end == std::string_view::npos ? "!: rest " : "!: body ";
            lines_.push_back(mark + escape_for_transcript(rest.substr(0, end)));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
        }
    }

    const Transcript& transcript_;
    Session session_;
    std::vector<std::string> lines_;
    std::string body_;
    std::size_t asked_ = 0;
    bool speaks_tls_ = false;
};

bool is_of_client(const Entry& entry) {
    return entry.kind == Entry::Kind::client || entry.kind == Entry::Kind::tls_client;
}

bool is_of_server(const Entry& entry) {
    return entry.kind == Entry::Kind::server || entry.kind == Entry::Kind::question ||
           entry.kind == Entry::Kind::effect;
}

}  // namespace

std::string replay_by_line(const Transcript& transcript) {
    Player player(transcript);
    std::string out;
    bool greeted = false;
    const auto write_lines = [&] {
        for (const auto& line : player.take_lines()) out += line + '\n';
        greeted = true;
    };
    for (const Entry& entry : transcript.entries()) {
        if (is_of_server(entry)) {
            if (!greeted) write_lines();
            continue;
        }
        const bool is_input = is_of_client(entry) || entry.kind == Entry::Kind::end;
        if (is_input && !greeted) write_lines();
        out += entry.line + '\n';
        if (is_of_client(entry)) player.say(octets_of(entry));
        if (entry.kind == Entry::Kind::end) player.end(entry.text);
        if (is_input) write_lines();
    }
    if (!greeted) write_lines();
    return out;
}

namespace {

std::string octets_of_all(const Transcript& transcript, Entry::Kind kind) {
    std::string out;
    for (const Entry& entry : transcript.entries())
        if (entry.kind == kind) out += octets_of(entry);
    return out;
}

}  // namespace

std::string client_octets(const Transcript& transcript) {
    return octets_of_all(transcript, Entry::Kind::client);
}

std::string tls_client_octets(const Transcript& transcript) {
    return octets_of_all(transcript, Entry::Kind::tls_client);
}

std::vector<std::string> replay_in_chunks(const Transcript& transcript, Chunking chunking) {
    Player player(transcript);
    std::vector<std::string> lines = player.take_lines();
    const auto keep_lines = [&] {
        for (auto& line : player.take_lines()) lines.push_back(std::move(line));
    };
    std::size_t size = chunking.first;
    const auto say_in_chunks = [&](std::string octets, bool in_tls) {
        for (; !octets.empty() && player.speaks_tls() == in_tls; size = chunking.rest) {
            if (size == 0) size = chunking.rest > 0 ? chunking.rest : octets.size();
            player.say(octets.substr(0, size));
            octets.erase(0, size);
            keep_lines();
        }
    };
    say_in_chunks(client_octets(transcript), false);
    say_in_chunks(tls_client_octets(transcript), true);
    for (const Entry& entry : transcript.entries())
        if (entry.kind == Entry::Kind::end) player.end(entry.text);
    keep_lines();
    return lines;
}

std::vector<std::string> expected_lines(const Transcript& transcript) {
    std::vector<std::string> lines;
    for (const Entry& entry : transcript.entries())
        if (is_of_server(entry)) lines.push_back(entry.line);
    return lines;
}

}  // namespace postern::test
