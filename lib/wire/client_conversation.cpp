// SPDX-License-Identifier: BSD-2-Clause
#include "wire/client_conversation.hpp"

#include <array>
#include <utility>
#include <variant>

#include "smtp/client_patience.hpp"
#include "smtp/client_result.hpp"
#include "wire/stream_end.hpp"

namespace postern::wire {

namespace {

constexpr std::size_t kContentBlock = 64 * 1024;
constexpr std::size_t kReplyBlock = 4096;

sys::Deadline now() { return std::chrono::steady_clock::now(); }

}  // namespace

std::optional<smtp::ClientResult> ClientConversation::start() {
    limits_.allow(now(), smtp::kStartPatience);
    auto effect = next_effect();
    if (std::holds_alternative<smtp::Close>(effect)) {  // lost as soon as it was ready
        stream_.reset();
        return smtp::result_of_garbage();
    }
    if (auto* refused = std::get_if<smtp::HostRefused>(&effect)) {
        auto why = std::move(refused->why);
        close();
        return why;
    }
    return std::nullopt;
}

Result<smtp::MessageDone> ClientConversation::send(smtp::ClientMessage message,
                                                   const ContentReader& content) {
    ++transactions_;
    const std::uint64_t size = message.size;
    limits_.allow(now(), smtp::transaction_patience(size));
    client_.begin(std::move(message));
    auto finished = finish(size, content);
    if (!finished || std::holds_alternative<smtp::Close>(next_effect())) stream_.reset();
    return finished;
}

Result<smtp::MessageDone> ClientConversation::finish(std::uint64_t size, const ContentReader& content) {
    for (std::uint64_t offset = 0;;) {
        auto effect = next_effect();
        if (auto* finished = std::get_if<smtp::MessageDone>(&effect)) return std::move(*finished);
        if (!std::holds_alternative<smtp::NeedBody>(effect))
            return Error(Fault::internal, "the SMTP client wants something else than content");
        POSTERN_TRY(send_block(size, offset, content));
    }
}

Status ClientConversation::send_block(std::uint64_t size, std::uint64_t& offset,
                                      const ContentReader& content) {
    std::string block(kContentBlock, '\0');
    POSTERN_ASSIGN(const std::size_t count, content(offset, block));
    offset += count;
    client_.body(std::string_view(block).substr(0, count));
    if (offset == size)
        client_.end_body();
    else if (count == 0)
        return Error(Fault::temporary, "the content is cut off");
    return done;
}

void ClientConversation::quit() {
    if (!is_open()) return;
    limits_.allow(now(), smtp::kQuitPatience);
    client_.quit();
    close();
}

void ClientConversation::close() {
    while (!std::holds_alternative<smtp::Close>(next_effect())) {}
    stream_.reset();
}

smtp::ClientEffect ClientConversation::next_effect() {
    for (;;) {
        auto effect = client_.next();
        if (!effect) {
            unsent_.empty() ? receive() : flush();
            continue;
        }
        const auto* send = std::get_if<smtp::Send>(&*effect);
        if (send == nullptr) return *std::move(effect);
        unsent_ += send->bytes;
        if (unsent_.size() >= kContentBlock) flush();
    }
}

void ClientConversation::flush() {
    const auto bytes = std::exchange(unsent_, {});
    if (bytes.empty() || stream_->write(bytes, limits_.for_block(now()))) return;
    // A host that gives up often says why before it closes: its last words may have come already.
    std::array<char, kReplyBlock> last_words{};
    const auto end = stream_->read(last_words, now() + std::chrono::seconds(1));
    client_.receive({last_words.data(), end.count});
    client_.receive_end(smtp::End::broken);
}

void ClientConversation::receive() {
    std::array<char, kReplyBlock> bytes{};
    const auto end = stream_->read(bytes, limits_.for_reply(now(), client_));
    if (end.why == sys::ReadEnd::Why::bytes)
        client_.receive({bytes.data(), end.count});
    else
        client_.receive_end(end_of(end.why));
}

}  // namespace postern::wire
