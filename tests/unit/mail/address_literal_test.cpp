// SPDX-License-Identifier: BSD-2-Clause
#include "mail/address_literal.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::parse_address_literal;
namespace data = boost::unit_test::data;

namespace address_literal_tests {

struct Literal {
    std::string text, address;
};
std::ostream& operator<<(std::ostream& out, const Literal& row) { return out << row.text; }

const std::vector<Literal> kLegal{
    {"192.0.2.1", "192.0.2.1"},
    {"0.0.0.0", "0.0.0.0"},
    {"255.255.255.255", "255.255.255.255"},
    {"192.000.002.001", "192.0.2.1"},  // Snum = 1*3DIGIT
    {"IPv6:2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"},
    {"IPV6:2001:0DB8:0001:0002:0003:0004:0005:0006", "2001:db8:1:2:3:4:5:6"},
    {"ipv6:::", "::"},
    {"IPv6:::1", "::1"},
    {"IPv6:1::", "1::"},
    {"IPv6:2001:db8::1", "2001:db8::1"},
    {"IPv6:1:2:3::4:5:6", "1:2:3::4:5:6"},
    {"IPv6:1:2:3:4:5:6::", "1:2:3:4:5:6::"},
    {"IPv6:::1:2:3:4:5:6", "::1:2:3:4:5:6"},
    {"IPv6:1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"},
    {"IPv6:1:2:3:4::192.0.2.1", "1:2:3:4::c000:201"},
    {"IPv6:1::2:3:4:192.000.2.1", "1::2:3:4:c000:201"},
    {"IPv6:::ffff:192.0.2.1", "192.0.2.1"},
};
const std::vector<std::string> kIllegal{"",
                                        ".",
                                        "192.0.2",
                                        "192.0.2.",
                                        ".0.2.1",
                                        "192..2.1",
                                        "192.0.2.1.",
                                        "192.0.2.1.1",
                                        "192.0.2.256",
                                        "192.0.2.0001",
                                        "192.0.2.-1",
                                        "192.0.2.+1",
                                        "192.0.2.0x1",
                                        "192.0.2.1 ",
                                        " 192.0.2.1",
                                        "3221225985",
                                        "::1",
                                        "2001:db8::1",
                                        "IPv4:192.0.2.1",
                                        "IPv6",
                                        "IPv6:",
                                        "IPv6::",
                                        "IPv6::1",
                                        "IPv6: ::1",
                                        "IPv6:::1 ",
                                        "IPv6::::",
                                        "IPv6:::::",
                                        "IPv6:1:",
                                        "IPv6:1:::2",
                                        "IPv6:1::2::3",
                                        "IPv6:1:2:3:4:5:6:7",
                                        "IPv6:1:2:3:4:5:6:7:",
                                        "IPv6:1:2:3:4:5:6:7:8:",
                                        "IPv6:1:2:3:4:5:6:7:8:9",
                                        "IPv6:1:2:3:4:5:6:7::",  // "::" for one group alone
                                        "IPv6:::2:3:4:5:6:7:8",
                                        "IPv6:1:2:3::5:6:7:8",
                                        "IPv6:12345::",
                                        "IPv6:g::",
                                        "IPv6:-1::",
                                        "IPv6:0x1::",
                                        "IPv6:192.0.2.1",
                                        "IPv6:192.0.2.1::",
                                        "IPv6:192.0.2.1:1::",
                                        "IPv6:::192.0.2.1:1",
                                        "IPv6:::192.0.2",
                                        "IPv6:1:2:3:4:5:192.0.2.1",
                                        "IPv6:1:2:3:4:5:6:7:192.0.2.1",
                                        "IPv6:1:2:3:4:5::192.0.2.1",
                                        "IPv6:fe80::1%eth0",
                                        "IPv6:2001:db8::/32",
                                        "X-tag:data",
                                        "bücher",
                                        std::string("192.0.2.1\0", 10)};

}  // namespace address_literal_tests

BOOST_AUTO_TEST_SUITE(address_literal_tests)

BOOST_DATA_TEST_CASE(legal_literals_are_read, data::make(kLegal), row) {
    const auto address = parse_address_literal(row.text);
    BOOST_REQUIRE(address);
    BOOST_TEST(address->to_string() == row.address);
}

BOOST_DATA_TEST_CASE(illegal_literals_are_refused, data::make(kIllegal), text) {
    BOOST_TEST(!parse_address_literal(text));
}

BOOST_AUTO_TEST_SUITE_END()
