// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "mail/address.hpp"

using namespace postern::mail;
namespace data = boost::unit_test::data;

namespace paths_tests {

struct Row {
    std::string text, path, rest;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.text; }

std::string text_of(const ReversePath& path) { return path ? path->to_string() : "(null)"; }
std::string text_of(const ForwardPath& path) {
    if (const auto* name = std::get_if<BareName>(&path)) return "bare " + name->local_part;
    return std::get<Address>(path).to_string();
}

const std::vector<Row> kReverse{
    {"<>", "(null)", ""},
    {"<> BODY=8BITMIME", "(null)", "BODY=8BITMIME"},
    {"<a@b.example>", "a@b.example", ""},
    {"<a@b.example> ", "a@b.example", ""},
    {"<a@b.example> SIZE=3 BODY=7BIT", "a@b.example", "SIZE=3 BODY=7BIT"},
    {"<@one.example:a@b.example>", "a@b.example", ""},
    {"<@one.example,@two.example:a@b.example> SIZE=1", "a@b.example", "SIZE=1"},
    {R"(<"a>b"@c.example> SIZE=1)", R"("a>b"@c.example)", "SIZE=1"},
    {R"(<"a\">b"@c.example>)", R"("a\">b"@c.example)", ""},
};
const std::vector<std::string> kBadReverse{"",
                                           "<",
                                           ">",
                                           "a@b.example",
                                           "<a@b.example",
                                           "a@b.example>",
                                           " <a@b.example>",
                                           "<<a@b.example>>",
                                           "<a>",
                                           "<a@b.example>SIZE=1",
                                           "<a@b.example>\tSIZE=1",
                                           "< a@b.example>",
                                           "<a@b.example >",
                                           "<@one.example>",
                                           "<@one.example:>",
                                           "<@:a@b.example>",
                                           "<@one.example,:a@b.example>",
                                           "<@one.example,two.example:a@b.example>",
                                           "<one.example:a@b.example>",
                                           "<\"a@b.example>"};

const std::vector<Row> kForward{
    {"<a@b.example>", "a@b.example", ""},
    {"<postmaster>", "bare postmaster", ""},
    {"<PostMaster> NOTIFY=NEVER", "bare PostMaster", "NOTIFY=NEVER"},
    {R"(<"john doe">)", "bare john doe", ""},
    {"<@one.example:postmaster@b.example>", "postmaster@b.example", ""},
    {"<a@[192.0.2.1]>", "a@[192.0.2.1]", ""},
};

}  // namespace paths_tests

BOOST_AUTO_TEST_SUITE(paths_tests)

BOOST_DATA_TEST_CASE(reverse_paths_are_parsed, data::make(kReverse), row) {
    const auto parsed = parse_reverse_path(row.text);
    BOOST_REQUIRE(parsed);
    BOOST_TEST(text_of(parsed->path) == row.path);
    BOOST_TEST(parsed->rest == row.rest);
}

BOOST_DATA_TEST_CASE(malformed_paths_are_refused, data::make(kBadReverse), text) {
    BOOST_TEST(!parse_reverse_path(text));
}

BOOST_DATA_TEST_CASE(forward_paths_are_parsed, data::make(kForward), row) {
    const auto parsed = parse_forward_path(row.text);
    BOOST_REQUIRE(parsed);
    BOOST_TEST(text_of(parsed->path) == row.path);
    BOOST_TEST(parsed->rest == row.rest);
}

BOOST_AUTO_TEST_CASE(the_null_path_is_no_recipient) { BOOST_TEST(!parse_forward_path("<>")); }

BOOST_AUTO_TEST_CASE(a_path_of_256_octets_is_the_longest) {
    const std::string label(60, 'd');
    const std::string address = "a@" + label + '.' + label + '.' + label + ".org";  // 188
    const std::string route_start = "<@";
    const auto path = [&](std::size_t octets) {
        const std::size_t fixed = 1 + 1 + 1 + address.size() + 1;  // < @ : address >
        std::string route(octets - fixed, 'r');
        route[route.size() / 2] = '.';
        return "<@" + route + ':' + address + '>';
    };
    BOOST_TEST(path(256).size() == 256U);
    BOOST_TEST(!!parse_forward_path(path(256)));
    BOOST_TEST(!parse_forward_path(path(257)));
}

BOOST_AUTO_TEST_SUITE_END()
