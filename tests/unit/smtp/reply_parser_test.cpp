// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/reply_parser.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "smtp/client_result.hpp"
#include "smtp/extensions.hpp"

namespace postern::smtp {

namespace reply_parser_tests {

Reply only_reply(std::string_view bytes) {
    ReplyParser parser;
    parser.receive(bytes);
    const auto reply = parser.next();
    BOOST_REQUIRE(reply);
    BOOST_TEST(!parser.next());
    BOOST_TEST(!parser.is_broken());
    return *reply;
}

bool breaks(const std::string& bytes) {
    ReplyParser parser;
    parser.receive(bytes);
    while (parser.next()) {}
    return parser.is_broken();
}

}  // namespace reply_parser_tests

BOOST_AUTO_TEST_SUITE(reply_parser_tests)

BOOST_AUTO_TEST_CASE(code_status_and_text_are_taken_apart) {
    BOOST_TEST((only_reply("550 5.1.1 who?\r\n") == Reply{550, "5.1.1", "who?"}));
    BOOST_TEST((only_reply("250 ok\r\n") == Reply{250, "", "ok"}));
    BOOST_TEST((only_reply("250\r\n") == Reply{250, "", ""}));
    BOOST_TEST((only_reply("250 ok\n") == Reply{250, "", "ok"}));
}

BOOST_AUTO_TEST_CASE(a_status_of_another_class_or_form_is_text) {
    BOOST_TEST((only_reply("550 4.1.1 who?\r\n") == Reply{550, "", "4.1.1 who?"}));
    BOOST_TEST((only_reply("550 5.1 who?\r\n") == Reply{550, "", "5.1 who?"}));
    BOOST_TEST((only_reply("550 5.1.1234 x\r\n") == Reply{550, "", "5.1.1234 x"}));
    BOOST_TEST((only_reply("550 5.1.1-x\r\n") == Reply{550, "", "5.1.1-x"}));
}

BOOST_AUTO_TEST_CASE(several_lines_are_one_reply) {
    BOOST_TEST(
        (only_reply("550-5.7.1 go\r\n550-\r\n550 5.7.1 away\r\n") == Reply{550, "5.7.1", "go\n\naway"}));
}

BOOST_AUTO_TEST_CASE(replies_come_in_any_pieces) {
    ReplyParser parser;
    std::vector<Reply> replies;
    for (const char c : std::string_view("250-a\r\n250 b\r\n354 go\r\n")) {
        parser.receive({&c, 1});
        while (auto reply = parser.next()) replies.push_back(*reply);
    }
    BOOST_TEST((replies == std::vector<Reply>{{250, "", "a\nb"}, {354, "", "go"}}));
}

BOOST_AUTO_TEST_CASE(control_characters_become_harmless) {
    BOOST_TEST(only_reply("550 a\tb\x1b[2Jc\r\r\n").text == "a b?[2Jc?");
}

BOOST_AUTO_TEST_CASE(what_is_no_reply_breaks_the_conversation) {
    for (const auto* bytes : {"hello\r\n", "25\r\n", "\r\n", "150 a\r\n", "650 a\r\n", "2x0 a\r\n",
                              "250+a\r\n", "2500\r\n", "250-a\r\n251 b\r\n", " 250 a\r\n"})
        BOOST_TEST(breaks(bytes), bytes);
}

BOOST_AUTO_TEST_CASE(endless_lines_and_endless_replies_break_the_conversation) {
    BOOST_TEST(!breaks("250 " + std::string(4000, 'x') + "\r\n"));
    BOOST_TEST(breaks("250 " + std::string(5000, 'x') + "\r\n"));
    BOOST_TEST(breaks("250 " + std::string(5000, 'x')));
    std::string endless;
    for (int i = 0; i < 1000; ++i) endless += "250-" + std::string(100, 'x') + "\r\n";
    BOOST_TEST(breaks(endless));
}

BOOST_AUTO_TEST_CASE(a_quoted_reply_is_one_line_of_bounded_length) {
    BOOST_TEST(one_line({550, "5.1.1", "a\nb"}) == "550 5.1.1 a b");
    BOOST_TEST(one_line({550, "", ""}) == "550");
    BOOST_TEST(one_line({550, "", std::string(9000, 'x')}).size() < 500u);
}

BOOST_AUTO_TEST_CASE(extensions_stand_behind_the_first_line) {
    const auto extensions = parse_extensions("PIPELINING\n8bitmime\nSIZE 1000\nX-OTHER a b");
    BOOST_TEST((extensions == Extensions{.eight_bit_mime = true, .size = true, .largest_message = 1000}));
    BOOST_TEST((parse_extensions("mx\nSIZE\nPIPELINING") == Extensions{.pipelining = true, .size = true}));
    BOOST_TEST((parse_extensions("mx\nSIZE 99999999999999999999999") == Extensions{.size = true}));
    BOOST_TEST((parse_extensions("") == Extensions{}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::smtp
