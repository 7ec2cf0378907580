// SPDX-License-Identifier: BSD-2-Clause
#include "mail/address.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::Address;
using postern::mail::Domain;
namespace data = boost::unit_test::data;

namespace address_tests {

struct Parsed {
    std::string text, local_part, host, written;
};
std::ostream& operator<<(std::ostream& out, const Parsed& row) { return out << row.text; }

const std::string k64(64, 'l');
const std::vector<Parsed> kLegal{
    {"alice@example.org", "alice", "example.org", "alice@example.org"},
    {"Alice@EXAMPLE.org", "Alice", "example.org", "Alice@example.org"},
    {"a.b+tag@example.org", "a.b+tag", "example.org", "a.b+tag@example.org"},
    {"!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~", "example.org",
     "!#$%&'*+-/=?^_`{|}~@example.org"},
    {R"("john doe"@example.org)", "john doe", "example.org", R"("john doe"@example.org)"},
    {R"("alice"@example.org)", "alice", "example.org", "alice@example.org"},
    {R"("a@b"@example.org)", "a@b", "example.org", R"("a@b"@example.org)"},
    {R"("a>b"@example.org)", "a>b", "example.org", R"("a>b"@example.org)"},
    {R"("a\"b\\c"@example.org)", R"(a"b\c)", "example.org", R"("a\"b\\c"@example.org)"},
    {R"("\a"@example.org)", "a", "example.org", "a@example.org"},
    {R"("a..b"@example.org)", "a..b", "example.org", R"("a..b"@example.org)"},
    {R"(""@example.org)", "", "example.org", R"(""@example.org)"},
    {"alice@[192.0.2.1]", "alice", "[192.0.2.1]", "alice@[192.0.2.1]"},
    {"alice@[IPv6:2001:db8::1]", "alice", "[IPv6:2001:db8::1]", "alice@[IPv6:2001:db8::1]"},
    {"alice@[ipv6:2001:DB8:0::1]", "alice", "[IPv6:2001:db8::1]", "alice@[IPv6:2001:db8::1]"},
    {"alice@[IPv6:::ffff:192.0.2.1]", "alice", "[192.0.2.1]", "alice@[192.0.2.1]"},
    {"jürgen@example.org", "jürgen", "example.org", "jürgen@example.org"},
    {"Jürgen.Groß@bücher.example", "Jürgen.Groß", "xn--bcher-kva.example",
     "Jürgen.Groß@xn--bcher-kva.example"},
    {R"("jürgen groß"@example.org)", "jürgen groß", "example.org", R"("jürgen groß"@example.org)"},
    {R"("用户"@例え.テスト)", "用户", "xn--r8jz45g.xn--zckzah", "用户@xn--r8jz45g.xn--zckzah"},
    {"alice@[192.000.002.001]", "alice", "[192.0.2.1]", "alice@[192.0.2.1]"},
    {k64 + "@example.org", k64, "example.org", k64 + "@example.org"},
};
const std::vector<std::string> kIllegal{
    "",
    "@",
    "alice",
    "alice@",
    "@example.org",
    "a..b@example.org",
    ".a@example.org",
    "a.@example.org",
    "a b@example.org",
    "a@b@example.org",
    "<a@example.org>",
    "a@example.org ",
    " a@example.org",
    "a@exa mple.org",
    "a(comment)@example.org",
    "a,b@example.org",
    "a;b@example.org",
    "a:b@example.org",
    "a\\b@example.org",
    "\"a@example.org",
    "a\"b\"@example.org",
    "\"a\"b@example.org",
    "\"a\\\"@example.org",
    "\"a\tb\"@example.org",
    "\"a\x7f\"@example.org",
    "a@[192.0.2.256]",
    "a@[192.0.2]",
    "a@[192.0.2.1",
    "a@192.0.2.1]",
    "a@[]",
    "a@[2001:db8::1]",
    "a@[IPv6:192.0.2.1]",
    "a@[IPv6:2001:db8::g]",
    "a@[IPv6:1:2:3:4:5:6:7:8:9]",
    "a@[X-tag:data]",
    "a@[192.0.2.1].org",
    "a@[192.0.2.1].",
    "a@example.org.",
    "j\xfcrgen@example.org",
    "j\xc3rgen@example.org",
    "\"j\xc3rgen\"@example.org",
    "\xed\xa0\x80@example.org",
    "a\u0085b@example.org",
    "\"a\u0085b\"@example.org",
    "\"a\\ü\"@example.org",
    "jürgen@[bücher]",
    "a@☃.example",
    "jürgenjürgenjürgenjürgenjürgenjürgenjürgenjürgenjürgenjj@example.org",
    k64 + "l@example.org",
    "\"" + k64 + "\"@example.org",
    std::string("a\0b@example.org", 15)};

std::string domain_of(std::size_t octets) {  // labels of 60
    std::string out;
    while (out.size() + 61 < octets) out += std::string(60, 'd') + '.';
    return out + std::string(octets - out.size(), 'd');
}

}  // namespace address_tests

BOOST_AUTO_TEST_SUITE(address_tests)

BOOST_DATA_TEST_CASE(legal_addresses_are_parsed_and_written, data::make(kLegal), row) {
    const auto address = Address::parse(row.text);
    BOOST_REQUIRE(address);
    BOOST_TEST(address->local_part() == row.local_part);
    BOOST_TEST(address->host_text() == row.host);
    BOOST_TEST(address->to_string() == row.written);
    BOOST_TEST(!!(Address::parse(address->to_string()) == address));
}

BOOST_DATA_TEST_CASE(illegal_addresses_are_refused, data::make(kIllegal), text) {
    BOOST_TEST(!Address::parse(text));
}

BOOST_AUTO_TEST_CASE(an_address_of_254_octets_is_the_longest) {
    BOOST_TEST(!!Address::parse("a@" + domain_of(252)));
    BOOST_TEST(!Address::parse("aa@" + domain_of(252)));
}

BOOST_AUTO_TEST_CASE(an_address_of_254_octets_is_the_longest_in_a_labels_too) {
    const std::string ends = ".xn--bcher-kva";  // ".bücher" has eight octets, this has 14
    const std::string front = "a@" + domain_of(252 - ends.size());
    BOOST_TEST(!!Address::parse(front + ".bücher"));
    BOOST_TEST(!Address::parse('a' + front + ".bücher"));
}

BOOST_AUTO_TEST_CASE(only_the_local_part_needs_smtputf8) {
    BOOST_TEST(Address::parse("alice@example.org")->is_ascii());
    BOOST_TEST(Address::parse("alice@bücher.example")->is_ascii());
    BOOST_TEST(!Address::parse("jürgen@example.org")->is_ascii());
}

BOOST_AUTO_TEST_CASE(make_quotes_where_it_must) {
    const auto domain = *Domain::parse("example.org");
    BOOST_TEST(Address::make("john doe", domain)->to_string() == "\"john doe\"@example.org");
    BOOST_TEST(Address::make("john", domain)->to_string() == "john@example.org");
}

BOOST_AUTO_TEST_CASE(make_refuses_what_no_address_can_hold) {
    const auto domain = *Domain::parse("example.org");
    BOOST_TEST(!Address::make("a\nb", domain));
    BOOST_TEST(!Address::make("\xc3", domain));
    BOOST_TEST(!Address::make(std::string(63, ' '), domain));   // 65 with its quotes
    BOOST_TEST(!!Address::make(std::string(62, ' '), domain));  // 64
}

BOOST_AUTO_TEST_SUITE_END()
