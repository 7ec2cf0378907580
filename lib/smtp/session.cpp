// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/session.hpp"

#include <utility>

#include "smtp/session_rules.hpp"

namespace postern::smtp {

namespace {

constexpr char kTlsHandshake = 0x16;  // the first octet of a ClientHello

}  // namespace

Session::Session(SessionFacts facts) : facts_(std::move(facts)) {
    if (facts_.refusal)
        close("refused", *facts_.refusal);
    else
        say(replies::greeting(facts_.hostname));
}

Session::~Session() = default;

void Session::receive(std::string_view bytes) {
    if (phase_ == Phase::closing || end_) return;
    input_.erase(0, std::exchange(consumed_, 0));
    input_ += bytes;
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
    if (phase_ == Phase::body)
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
    switch (line.flaw) {
        case Line::Flaw::too_long: return complain(replies::line_too_long);
        case Line::Flaw::bare_newline: return complain(replies::bare_newline);
        case Line::Flaw::control_character: return complain(replies::control_character);
        case Line::Flaw::none: break;
    }
    const Command command = parse_command(line.text);
    const Rule* rule = find_rule(command.verb);
    if (!rule) return complain(replies::unknown_command);
    dispatch(*rule, command, line.octets);
}

void Session::dispatch(const Rule& rule, const Command& command, std::size_t octets) {
    if (octets > rule.longest_line) return complain(replies::line_too_long);
    if (!rule.phases.contains(static_cast<unsigned>(phase_)))
        return complain(phase_ == Phase::connected ? replies::hello_first : rule.out_of_order);
    if (rule.argument == Needs::nothing && !command.argument.empty()) return complain(rule.syntax);
    if (rule.argument == Needs::argument && command.argument.empty()) return complain(rule.syntax);
    (this->*rule.handler)(command.argument);
}

/// The only end of a transaction: RSET, EHLO, the end of the data, the end of the session.
void Session::drop_transaction() {
    if (transaction_.message_is_open) emit(AbandonMessage{});
    transaction_ = Transaction{};
    if (phase_ != Phase::connected) enter(Phase::ready);
}

}  // namespace postern::smtp
