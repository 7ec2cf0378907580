// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/chunk.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

using namespace postern::smtp;

namespace chunk_tests {

using Form = ChunkCommand::Form;

bool is(std::string_view argument, Form form, std::uint64_t size = 0, bool is_last = false) {
    const auto command = parse_chunk_command(argument);
    return command.form == form && command.size == size && command.is_last == is_last;
}

/// The flaw, if there is one, and where; the same in pieces of any size.
std::string flaw_in(const std::string& content) {
    std::string first;
    for (std::size_t piece = 1; piece <= content.size() + 1; ++piece) {
        ChunkChecker checker;
        std::size_t sound = 0;
        for (std::size_t at = 0; at < content.size(); at += piece)
            sound += checker.read(std::string_view(content).substr(at, piece));
        checker.finish();
        constexpr std::string_view names[] = {"newline", "nul", "long"};
        std::string found = std::to_string(sound);
        if (const auto flaw = checker.flaw()) found += ' ' + std::string(names[static_cast<int>(*flaw)]);
        if (piece == 1) first = found;
        BOOST_TEST(found == first);
    }
    return first;
}

}  // namespace chunk_tests

BOOST_AUTO_TEST_SUITE(chunk_tests)

BOOST_AUTO_TEST_CASE(a_size_and_perhaps_last) {
    BOOST_TEST(is("0", Form::legal));
    BOOST_TEST(is("86", Form::legal, 86));
    BOOST_TEST(is("0086 LAST", Form::legal, 86, true));
    BOOST_TEST(is("1000000000000 last", Form::legal, 1000000000000U, true));
}

BOOST_AUTO_TEST_CASE(a_size_that_can_be_read_counts_whatever_follows) {
    BOOST_TEST(is("5 FIRST", Form::illegal, 5));
    BOOST_TEST(is("5  LAST", Form::illegal, 5));
    BOOST_TEST(is("5 LAST x", Form::illegal, 5));
    BOOST_TEST(is("5 ", Form::illegal, 5));
    for (const char* text : {"", "LAST", " 5", "-5", "+5", "5LAST", "0x5", "5\t"})
        BOOST_TEST(is(text, Form::illegal), text);
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_the_end_of_what_no_message_can_be) {
    BOOST_TEST(is("1000000000001", Form::endless));
    BOOST_TEST(is("18446744073709551615 LAST", Form::endless));
    BOOST_TEST(is("18446744073709551616", Form::endless));
    BOOST_TEST(is("99999999999999999999999999 LAST", Form::endless));
}

BOOST_AUTO_TEST_CASE(the_first_flaw_is_found_where_it_stands) {
    BOOST_TEST(flaw_in("") == "0");
    BOOST_TEST(flaw_in("a\r\n\r\n.\r\nno end") == "14");
    BOOST_TEST(flaw_in("a\nb") == "1 newline");
    BOOST_TEST(flaw_in("a\rb") == "2 newline");
    BOOST_TEST(flaw_in("a\r\r\n") == "2 newline");
    BOOST_TEST(flaw_in("\n") == "0 newline");
    BOOST_TEST(flaw_in("a\r") == "2 newline");
    BOOST_TEST(flaw_in(std::string("a\0b\r\n", 5)) == "1 nul");
    BOOST_TEST(flaw_in("x\r\n" + std::string(998, 'a') + "\r\ny") == "1004");
    BOOST_TEST(flaw_in("x\r\n" + std::string(999, 'a') + "\r\n") == "1002 long");
}

BOOST_AUTO_TEST_SUITE_END()
