// SPDX-License-Identifier: BSD-2-Clause
// The client's transactions: MAIL, RCPT, DATA, content.
#include <algorithm>
#include <functional>
#include <utility>

#include "smtp/client.hpp"
#include "smtp/client_result.hpp"
#include "smtp/enhanced_status.hpp"

namespace postern::smtp {

namespace {

using Kind = ClientResult::Kind;

bool is_question(const ClientMessage& message) { return message.aim == ClientMessage::Aim::ask; }

std::string mail_command(const ClientMessage& message, const Extensions& extensions) {
    std::string line = "MAIL FROM:<" + (message.reverse_path ? message.reverse_path->to_string() : "") + ">";
    if (extensions.size && !is_question(message)) line += " SIZE=" + std::to_string(message.size);
    if (extensions.eight_bit_mime && message.content == ClientMessage::Content::eight_bit)
        line += " BODY=8BITMIME";
    return line;
}

}  // namespace

void Client::begin(ClientMessage message) {
    const bool is_lost = phase_ == Phase::closed;
    phase_ = Phase::transaction;
    transaction_ = Transaction{};
    transaction_->results.resize(message.recipients.size());
    transaction_->message = std::move(message);
    if (is_lost) return lose(result_of(End::broken));
    if (!fits(transaction_->message)) return finish_transaction();
    if (std::exchange(needs_reset_, true)) command(ClientStep::reset, "RSET");
    command(ClientStep::mail, mail_command(transaction_->message, extensions_));
    for (const auto& recipient : transaction_->message.recipients)
        command(ClientStep::recipient, "RCPT TO:<" + recipient.to_string() + ">");
    if (!is_question(transaction_->message)) command(ClientStep::data, "DATA");
    send_commands();
}

/// What the host's own announcements rule out needs no question.
bool Client::fits(const ClientMessage& message) {
    if (extensions_.largest_message > 0 && message.size > extensions_.largest_message)
        decide_rest({Kind::failed, "5.3.4",
                     "the host takes messages of at most " + std::to_string(extensions_.largest_message) +
                         " octets, and this one has " + std::to_string(message.size),
                     ""});
    else if (message.content == ClientMessage::Content::binary)  // it knows no BDAT (RFC 3030 §3)
        decide_rest({Kind::failed, "5.6.1", "binary content cannot be carried on", ""});
    else if (message.content == ClientMessage::Content::eight_bit && !extensions_.eight_bit_mime)
        decide_rest(
            {Kind::failed, "5.6.3", "the host takes no 8-bit content, and this message has some", ""});
    else
        return true;
    return false;
}

void Client::on_mail(const Reply& reply) {
    if (reply.code / 100 == 2) return;
    auto result = result_of(ClientStep::mail, reply);
    if (is_question(transaction_->message)) result.kind = Kind::deferred;  // it says nothing of recipients
    decide_rest(result);
    unsent_.clear();  // without PIPELINING nothing more needs to be said
}

void Client::on_recipient(const Reply& reply) {
    auto& result = transaction_->results[transaction_->answered++];
    const bool is_last = transaction_->answered == transaction_->results.size();
    if (result.has_value()) return;  // MAIL was refused
    if (reply.code / 100 == 2) {
        ++transaction_->accepted;
        if (is_question(transaction_->message))
            result = ClientResult{Kind::accepted, status_of(reply), "", one_line(reply)};
    } else {
        result = result_of(ClientStep::recipient, reply);
        if (transaction_->accepted > 0 && says_too_many_recipients(reply)) result->kind = Kind::crowded_out;
    }
    if (is_last && transaction_->accepted == 0) unsent_.clear();  // no DATA for nobody
}

void Client::on_data(const Reply& reply) {
    if (reply.code != 354) return decide_rest(result_of(ClientStep::data, reply));
    if (transaction_->accepted > 0) {
        phase_ = Phase::body;
    } else if (dialect_ == Dialect::lmtp) {
        lose(result_of_garbage());  // RFC 2033 §4.2 forbids it, and no reply would tell the end
    } else {
        command(ClientStep::nothing, ".");  // RFC 2920 §3.1: 354 came although all recipients were refused
    }
}

void Client::body(std::string_view content) {
    if (phase_ != Phase::body) return;  // lost meanwhile
    effects_.emplace_back(Send{transaction_->encoder.encode(content)});
}

void Client::end_body() {
    if (phase_ != Phase::body) return;
    phase_ = Phase::transaction;
    transaction_->content_sent = true;
    effects_.emplace_back(Send{transaction_->encoder.finish()});
    const auto replies = dialect_ == Dialect::lmtp ? transaction_->accepted : 1;
    awaited_.insert(awaited_.end(), replies, ClientStep::content);
}

/// In LMTP it is that of the first one who is undecided (RFC 2033 §4.2).
void Client::on_content(const Reply& reply) {
    const auto result = result_of(ClientStep::content, reply);
    needs_reset_ = result.kind != Kind::accepted;
    if (dialect_ == Dialect::smtp) return decide_rest(result);
    *std::ranges::find_if(transaction_->results, std::logical_not<>()) = result;
}

void Client::decide_rest(const ClientResult& result) {
    for (auto& decided : transaction_->results)
        if (!decided) decided = result;
}

void Client::finish_transaction_if_answered() {
    if (phase_ == Phase::transaction && unsent_.empty() && awaited_.empty()) finish_transaction();
}

void Client::finish_transaction() {
    report_transaction();
    become_ready();
}

void Client::report_transaction() {
    MessageDone finished;
    for (auto& result : transaction_->results) finished.recipients.push_back(std::move(*result));
    if (transaction_->content_sent) finished.content = MessageDone::Content::sent;
    transaction_.reset();
    effects_.emplace_back(std::move(finished));
}

}  // namespace postern::smtp
