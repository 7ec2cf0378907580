// SPDX-License-Identifier: BSD-2-Clause
#include "wire/client_conversation.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace postern;
using smtp::ClientResult;

namespace client_conversation_tests {

/// A server that says these pieces, one at each read, and then ends.
class ServerStream : public sys::Stream {
public:
    explicit ServerStream(std::vector<std::string> pieces, std::string& heard)
        : pieces_(std::move(pieces)), heard_(heard) {}
    sys::ReadEnd read(std::span<char> into, sys::Deadline) override {
        if (next_ == pieces_.size()) return {sys::ReadEnd::Why::closed};
        const std::string& piece = pieces_[next_++];
        piece.copy(into.data(), into.size());
        return {sys::ReadEnd::Why::bytes, piece.size()};
    }
    Status write(std::string_view bytes, sys::Deadline) override {
        if (heard_.size() + bytes.size() > most_heard) return Error(Fault::temporary, "write: broken pipe");
        heard_ += bytes;
        return done;
    }
    std::size_t most_heard = 1'000'000;

private:
    std::vector<std::string> pieces_;
    std::string& heard_;
    std::size_t next_ = 0;
};

constexpr const char* kGreeting = "220 box LMTP\r\n";
constexpr const char* kHello = "250-box\r\n250-PIPELINING\r\n250 8BITMIME\r\n";

struct Talk {
    wire::ClientConversation& begin(std::vector<std::string> pieces, std::size_t most_heard = 1'000'000) {
        auto stream = std::make_unique<ServerStream>(std::move(pieces), heard);
        stream->most_heard = most_heard;
        conversation.emplace(std::move(stream), smtp::Client("me.example", smtp::Dialect::lmtp));
        return *conversation;
    }
    Result<smtp::MessageDone> send(std::string_view content, std::uint64_t size) {
        smtp::ClientMessage message;
        for (const char* name : {"a@x.example", "b@x.example"})
            message.recipients.push_back(*mail::Address::parse(name));
        message.size = size;
        return conversation->send(message,
                                  [&](std::uint64_t offset, std::span<char> into) -> Result<std::size_t> {
                                      if (broken) return Error(Fault::temporary, "read: input/output error");
                                      return content.substr(offset).copy(into.data(), into.size());
                                  });
    }
    Result<smtp::MessageDone> send(std::string_view content) { return send(content, content.size()); }

    std::string heard = {};
    bool broken = false;
    std::optional<wire::ClientConversation> conversation = {};
};

}  // namespace client_conversation_tests

BOOST_FIXTURE_TEST_SUITE(client_conversation_tests, client_conversation_tests::Talk)

BOOST_AUTO_TEST_CASE(a_message_goes_out_and_each_recipient_has_a_result) {
    auto& talk = begin(
        {kGreeting, kHello, "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n", "250 a\r\n452 b\r\n", "221 bye\r\n"});
    BOOST_REQUIRE(!talk.start());
    const auto sent = send("one\r\n.two\r\n");
    BOOST_REQUIRE(sent);
    BOOST_TEST((sent->recipients[0].kind == ClientResult::Kind::accepted));
    BOOST_TEST((sent->recipients[1].kind == ClientResult::Kind::deferred));
    BOOST_TEST(talk.is_open());
    talk.quit();
    BOOST_TEST(!talk.is_open());
    BOOST_TEST(heard ==
               "LHLO me.example\r\nMAIL FROM:<>\r\nRCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n"
               "one\r\n..two\r\n.\r\nQUIT\r\n");
}

BOOST_AUTO_TEST_CASE(a_refusing_server_is_told_goodbye) {
    auto& talk = begin({"554 no\r\n", "221 bye\r\n"});
    const auto why = talk.start();
    BOOST_REQUIRE(why);
    BOOST_TEST(why->reply == "554 no");
    BOOST_TEST(!talk.is_open());
    BOOST_TEST(heard == "QUIT\r\n");
}

BOOST_AUTO_TEST_CASE(content_that_cannot_be_read_is_never_ended_by_a_dot) {
    auto& talk = begin({kGreeting, kHello, "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n"});
    BOOST_REQUIRE(!talk.start());
    broken = true;
    BOOST_TEST(!send("one\r\n"));
    BOOST_TEST(!talk.is_open());
    BOOST_TEST(heard.ends_with("DATA\r\n"));
}

BOOST_AUTO_TEST_CASE(content_that_is_cut_off_is_never_ended_by_a_dot) {
    auto& talk = begin({kGreeting, kHello, "250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n"});
    BOOST_REQUIRE(!talk.start());
    BOOST_TEST(!send("one\r\n", 500));
    BOOST_TEST(!talk.is_open());
    BOOST_TEST(heard.find("\r\n.\r\n") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_nothing_more_is_heard_to_its_last_words) {
    auto& talk = begin({kGreeting, kHello, "421 4.3.2 going down\r\n"}, 20);
    BOOST_REQUIRE(!talk.start());
    const auto sent = send("one\r\n");
    BOOST_REQUIRE(sent);
    BOOST_TEST(sent->recipients[0].reply == "421 4.3.2 going down");
    BOOST_TEST(!talk.is_open());
}

BOOST_AUTO_TEST_SUITE_END()
