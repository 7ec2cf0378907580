// SPDX-License-Identifier: BSD-2-Clause
// What the client makes of the extensions that a host offers beyond PIPELINING, SIZE and 8BITMIME.
#include <boost/test/unit_test.hpp>

#include "smtp/client.hpp"
#include "unit/smtp/client_dialogue.hpp"

namespace postern::smtp {

namespace client_extensions_tests {

using Kind = ClientResult::Kind;
using International = ClientMessage::International;

ClientMessage letter(std::initializer_list<std::string_view> recipients) {
    ClientMessage result;
    result.reverse_path = mail::Address::parse("sender@here.example");
    for (const auto recipient : recipients) result.recipients.emplace_back(*mail::Address::parse(recipient));
    result.size = 10;
    return result;
}

/// A client that has been greeted, and knows these extensions ("DSN", "LIMITS RCPTMAX=2").
ClientDialogue greeted_by(std::initializer_list<std::string_view> extensions, std::size_t piece = 1000,
                          Dialect dialect = Dialect::smtp) {
    ClientDialogue dialogue(piece, dialect);
    dialogue.server("220 mx.example ESMTP\r\n250-mx.example at your service\r\n");
    for (const auto extension : extensions) dialogue.server("250-" + std::string(extension) + "\r\n");
    dialogue.server("250 HELP\r\n");
    BOOST_REQUIRE(dialogue.ready);
    return dialogue;
}

std::string kinds(const MessageDone& done) {
    std::string text;
    for (const auto& result : done.recipients) text += "adfc"[static_cast<int>(result.kind)];
    return text;
}

}  // namespace client_extensions_tests

BOOST_AUTO_TEST_SUITE(client_extensions_tests)

// RFC 3461 §5.2.1
BOOST_AUTO_TEST_CASE(what_is_asked_of_reports_goes_to_hosts_with_dsn) {
    auto message = letter({"a@x.example"});
    message.ret = mail::ReturnedPart::whole;
    message.envid = "QQ+2B1";
    message.recipients.front().notify = "SUCCESS,DELAY";
    message.recipients.front().orcpt = "rfc822;A+40x@y.example";
    message.recipients.emplace_back(*mail::Address::parse("b@x.example"));
    auto capable = greeted_by({"PIPELINING", "DSN"});
    BOOST_TEST(capable.begin(message) ==
               "MAIL FROM:<sender@here.example> RET=FULL ENVID=QQ+2B1\r\n"
               "RCPT TO:<a@x.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;A+40x@y.example\r\n"
               "RCPT TO:<b@x.example>\r\nDATA\r\n");
    capable.server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    capable.server("250 ok\r\n");
    BOOST_REQUIRE(capable.done.size() == 1u);
    BOOST_TEST(capable.done[0].dsn);

    auto plain = greeted_by({"PIPELINING"});
    BOOST_TEST(plain.begin(message) ==
               "MAIL FROM:<sender@here.example>\r\n"
               "RCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n");
    plain.server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    plain.server("250 ok\r\n");
    BOOST_TEST(!plain.done[0].dsn);
}

// RFC 6531 §3.4
BOOST_AUTO_TEST_CASE(international_mail_needs_a_host_with_smtputf8) {
    auto message = letter({"a@x.example"});
    message.international = International::needed;
    message.content = ClientMessage::Content::eight_bit;
    BOOST_TEST(greeted_by({"SMTPUTF8", "8BITMIME"}).begin(message) ==
               "MAIL FROM:<sender@here.example> SMTPUTF8 BODY=8BITMIME\r\n");
    auto plain = greeted_by({"8BITMIME"});
    BOOST_TEST(plain.begin(message).empty());
    BOOST_REQUIRE(plain.done.size() == 1u);
    BOOST_TEST(plain.done[0].recipients[0].status == "5.6.7");
    BOOST_TEST((plain.done[0].recipients[0].kind == Kind::failed));
}

BOOST_AUTO_TEST_CASE(what_was_only_declared_international_goes_without) {
    auto message = letter({"a@x.example"});
    message.international = International::declared;
    BOOST_TEST(greeted_by({"SMTPUTF8"}).begin(message) == "MAIL FROM:<sender@here.example> SMTPUTF8\r\n");
    BOOST_TEST(greeted_by({}).begin(message) == "MAIL FROM:<sender@here.example>\r\n");
}

BOOST_AUTO_TEST_CASE(an_international_recipient_fails_without_the_others) {
    auto dialogue = greeted_by({"PIPELINING"});
    BOOST_TEST(dialogue.begin(letter({"gr\xc3\xbc\xc3\x9f@x.example", "b@x.example"})) ==
               "MAIL FROM:<sender@here.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n");
    dialogue.server("250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.server("250 ok\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST(kinds(dialogue.done[0]) == "fa");
    BOOST_TEST(dialogue.done[0].recipients[0].status == "5.6.7");
    BOOST_TEST(dialogue.begin(letter({"gr\xc3\xbc\xc3\x9f@x.example"})).empty());
    BOOST_TEST(kinds(dialogue.done[1]) == "f");
}

// RFC 6533 §3
BOOST_AUTO_TEST_CASE(an_orcpt_in_utf8_is_not_for_hosts_without_smtputf8) {
    auto message = letter({"a@x.example"});
    message.recipients.front().orcpt = "utf-8;\xc3\xbc@x.example";
    auto dialogue = greeted_by({"PIPELINING", "DSN"});
    BOOST_TEST(dialogue.begin(message).find("ORCPT") == std::string::npos);
}

// RFC 3030 §2, §3
BOOST_AUTO_TEST_CASE(binary_content_goes_out_in_chunks) {
    auto message = letter({"a@x.example", "b@x.example"});
    message.content = ClientMessage::Content::binary;
    auto dialogue = greeted_by({"PIPELINING", "CHUNKING", "BINARYMIME"});
    dialogue.content = ".\r\n\n.\n";
    BOOST_TEST(dialogue.begin(message) ==
               "MAIL FROM:<sender@here.example> BODY=BINARYMIME\r\n"
               "RCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\n");
    BOOST_TEST(dialogue.server("250 ok\r\n550 no\r\n").empty());
    BOOST_TEST(dialogue.server("250 ok\r\n") == "BDAT 6 LAST\r\n.\r\n\n.\n");
    dialogue.server("250 2.0.0 taken\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST(kinds(dialogue.done[0]) == "fa");
}

BOOST_AUTO_TEST_CASE(each_chunk_has_a_reply) {
    auto message = letter({"a@x.example"});
    message.content = ClientMessage::Content::binary;
    Client client("me.example");
    std::string said;
    const auto pull = [&] {
        said.clear();
        bool needs_body = false;
        while (const auto effect = client.next()) {
            if (const auto* send = std::get_if<Send>(&*effect)) said += send->bytes;
            if (!std::holds_alternative<NeedBody>(*effect)) continue;
            needs_body = true;
            break;
        }
        return needs_body;
    };
    client.receive("220 x\r\n250-x\r\n250-CHUNKING\r\n250-BINARYMIME\r\n250 PIPELINING\r\n");
    pull();
    client.begin(message);
    pull();
    client.receive("250 ok\r\n250 ok\r\n");
    BOOST_REQUIRE(pull());
    client.body("one");
    BOOST_REQUIRE(pull());
    BOOST_TEST(said.empty());
    client.body("three");
    BOOST_TEST(!pull());
    BOOST_TEST(said == "BDAT 3\r\none");
    client.receive("250 ok\r\n");
    BOOST_REQUIRE(pull());
    client.end_body();
    BOOST_TEST(!pull());
    BOOST_TEST(said == "BDAT 5 LAST\r\nthree");
}

BOOST_AUTO_TEST_CASE(a_refused_chunk_ends_the_message) {
    auto message = letter({"a@x.example"});
    message.content = ClientMessage::Content::binary;
    auto dialogue = greeted_by({"PIPELINING", "CHUNKING", "BINARYMIME"});
    dialogue.begin(message);
    BOOST_TEST(dialogue.server("250 ok\r\n250 ok\r\n") == "BDAT 10 LAST\r\none line\r\n");
    dialogue.server("552 5.3.4 too much\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST(dialogue.done[0].recipients[0].status == "5.3.4");
    BOOST_TEST(dialogue.begin(letter({"b@x.example"})).starts_with("RSET\r\nMAIL"));
}

BOOST_AUTO_TEST_CASE(nobody_hears_a_chunk_when_all_were_refused) {
    auto message = letter({"a@x.example"});
    message.content = ClientMessage::Content::binary;
    auto dialogue = greeted_by({"PIPELINING", "CHUNKING", "BINARYMIME"});
    dialogue.begin(message);
    BOOST_TEST(dialogue.server("250 ok\r\n550 no\r\n").empty());
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST(kinds(dialogue.done[0]) == "f");
}

BOOST_AUTO_TEST_CASE(binary_content_is_for_hosts_with_both_extensions) {
    auto message = letter({"a@x.example"});
    message.content = ClientMessage::Content::binary;
    for (const auto* only : {"CHUNKING", "BINARYMIME", "8BITMIME"}) {
        auto dialogue = greeted_by({only});
        BOOST_TEST(dialogue.begin(message).empty());
        BOOST_TEST(dialogue.done[0].recipients[0].status == "5.6.1");
    }
}

BOOST_AUTO_TEST_CASE(content_without_a_line_end_keeps_its_end_in_a_chunk) {
    auto message = letter({"a@x.example"});
    message.ends_line = false;
    auto chunks = greeted_by({"PIPELINING", "CHUNKING"});
    chunks.content = "no line";
    chunks.begin(message);
    BOOST_TEST(chunks.server("250 ok\r\n250 ok\r\n") == "BDAT 7 LAST\r\nno line");
    auto data = greeted_by({"PIPELINING"});
    data.content = "no line";
    data.begin(message);
    BOOST_TEST(data.server("250 ok\r\n250 ok\r\n354 go\r\n") == "no line\r\n.\r\n");
}

BOOST_AUTO_TEST_CASE(in_lmtp_the_last_chunk_has_a_reply_for_each_recipient) {
    auto message = letter({"a@x.example", "b@x.example"});
    message.content = ClientMessage::Content::binary;
    auto dialogue = greeted_by({"PIPELINING", "CHUNKING", "BINARYMIME"}, 1000, Dialect::lmtp);
    dialogue.begin(message);
    BOOST_TEST(dialogue.server("250 ok\r\n250 ok\r\n250 ok\r\n") == "BDAT 10 LAST\r\none line\r\n");
    dialogue.server("250 ok\r\n450 full\r\n");
    BOOST_REQUIRE(dialogue.done.size() == 1u);
    BOOST_TEST(kinds(dialogue.done[0]) == "ad");
}

// RFC 9422 §4.1
BOOST_AUTO_TEST_CASE(more_recipients_than_a_host_takes_wait_for_the_next_transaction) {
    auto dialogue = greeted_by({"PIPELINING", "LIMITS RCPTMAX=2 X=y"});
    BOOST_TEST(dialogue.begin(letter({"a@x.example", "b@x.example", "c@x.example"})) ==
               "MAIL FROM:<sender@here.example>\r\n"
               "RCPT TO:<a@x.example>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n");
    dialogue.server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.server("250 ok\r\n");
    BOOST_TEST(kinds(dialogue.done[0]) == "aac");
}

BOOST_AUTO_TEST_CASE(more_domains_than_a_host_takes_wait_for_the_next_transaction) {
    auto dialogue = greeted_by({"PIPELINING", "LIMITS RCPTDOMAINMAX=1"});
    dialogue.begin(letter({"a@x.example", "b@y.example", "c@x.example"}));
    dialogue.server("250 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n");
    dialogue.server("250 ok\r\n");
    BOOST_TEST(kinds(dialogue.done[0]) == "aca");
}

BOOST_AUTO_TEST_CASE(a_host_that_takes_so_many_messages_is_used_up_then) {
    auto dialogue = greeted_by({"PIPELINING", "LIMITS MAILMAX=2"});
    for (const bool is_last : {false, true}) {
        dialogue.begin(letter({"a@x.example"}));
        dialogue.server("250 ok\r\n250 ok\r\n354 go\r\n");
        dialogue.server("250 ok\r\n");
        BOOST_TEST(dialogue.is_used_up() == is_last);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::smtp
