// SPDX-License-Identifier: BSD-2-Clause
#include "mail/author_list.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::mail;
namespace data = boost::unit_test::data;

namespace author_list_tests {

bool is_readable(const std::string& value) { return names_an_author(value, NullAuthor::refused); }

// RFC 5322 §3.4 and Appendix A, §4.4; RFC 6854.
const std::vector<std::string> kLegal{
    "alice@example.org",
    "<alice@example.org>",
    "Alice Example <alice@example.org>",
    "\"Example, Alice\" <alice@example.org>",
    "\"a \\\" quote\" <alice@example.org>",
    "\"alice example\"@example.org",
    "alice@[192.0.2.1]",
    "alice@[IPv6:2001:db8::1]",
    "a@a.example, B <b@b.example>",
    "\r\n Alice\r\n\t<alice@example.org>\r",
    "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
    "Joe Q. Public <john.q.public@example.com>",
    "joe . public @ example . com",
    "\"joe\".public@example.com",
    "<@a.example,@b.example:joe@c.example>",
    ",, a@a.example ,,",
    "Writers: a@a.example, B <b@b.example>;",
    "Nobody:;",
    "Nobody:(empty);, a@a.example",
    "=?utf-8?Q?J=C3=BCrgen?= <j@example.org>",
    "J\xc3\xbcrgen <j\xc3\xbc@m\xc3\xbcller.example>",
};

// What mailers write all the same.
const std::vector<std::string> kForgiven{
    "root",
    "root (Cron Daemon)",
    "\"Cron Daemon\" <root>",
    "MAILER-DAEMON",
    "Example, Alice <alice@example.org>",
    "Alice B., Ph.D., and others <alice@example.org>",
    "alice@example.org <alice@example.org>",
    "Alice [Team] <alice@example.org>",
    "Alice :) <alice@example.org>",
    "Alice: the one <alice@example.org>",
    "a@a.example; b@b.example",
    "Alice <alice@example.org> Example",
    "Alice <alice@example.org>>",
    "Alice<alice@example.org>",
    "'alice@example.org'",
    "a..b.@phone.example",
    "alice@my_host.example",
    "Alice \"the cat\" A. <a@a.example>",
    "Alice @ Example, Ltd. <alice@example.org>",
};

const std::vector<std::string> kBroken{
    "",
    " ",
    "(nobody)",
    ",",
    ";",
    "<>",
    "Alice <>",
    "Alice Example",
    "alice@",
    "@example.org",
    "a@b@c.example",
    "<a@b@c.example>",
    "<alice@example.org",
    "Alice <alice example@example.org>",
    "\"Alice <alice@example.org>",
    "Alice (Sales <alice@example.org>",
    "alice@exam ple.org",
    "alice@example..org",
    "alice@.example",
    "alice@[192.0.2.1",
    "a@a.example, <b@@b.example>",
    "<<a@a.example>>",
    "alice at example.org",
    "a@a.example, b@",
    "\\",
    "alice@example.org\\",
    "<",
};

}  // namespace author_list_tests

BOOST_AUTO_TEST_SUITE(author_list_tests)

BOOST_DATA_TEST_CASE(what_the_grammar_allows_is_read, data::make(kLegal), value) {
    BOOST_TEST(is_readable(value));
}

BOOST_DATA_TEST_CASE(what_mailers_do_wrong_every_day_is_forgiven, data::make(kForgiven), value) {
    BOOST_TEST(is_readable(value));
}

BOOST_DATA_TEST_CASE(what_nobody_can_read_is_not, data::make(kBroken), value) {
    BOOST_TEST(!is_readable(value));
}

BOOST_AUTO_TEST_CASE(reports_may_come_from_nobody) {
    BOOST_TEST(names_an_author("<>", NullAuthor::allowed));
    BOOST_TEST(names_an_author("Mail Delivery System <>", NullAuthor::allowed));
    BOOST_TEST(!names_an_author("", NullAuthor::allowed));
}

BOOST_AUTO_TEST_CASE(comments_within_comments_cost_no_stack) {
    BOOST_TEST(!is_readable(std::string(16'000, '(') + "a@a.example"));
    BOOST_TEST(is_readable(std::string(8'000, '(') + std::string(8'000, ')') + "a@a.example"));
}

BOOST_AUTO_TEST_SUITE_END()
