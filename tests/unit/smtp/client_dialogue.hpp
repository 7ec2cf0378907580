// SPDX-License-Identifier: BSD-2-Clause
// One side of a conversation with smtp::Client: says what a server says, in pieces of a given size, and
// keeps what the client sends and tells. Content is given to the client whenever it asks for some.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smtp/client.hpp"

namespace postern::smtp {

class ClientDialogue {
public:
    explicit ClientDialogue(std::size_t piece, Dialect dialect = Dialect::smtp)
        : piece_(piece), client_("me.example", dialect) {
        pull();
    }

    /// The server speaks; returns what the client says then.
    std::string server(std::string_view bytes) {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(piece_, bytes.size()))) {
            client_.receive(bytes.substr(0, piece_));
            pull();
        }
        return said();
    }
    std::string begin(const ClientMessage& message) {
        ready = false;
        client_.begin(message);
        pull();
        return said();
    }
    std::string quit() {
        client_.quit();
        pull();
        return said();
    }
    void end(End why) {
        client_.receive_end(why);
        pull();
    }
    bool is_used_up() const { return client_.is_used_up(); }
    ClientStep awaited() const { return client_.awaited(); }

    std::string content = "one line\r\n";
    bool ready = false;
    bool wants_tls = false;
    bool closed = false;
    std::vector<MessageDone> done = {};
    std::optional<ClientResult> refused = {};

private:
    void pull() {
        while (const auto effect = client_.next()) std::visit([this](const auto& e) { on(e); }, *effect);
    }
    void on(const Send& send) { said_ += send.bytes; }
    void on(const StartTls&) { wants_tls = true; }
    void on(const NeedMessage&) { ready = true; }
    void on(const NeedBody&) {
        for (std::string_view rest = content; !rest.empty();
             rest.remove_prefix(std::min(piece_, rest.size())))
            client_.body(rest.substr(0, piece_));
        client_.end_body();
    }
    void on(const MessageDone& finished) { done.push_back(finished); }
    void on(const HostRefused& host) { refused = host.why; }
    void on(const Close&) { closed = true; }
    std::string said() { return std::exchange(said_, {}); }

    std::size_t piece_;
    std::string said_ = {};
    Client client_;
};

}  // namespace postern::smtp
