// SPDX-License-Identifier: BSD-2-Clause
// The client, whatever a server says: it tells of each message exactly once, with a result for each
// recipient, says whole lines, and nothing after Close. The first octet chooses dialect and size of the
// pieces.
#include "smtp/client.hpp"

#include <utility>

#include "fuzz.hpp"

using namespace postern;

namespace {

constexpr unsigned kMostMessages = 3;

class ServerPlayer {
public:
    explicit ServerPlayer(smtp::Dialect dialect)
        : client_("me.example", dialect, smtp::ClientTls::if_offered) {}

    void play(std::string_view input, std::size_t piece) {
        pull();
        fuzz::in_pieces(input, piece, [&](std::string_view bytes) {
            client_.receive(bytes);
            pull();
        });
        client_.receive_end(smtp::End::closed);
        pull();
        fuzz::require(is_closed_, "a lost connection ends in Close");
        fuzz::require(begun_ == done_, "each message is told of");
    }

private:
    void pull() {
        while (const auto effect = client_.next()) {
            fuzz::require(!is_closed_, "silence after Close");
            std::visit([this](const auto& what) { on(what); }, *effect);
        }
    }
    void on(const smtp::Send& send) { fuzz::require(send.bytes.ends_with("\r\n"), "whole lines are said"); }
    void on(const smtp::StartTls&) { client_.tls_started(); }
    void on(const smtp::NeedMessage&) {
        if (begun_ == kMostMessages) return client_.quit();
        ++begun_;
        smtp::ClientMessage message;
        for (const char* recipient : {"a@x.example", "b@x.example", "c@x.example"})
            message.recipients.push_back(*mail::Address::parse(recipient));
        client_.begin(std::move(message));
    }
    void on(const smtp::NeedBody&) {
        client_.body("one line\r\n");
        client_.end_body();
    }
    void on(const smtp::MessageDone& finished) {
        ++done_;
        fuzz::require(finished.recipients.size() == 3, "each recipient has a result");
    }
    void on(const smtp::HostRefused&) {
        fuzz::require(begun_ == 0, "a host that took messages is not refused");
    }
    void on(const smtp::Close&) { is_closed_ = true; }

    smtp::Client client_;
    unsigned begun_ = 0;
    unsigned done_ = 0;
    bool is_closed_ = false;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto dialect = data[0] % 2 == 0 ? smtp::Dialect::smtp : smtp::Dialect::lmtp;
    ServerPlayer(dialect).play(fuzz::text_of(data, size).substr(1), 1 + data[0] / 2 % 16);
    return 0;
}
