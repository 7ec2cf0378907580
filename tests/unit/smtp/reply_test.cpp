// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/reply.hpp"

#include <boost/test/unit_test.hpp>

#include "smtp/replies.hpp"

using namespace postern;
using namespace postern::smtp;

BOOST_AUTO_TEST_SUITE(reply_tests)

BOOST_AUTO_TEST_CASE(one_line) {
    BOOST_TEST(to_wire(Reply{550, "5.1.1", "No"}) == "550 5.1.1 No\r\n");
    BOOST_TEST(to_wire(Reply{354, "", "Go on"}) == "354 Go on\r\n");
}

BOOST_AUTO_TEST_CASE(every_line_bears_code_and_status) {
    BOOST_TEST(to_wire(Reply{214, "2.0.0", "a\nb\nc"}) == "214-2.0.0 a\r\n214-2.0.0 b\r\n214 2.0.0 c\r\n");
}

BOOST_AUTO_TEST_CASE(long_text_is_broken_into_lines_of_512_octets) {
    const std::string wire = to_wire(Reply{550, "5.1.1", std::string(1200, 'x')});
    std::size_t begin = 0, lines = 0, letters = 0;
    for (; begin < wire.size(); ++lines) {
        const auto end = wire.find("\r\n", begin) + 2;
        BOOST_TEST(end - begin <= 512U);
        letters += end - begin - 12;  // "550-5.1.1 " and CRLF
        begin = end;
    }
    BOOST_TEST(lines == 3U);
    BOOST_TEST(letters == 1200U);
}

BOOST_AUTO_TEST_CASE(nothing_but_printable_ascii_goes_out) {
    BOOST_TEST(to_wire(Reply{550, "5.1.1", "a\r\x01\x80\tb"}) == "550 5.1.1 a????b\r\n");
}

BOOST_AUTO_TEST_CASE(errors_become_replies_without_their_text) {
    const auto reply_to = [](Fault fault) { return reply_for(Error(fault, "open /secret: no")); };
    BOOST_TEST(to_wire(reply_to(Fault::no_space)).starts_with("452 4.3.1 "));
    BOOST_TEST(to_wire(reply_to(Fault::configuration)).starts_with("451 4.3.5 "));
    BOOST_TEST(to_wire(reply_to(Fault::permanent)).starts_with("554 5.3.0 "));
    for (const Fault fault : {Fault::temporary, Fault::usage, Fault::not_found, Fault::exists,
                              Fault::no_permission, Fault::internal})
        BOOST_TEST(to_wire(reply_to(fault)).starts_with("451 4.3.0 "));
    BOOST_TEST(reply_to(Fault::temporary).text.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
