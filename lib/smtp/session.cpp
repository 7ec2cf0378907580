// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/session.hpp"

#include <span>
#include <utility>

#include "base/secret.hpp"
#include "smtp/session_rules.hpp"

namespace postern::smtp {

namespace {

constexpr char kTlsHandshake = 0x16;  // the first octet of a ClientHello

const replies::Entry& reply_to_flawed(Line::Flaw flaw) {
    switch (flaw) {
        case Line::Flaw::too_long: return replies::line_too_long;
        case Line::Flaw::control_character: return replies::control_character;
        case Line::Flaw::none:
        case Line::Flaw::bare_newline: break;
    }
    return replies::bare_newline;
}

}  // namespace

Session::Session(SessionFacts facts)
    : facts_(std::move(facts)), unclaimed_{facts_.peer.user, facts_.holds, facts_.asks_for_mail} {
    // What is mended on arrival could be another client's, if XCLIENT came with it.
    if (facts_.speaks_for_others) facts_.newlines = Newlines::strict;
    if (facts_.refusal)
        close("refused", *facts_.refusal);
    else
        say(replies::greeting(facts_.hostname, facts_.service.dialect));
}

Session::~Session() = default;

void Session::refuse_early_talker() {
    effects_.clear();
    close("spoke before its greeting", replies::spoke_too_early);
}

void Session::receive(std::string_view bytes) {
    if (phase_ == Phase::closing || end_) return;
    if (connection_.exchange) wipe(std::span(input_).first(consumed_));  // the beginning of a response
    input_.erase(0, std::exchange(consumed_, 0));
    if (facts_.newlines == Newlines::strict)
        input_ += bytes;
    else
        append_mended(bytes);
}

/// Each bare LF as CRLF.
void Session::append_mended(std::string_view bytes) {
    for (const char c : bytes) {
        if (c == '\n' && !after_cr_) input_ += '\r';
        input_ += c;
        after_cr_ = c == '\r';
    }
}

void Session::receive_end(End end) {
    if (!end_) end_ = end;
}

void Session::answer(const Answer& answer) {
    std::visit([&](auto asked) { on_answer(std::move(asked), answer); },
               std::exchange(question_, std::monostate{}));
}

std::optional<Effect> Session::next() {
    while (effects_.empty()) {
        if (is_open_question() || phase_ == Phase::closing) return std::nullopt;
        if (consumed_ < input_.size())
            advance();
        else if (end_)
            this->end(*end_);
        else
            return std::nullopt;
    }
    Effect effect = std::move(effects_.front());
    effects_.pop_front();
    return effect;
}

void Session::advance() {
    if (std::exchange(connection_.nothing_received, false) && input_[consumed_] == kTlsHandshake)
        return close("TLS", replies::not_smtp);
    if (connection_.exchange)
        read_response();
    else if (chunk_)
        read_chunk();
    else if (phase_ == Phase::body)
        read_content();
    else
        read_command();
}

void Session::read_command() {
    std::string_view rest = std::string_view(input_).substr(consumed_);
    const auto line = lines_.take(rest);
    consumed_ = input_.size() - rest.size();
    if (line) run(*line);
}

void Session::run(const Line& line) {
    if (std::exchange(connection_.no_command_yet, false) && is_http_request(line.text))
        return close("HTTP", replies::not_smtp);
    const Command command = parse_command(line.text);
    if (line.flaw != Line::Flaw::none) return object_to(command, reply_to_flawed(line.flaw));
    const Rule* rule = find_rule(command.verb);
    if (command.verb == Verb::unknown || !is_spoken(command.verb)) return complain(replies::unknown_command);
    if (!rule || !is_offered(*rule)) return object_to(command, replies::not_offered);
    dispatch(*rule, command, line.octets);
}

void Session::dispatch(const Rule& rule, const Command& command, std::size_t octets) {
    if (speaks_out_of_turn(rule)) return close("did not wait for its turn", replies::out_of_turn);
    if (lacks_tls(rule)) return object_to(command, replies::tls_required);
    if (const auto reply = objection(rule, command, octets)) return object_to(command, *reply);
    if (rule.has(kMovesNoMail) && ++connection_.idle_commands > facts_.limits.idle_commands)
        return close("too many commands without mail", replies::too_many_idle_commands);
    (this->*rule.handler)(command.argument);
}

/// Something is there already behind a command whose reply must be waited for. Without EHLO that is each,
/// but the octets of a chunk need no reply.
bool Session::speaks_out_of_turn(const Rule& rule) const {
    if (facts_.pipelining == Pipelining::any || consumed_ == input_.size()) return false;
    return rule.has(kEndsGroup) || (connection_.protocol == mail::Protocol::smtp && rule.verb != Verb::bdat);
}

/// RFC 3207 §4: what little may be said before STARTTLS where that is required.
bool Session::lacks_tls(const Rule& rule) const {
    return facts_.service.tls == Tls::required && !facts_.is_encrypted() && !rule.has(kNeedsNoTls);
}

/// Why the table does not let the command through.
std::optional<replies::Entry> Session::objection(const Rule& rule, const Command& command,
                                                 std::size_t octets) const {
    if (octets > rule.longest_line) return replies::line_too_long;
    if (!rule.phases.contains(static_cast<unsigned>(phase_))) {
        if (phase_ == Phase::connected)
            return facts_.service.dialect == Dialect::lmtp ? replies::lhlo_first : replies::hello_first;
        return phase_ == Phase::chunks ? replies::chunks_begun : rule.out_of_order;
    }
    if (rule.argument == Needs::nothing && !command.argument.empty()) return rule.syntax;
    if (rule.argument == Needs::argument && command.argument.empty()) return rule.syntax;
    return std::nullopt;
}

/// The octets that BDAT announces come all the same: the sender does not wait for a reply first.
void Session::object_to(const Command& command, const Reply& reply) {
    if (command.verb != Verb::bdat) return complain(reply);
    swallow_chunk(parse_chunk_command(command.argument), reply);
}

/// The only end of a transaction: RSET, EHLO, the end of the data, the end of the session.
void Session::drop_transaction() {
    if (transaction_.message_is_open) emit(AbandonMessage{});
    transaction_ = Transaction{};
    if (phase_ != Phase::connected) enter(Phase::ready);
}

}  // namespace postern::smtp
