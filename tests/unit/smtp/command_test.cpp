// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/command.hpp"

#include <string>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::smtp;
namespace data = boost::unit_test::data;

namespace command_tests {

struct Row {
    std::string line;
    Verb verb;
    std::string argument;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.line; }

const std::vector<Row> kLines{
    {"EHLO client.example", Verb::ehlo, "client.example"},
    {"helo x", Verb::helo, "x"},
    {"MaIl FROM:<a@b.example> SIZE=1", Verb::mail, "FROM:<a@b.example> SIZE=1"},
    {"RCPT TO:<a@b.example>", Verb::rcpt, "TO:<a@b.example>"},
    {"DATA", Verb::data, ""},
    {"DATA ", Verb::data, ""},
    {"DATA \t ", Verb::data, ""},
    {"RSET", Verb::rset, ""},
    {"NOOP  two", Verb::noop, " two"},
    {"VRFY a b", Verb::vrfy, "a b"},
    {"EXPN list", Verb::expn, "list"},
    {"HELP", Verb::help, ""},
    {"quit", Verb::quit, ""},
    {"", Verb::unknown, ""},
    {" QUIT", Verb::unknown, "QUIT"},
    {"QUIT\tnow", Verb::unknown, ""},
    {"QUITS", Verb::unknown, ""},
    {"QUI", Verb::unknown, ""},
};

const std::vector<std::string> kHttp{"GET / HTTP/1.1", "POST /", "CONNECT mx.example:25 HTTP/1.1",
                                     "PRI * HTTP/2.0"};
const std::vector<std::string> kNotHttp{"GET", "get / HTTP/1.1", "EHLO GET", "GETS /", ""};

}  // namespace command_tests

BOOST_AUTO_TEST_SUITE(command_tests)

BOOST_DATA_TEST_CASE(a_line_is_a_verb_and_an_argument, data::make(kLines), row) {
    const Command command = parse_command(row.line);
    BOOST_TEST((command.verb == row.verb));
    BOOST_TEST(command.argument == row.argument);
}

BOOST_DATA_TEST_CASE(http_requests_are_known, data::make(kHttp), line) { BOOST_TEST(is_http_request(line)); }
BOOST_DATA_TEST_CASE(others_are_no_http, data::make(kNotHttp), line) { BOOST_TEST(!is_http_request(line)); }

BOOST_AUTO_TEST_CASE(a_keyword_is_taken_whatever_its_case) {
    std::string_view text = "From:<>";
    BOOST_TEST(take_keyword(text, "FROM:"));
    BOOST_TEST(text == "<>");
    BOOST_TEST(!take_keyword(text, "FROM:"));
    BOOST_TEST(text == "<>");
}

BOOST_AUTO_TEST_SUITE_END()
