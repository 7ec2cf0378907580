// SPDX-License-Identifier: BSD-2-Clause
#include "callout/question.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::callout;

namespace question_tests {

mail::Address address(const char* text) { return *mail::Address::parse(text); }

}  // namespace question_tests

BOOST_AUTO_TEST_SUITE(question_tests)

BOOST_AUTO_TEST_CASE(a_question_is_read_as_it_was_written) {
    for (const Question& question :
         {Question{{"in.example", 25}, address("bob@example.org")},
          Question{{"2001:db8::1", 65'535}, address("\"john doe\"@example.org")},
          Question{{"in.example", 25}, address("bob@example.org"), IpAddress::parse("2001:db8::5")}})
        BOOST_TEST((parse_question(to_packet(question)) == question));
}

BOOST_AUTO_TEST_CASE(what_is_no_question_is_none) {
    for (const char* packet :
         {"", " ", "in.example", "in.example 25", "in.example 25 -", "in.example 0 - bob@example.org",
          "in.example 65536 - bob@example.org", "in.example x - bob@example.org", "in.example 25 - bob",
          "in.example 25 bob@example.org", "in.example 25 in.example bob@example.org",
          "in.example 25 -  bob@example.org", "../socket 25 - bob@example.org", " 25 - bob@example.org",
          "in.example 25 - bob@example.org\r\nDATA"})
        BOOST_TEST(!parse_question(packet), packet);
}

BOOST_AUTO_TEST_CASE(an_answer_is_read_as_it_was_written) {
    for (const Answer& answer :
         {Answer{Answer::Kind::accepted, ""}, Answer{Answer::Kind::refused, "550 who?"},
          Answer{Answer::Kind::undecided, "451 later, please"}})
        BOOST_TEST((parse_answer(to_packet(answer)) == answer));
    for (const char* packet : {"", "A", "X words", "Awords"}) BOOST_TEST(!parse_answer(packet), packet);
}

BOOST_AUTO_TEST_CASE(no_answer_is_longer_than_a_packet) {
    const auto packet = to_packet(Answer{Answer::Kind::refused, std::string(5000, 'x')});
    BOOST_TEST(packet.size() == kLongestPacket);
    BOOST_TEST((parse_answer(packet)->kind == Answer::Kind::refused));
}

BOOST_AUTO_TEST_SUITE_END()
