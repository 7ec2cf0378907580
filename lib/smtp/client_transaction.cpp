// SPDX-License-Identifier: BSD-2-Clause
// The client's transactions: MAIL, RCPT, DATA, content.
#include <algorithm>
#include <functional>
#include <utility>

#include "smtp/client.hpp"
#include "smtp/client_commands.hpp"
#include "smtp/client_result.hpp"
#include "smtp/enhanced_status.hpp"

namespace postern::smtp {

namespace {

using Kind = ClientResult::Kind;

ClientResult no_international() {
    return {Kind::failed, "5.6.7", "the host does not offer SMTPUTF8, which international mail needs", ""};
}

}  // namespace

void Client::begin(ClientMessage message) {
    const bool is_lost = phase_ == Phase::closed;
    phase_ = Phase::transaction;
    transaction_ = Transaction{};
    transaction_->results.resize(message.recipients.size());
    transaction_->message = std::move(message);
    if (is_lost) return lose(result_of(End::broken));
    const ClientMessage& begun = transaction_->message;
    if (!fits(begun)) return finish_transaction();
    choose_recipients();
    if (transaction_->asked.empty()) return finish_transaction();
    ++begun_;
    transaction_->in_chunks = goes_in_chunks(begun, extensions_);
    if (std::exchange(needs_reset_, true)) command(ClientStep::reset, "RSET");
    command(ClientStep::mail, mail_command(begun, extensions_));
    for (const auto i : transaction_->asked)
        command(ClientStep::recipient, rcpt_command(begun.recipients[i], extensions_));
    if (!is_question(begun) && !transaction_->in_chunks) command(ClientStep::data, "DATA");
    send_commands();
}

/// Of international ones no other host hears; whom its limits leave no room for is for the next transaction.
void Client::choose_recipients() {
    Seats seats(extensions_.limits);
    const auto& recipients = transaction_->message.recipients;
    for (std::size_t i = 0; i < recipients.size(); ++i) {
        const auto& address = recipients[i].address;
        if (!extensions_.smtputf8 && !address.is_ascii())
            transaction_->results[i] = no_international();
        else if (!seats.take(address))
            transaction_->results[i] = ClientResult{Kind::crowded_out, "4.5.3", "too many recipients", ""};
        else
            transaction_->asked.push_back(i);
    }
}

/// What the host's own announcements rule out needs no question.
bool Client::fits(const ClientMessage& message) {
    using Content = ClientMessage::Content;
    if (extensions_.largest_message > 0 && message.size > extensions_.largest_message)
        decide_rest({Kind::failed, "5.3.4",
                     "the host takes messages of at most " + std::to_string(extensions_.largest_message) +
                         " octets, and this one has " + std::to_string(message.size),
                     ""});
    else if (message.content == Content::binary && !(extensions_.chunking && extensions_.binary_mime))
        decide_rest(
            {Kind::failed, "5.6.1", "the host takes no binary content, and this message has some", ""});
    else if (message.international == ClientMessage::International::needed && !extensions_.smtputf8)
        decide_rest(no_international());
    else if (message.content == Content::eight_bit && !extensions_.eight_bit_mime)
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
    auto& result = transaction_->results[transaction_->asked[transaction_->answered++]];
    const bool is_last = transaction_->answered == transaction_->asked.size();
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
    if (phase_ != Phase::body || content.empty()) return;  // lost meanwhile
    if (!transaction_->in_chunks) {
        effects_.emplace_back(Send{transaction_->encoder.encode(content)});
        return;
    }
    if (!transaction_->chunk.empty()) {
        send_chunk("");
        awaited_.push_back(ClientStep::chunk);
    }
    transaction_->chunk = content;
}

void Client::end_body() {
    if (phase_ != Phase::body) return;
    phase_ = Phase::transaction;
    transaction_->content_sent = true;
    if (transaction_->in_chunks)
        send_chunk(" LAST");
    else
        effects_.emplace_back(Send{transaction_->encoder.finish()});
    const auto replies = dialect_ == Dialect::lmtp ? transaction_->accepted : 1;
    awaited_.insert(awaited_.end(), replies, ClientStep::content);
}

/// RFC 3030 §2
void Client::send_chunk(std::string_view last) {
    std::string bytes = "BDAT " + std::to_string(transaction_->chunk.size());
    (bytes += last) += "\r\n";
    effects_.emplace_back(Send{bytes += std::exchange(transaction_->chunk, {})});
}

/// RFC 3030 §2: behind a chunk that was refused, the host wants no other.
void Client::on_chunk(const Reply& reply) {
    const auto result = result_of(ClientStep::chunk, reply);
    if (result.kind == Kind::accepted) return;
    decide_rest(result);
    transaction_->chunk_refused = true;
    if (phase_ == Phase::body) phase_ = Phase::transaction;
}

/// In LMTP it is that of the first one who is undecided (RFC 2033 §4.2).
void Client::on_content(const Reply& reply) {
    const auto result = result_of(ClientStep::content, reply);
    needs_reset_ = result.kind != Kind::accepted;
    if (dialect_ == Dialect::smtp) return decide_rest(result);
    const auto undecided = std::ranges::find_if(transaction_->results, std::logical_not<>());
    if (undecided != transaction_->results.end()) *undecided = result;
}

void Client::decide_rest(const ClientResult& result) {
    for (auto& decided : transaction_->results)
        if (!decided) decided = result;
}

void Client::finish_transaction_if_answered() {
    if (phase_ != Phase::transaction || !unsent_.empty() || !awaited_.empty()) return;
    if (is_ready_for_chunks())
        phase_ = Phase::body;
    else
        finish_transaction();
}

bool Client::is_ready_for_chunks() const {
    return transaction_->in_chunks && transaction_->accepted > 0 && !transaction_->content_sent &&
           !transaction_->chunk_refused;
}

void Client::finish_transaction() {
    report_transaction();
    become_ready();
}

void Client::report_transaction() {
    MessageDone finished;
    for (auto& result : transaction_->results) finished.recipients.push_back(std::move(*result));
    if (transaction_->content_sent) finished.content = MessageDone::Content::sent;
    finished.dsn = extensions_.dsn;
    transaction_.reset();
    effects_.emplace_back(std::move(finished));
}

}  // namespace postern::smtp
