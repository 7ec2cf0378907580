// SPDX-License-Identifier: BSD-2-Clause
// The conversation: greeting, EHLO, the queue of commands, the end. Transactions: client_transaction.cpp.
#include "smtp/client.hpp"

#include <utility>

#include "smtp/client_result.hpp"

namespace postern::smtp {

namespace {

ClientResult no_tls() {
    return {ClientResult::Kind::failed, "5.7.10", "TLS is required, and the host offers none", ""};
}

ClientResult no_require_tls() {
    return {ClientResult::Kind::failed, "5.7.30",
            "TLS is required on the whole way, and the host does not offer REQUIRETLS", ""};
}

}  // namespace

Client::Client(std::string hostname, Dialect dialect, ClientTls tls)
    : hostname_(std::move(hostname)), dialect_(dialect), tls_(tls) {}

ClientStep Client::awaited() const { return awaited_.empty() ? ClientStep::nothing : awaited_.front(); }

std::optional<ClientEffect> Client::next() {
    if (!effects_.empty()) {
        auto effect = std::move(effects_.front());
        effects_.pop_front();
        return effect;
    }
    if (phase_ == Phase::body && awaited_.empty()) return NeedBody{};
    return std::nullopt;
}

void Client::receive(std::string_view bytes) {
    parser_.receive(bytes);
    while (const auto reply = phase_ == Phase::closed ? std::nullopt : parser_.next()) take(*reply);
    if (parser_.is_broken()) lose(result_of_garbage());
}

void Client::receive_end(End why) { lose(result_of(why)); }

void Client::take(const Reply& reply) {
    ++replies_;
    if (awaited_.empty()) return lose(result_of_unasked(reply));
    const auto step = awaited_.front();
    awaited_.pop_front();
    if (reply.code == 421 && step != ClientStep::quit) return lose(result_of(step, reply));
    switch (step) {
        case ClientStep::greeting: on_greeting(reply); break;
        case ClientStep::ehlo: on_ehlo(reply); break;
        case ClientStep::helo: on_helo(reply); break;
        case ClientStep::starttls: on_starttls(reply); break;
        case ClientStep::mail: on_mail(reply); break;
        case ClientStep::recipient: on_recipient(reply); break;
        case ClientStep::data: on_data(reply); break;
        case ClientStep::chunk: on_chunk(reply); break;
        case ClientStep::content: on_content(reply); break;
        case ClientStep::quit: close(); break;
        case ClientStep::reset:    // whatever it says: MAIL will tell
        case ClientStep::nothing:  // the end of a content for nobody
            break;
    }
    send_commands();
    finish_transaction_if_answered();
}

void Client::on_greeting(const Reply& reply) {
    if (reply.code / 100 != 2) return refuse_host(ClientStep::greeting, reply);
    greet();
}

void Client::greet() {
    command(ClientStep::ehlo, (dialect_ == Dialect::lmtp ? "LHLO " : "EHLO ") + hostname_);
}

/// RFC 5321 §3.2: a server that does not know EHLO says 5xx and is asked with HELO, which LMTP does not have.
void Client::on_ehlo(const Reply& reply) {
    if (reply.is_permanent() && dialect_ == Dialect::smtp)
        return command(ClientStep::helo, "HELO " + hostname_);
    if (reply.code / 100 != 2) return refuse_host(ClientStep::ehlo, reply);
    extensions_ = parse_extensions(reply.text);
    if (tls_ != ClientTls::never && !is_encrypted_ && extensions_.starttls)
        return command(ClientStep::starttls, "STARTTLS");
    settle();
}

/// All that the host offers is known: is it what is required?
void Client::settle() {
    if (tls_ != ClientTls::required) return become_ready();
    if (!is_encrypted_) return refuse_host(no_tls());
    if (!extensions_.require_tls) return refuse_host(no_require_tls());
    become_ready();
}

void Client::on_helo(const Reply& reply) {
    if (reply.code / 100 != 2) return refuse_host(ClientStep::helo, reply);
    settle();
}

/// A host that cannot after all (454) gets its mail without, but for what requires it.
void Client::on_starttls(const Reply& reply) {
    if (reply.code / 100 != 2) {
        if (tls_ != ClientTls::required) return become_ready();
        auto why = result_of(ClientStep::starttls, reply);
        why.status.replace(1, std::string::npos, ".7.10");  // RFC 8689 §4.2.1
        return refuse_host(std::move(why));
    }
    parser_ = {};  // RFC 3207 §4.2: what came behind it in plain text was said by nobody knows whom
    effects_.emplace_back(StartTls{});
}

void Client::tls_started() {
    is_encrypted_ = true;
    extensions_ = {};
    greet();
    send_commands();
}

void Client::become_ready() {
    phase_ = Phase::ready;
    effects_.emplace_back(NeedMessage{});
}

void Client::refuse_host(ClientStep step, const Reply& reply) { refuse_host(result_of(step, reply)); }

void Client::refuse_host(ClientResult why) {
    effects_.emplace_back(HostRefused{std::move(why)});
    quit();
}

void Client::quit() {
    phase_ = Phase::quitting;
    command(ClientStep::quit, "QUIT");
    send_commands();
}

void Client::command(ClientStep step, std::string line) { unsent_.push_back({step, line + "\r\n"}); }

void Client::send_commands() {
    std::string bytes;
    while (!unsent_.empty() && (extensions_.pipelining || awaited_.empty())) {
        bytes += unsent_.front().line;
        awaited_.push_back(unsent_.front().step);
        unsent_.pop_front();
    }
    if (!bytes.empty()) effects_.emplace_back(Send{std::move(bytes)});
}

/// The connection is of no use any more.
void Client::lose(const ClientResult& why) {
    if (phase_ == Phase::closed) return;
    if (phase_ == Phase::greeting) effects_.emplace_back(HostRefused{why});
    if (transaction_) {
        decide_rest(why);
        report_transaction();
    }
    close();
}

void Client::close() {
    phase_ = Phase::closed;
    unsent_.clear();
    awaited_.clear();
    std::erase_if(effects_, [](const auto& effect) { return std::holds_alternative<NeedMessage>(effect); });
    effects_.emplace_back(Close{});
}

}  // namespace postern::smtp
