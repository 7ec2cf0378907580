// SPDX-License-Identifier: BSD-2-Clause
#include "relay/conversation.hpp"

#include <array>
#include <utility>
#include <variant>

#include "relay/tls_connection.hpp"
#include "smtp/client_patience.hpp"
#include "smtp/client_result.hpp"
#include "wire/stream_end.hpp"

namespace postern::relay {

namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr std::size_t kReadSize = 4096;

smtp::ClientTls use_of(const tls::ClientContext* tls, TlsPolicy policy) {
    if (policy == TlsPolicy::required) return smtp::ClientTls::required;
    return tls != nullptr ? smtp::ClientTls::if_offered : smtp::ClientTls::never;
}

}  // namespace

Conversation::Conversation(std::unique_ptr<Connection> connection, NextHop hop, std::string hostname,
                           const tls::ClientContext* tls)
    : connection_(std::move(connection)),
      hop_(std::move(hop)),
      client_(std::move(hostname), smtp::Dialect::smtp, use_of(tls, hop_.tls)),
      tls_(tls) {}

Task<std::optional<smtp::ClientResult>> Conversation::start() {
    limits_.allow(connection_->now(), smtp::kStartPatience);
    auto effect = co_await next_effect();
    if (std::holds_alternative<smtp::Close>(effect)) {  // lost as soon as it was ready
        state_ = State::closed;
        co_return smtp::result_of_garbage();
    }
    if (auto* refused = std::get_if<smtp::HostRefused>(&effect)) {
        auto why = std::move(refused->why);
        const bool is_lost = why.reply.empty() && why.kind == smtp::ClientResult::Kind::deferred;
        if (!encryption_.empty() && is_lost) tls_trouble_ = Error(Fault::temporary, why.reason);
        co_await close();
        co_return why;
    }
    co_return std::nullopt;
}

Task<Result<smtp::MessageDone>> Conversation::send(smtp::ClientMessage message,
                                                   runner::OnwardContent& content) {
    ++transactions_;
    limits_.allow(connection_->now(), smtp::transaction_patience(content.size()));
    client_.begin(std::move(message));
    auto finished = co_await finish(content);
    if (!finished) {
        connection_.reset();
        state_ = State::closed;
        co_return finished;
    }
    const auto after = co_await next_effect();  // NeedMessage, or Close
    if (std::holds_alternative<smtp::Close>(after)) state_ = State::closed;
    co_return finished;
}

Task<Result<smtp::MessageDone>> Conversation::finish(runner::OnwardContent& content) {
    std::uint64_t offset = 0;
    while (true) {
        auto effect = co_await next_effect();
        if (auto* finished = std::get_if<smtp::MessageDone>(&effect)) co_return std::move(*finished);
        if (!std::holds_alternative<smtp::NeedBody>(effect))
            co_return Error(Fault::internal, "the SMTP client wants something else than content");
        auto status = co_await send_block(content, offset);
        if (!status) co_return status.error();
    }
}

Task<Status> Conversation::send_block(runner::OnwardContent& content, std::uint64_t& offset) {
    std::string block(kBlock, '\0');
    const auto count = content.read(offset, block);
    if (!count) co_return count.error().in("content of " + content.path());
    offset += *count;
    client_.body(std::string_view(block).substr(0, *count));
    if (offset == content.size())
        client_.end_body();
    else if (*count == 0)
        co_return Error(Fault::temporary, "content of " + content.path() + " is cut off");
    co_return done;
}

Task<void> Conversation::quit() {
    if (state_ == State::closed) co_return;
    limits_.allow(connection_->now(), smtp::kQuitPatience);
    client_.quit();
    co_await close();
}

Task<void> Conversation::close() {
    state_ = State::closed;
    while (true) {
        const auto effect = co_await next_effect();
        if (std::holds_alternative<smtp::Close>(effect)) break;
    }
    if (connection_) co_await connection_->finish();
    connection_.reset();
}

Task<smtp::ClientEffect> Conversation::next_effect() {
    while (true) {
        auto effect = client_.next();
        if (!effect) {
            if (unsent_.empty())
                co_await receive();
            else
                co_await flush();
            continue;
        }
        if (std::holds_alternative<smtp::StartTls>(*effect)) {
            co_await begin_tls();
            continue;
        }
        const auto* send = std::get_if<smtp::Send>(&*effect);
        if (send == nullptr) co_return *std::move(effect);
        unsent_ += send->bytes;
        if (unsent_.size() >= kBlock) co_await flush();
    }
}

Task<void> Conversation::begin_tls() {
    const auto deadline = limits_.for_block(connection_->now());
    auto encrypted = co_await start_tls(std::move(connection_), tls_->connect(hop_.name), deadline);
    if (!encrypted) {
        tls_trouble_ = encrypted.error();
        co_return client_.receive_end(smtp::End::broken);
    }
    connection_ = std::move(encrypted->connection);
    encryption_ = std::move(encrypted->description);
    client_.tls_started();
}

Task<void> Conversation::flush() {
    const auto bytes = std::exchange(unsent_, {});
    if (bytes.empty()) co_return;
    const auto written = co_await connection_->write(bytes, limits_.for_block(connection_->now()));
    if (written) co_return;
    // A host that gives up often says why before it closes: its last words may have come already.
    std::array<char, kReadSize> last_words{};
    const auto end = co_await connection_->read(last_words, connection_->now() + std::chrono::seconds(1));
    client_.receive({last_words.data(), end.count});
    client_.receive_end(smtp::End::broken);
}

Task<void> Conversation::receive() {
    std::array<char, kReadSize> bytes{};
    const auto end = co_await connection_->read(bytes, limits_.for_reply(connection_->now(), client_));
    if (end.why == sys::ReadEnd::Why::bytes)
        client_.receive({bytes.data(), end.count});
    else
        client_.receive_end(wire::end_of(end.why));
}

}  // namespace postern::relay
