// SPDX-License-Identifier: BSD-2-Clause
// Drives a client over a stream, from the greeting to QUIT, in blocking calls with the time limits of RFC
// 5321 §4.5.3.2. What is to be sent is kept until the client waits for a reply. (Relaying has many
// conversations at once, and a driver of its own that waits for all of them.)
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "smtp/client.hpp"
#include "sys/stream.hpp"
#include "wire/client_limits.hpp"

namespace postern::wire {

/// Content octets from an offset on, as many as fit; fewer than asked only at the end.
using ContentReader = std::function<Result<std::size_t>(std::uint64_t offset, std::span<char> into)>;

class ClientConversation {
public:
    ClientConversation(std::unique_ptr<sys::Stream> stream, smtp::Client client)
        : stream_(std::move(stream)), client_(std::move(client)) {}

    /// Greeting and EHLO. Nothing = ready for messages; else why the host takes none.
    std::optional<smtp::ClientResult> start();
    /// One transaction; message.size octets of content. An Error: the content cannot be read (then the
    /// connection is cut before the final dot, and the host has nothing).
    Result<smtp::MessageDone> send(smtp::ClientMessage message, const ContentReader& content);
    void quit();

    /// Is it ready for a message?
    bool is_open() const { return stream_ != nullptr; }
    /// The host takes no further message in it (RFC 9422 §4.1).
    bool is_used_up() const { return client_.is_used_up(); }
    /// Once started: what the host offers.
    const smtp::Extensions& offers() const { return client_.offers(); }
    /// How many transactions there were, whatever became of them.
    unsigned transactions() const { return transactions_; }

private:
    /// The next effect that is not the connection's business.
    smtp::ClientEffect next_effect();
    Result<smtp::MessageDone> finish(std::uint64_t size, const ContentReader& content);
    Status send_block(std::uint64_t size, std::uint64_t& offset, const ContentReader& content);
    void close();  ///< waits for the end that the client has begun
    void flush();
    void receive();

    std::unique_ptr<sys::Stream> stream_;  ///< null = closed
    smtp::Client client_;
    std::string unsent_;
    unsigned transactions_ = 0;
    ClientLimits limits_;
};

}  // namespace postern::wire
