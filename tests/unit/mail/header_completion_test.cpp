// SPDX-License-Identifier: BSD-2-Clause
#include "mail/header_completion.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;

namespace header_completion_tests {

std::string completed(std::string_view content, std::size_t piece) {
    std::string out;
    const auto sink = [&](std::string_view text) { out += text; };
    mail::HeaderCompletion completion("TODAY", "<1@mx.example>");
    for (; !content.empty(); content.remove_prefix(std::min(piece, content.size())))
        completion.read(content.substr(0, piece), sink);
    completion.finish(sink);
    return out;
}

/// The same in every chunking.
std::string completed(std::string_view content) {
    const std::string whole = completed(content, content.size() + 1);
    for (std::size_t piece = 1; piece <= content.size(); ++piece)
        BOOST_TEST(completed(content, piece) == whole, piece);
    return whole;
}

const std::string kBoth = "Date: TODAY\r\nMessage-ID: <1@mx.example>\r\n";

}  // namespace header_completion_tests

BOOST_AUTO_TEST_SUITE(header_completion_tests)

BOOST_AUTO_TEST_CASE(what_is_missing_is_added_at_the_end_of_the_header) {
    BOOST_TEST(completed("Subject: x\r\n\r\nbody\r\n") == "Subject: x\r\n" + kBoth + "\r\nbody\r\n");
    BOOST_TEST(completed("Subject: a\r\n b:\r\n\tc\r\n\r\nDate: in the body\r\n") ==
               "Subject: a\r\n b:\r\n\tc\r\n" + kBoth + "\r\nDate: in the body\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_there_stays_alone) {
    const std::string date = "DATE: then\r\n", id = "message-id : <2@x>\r\n";
    BOOST_TEST(completed(date + id + "\r\nbody\r\n") == date + id + "\r\nbody\r\n");
    BOOST_TEST(completed(date + "\r\n") == date + "Message-ID: <1@mx.example>\r\n\r\n");
    BOOST_TEST(completed(id + "\r\n") == id + "Date: TODAY\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(another_field_with_such_a_name_in_it_does_not_count) {
    const std::string other = "Resent-Date: then\r\nX: Date: then\r\nX-Message-ID: <2@x>\r\n";
    BOOST_TEST(completed(other + "\r\n") == other + kBoth + "\r\n");
}

BOOST_AUTO_TEST_CASE(a_message_may_be_a_header_alone_or_a_body_alone_or_nothing) {
    BOOST_TEST(completed("Subject: x\r\n") == "Subject: x\r\n" + kBoth);
    BOOST_TEST(completed("\r\nbody\r\n") == kBoth + "\r\nbody\r\n");
    BOOST_TEST(completed("") == kBoth);
}

BOOST_AUTO_TEST_CASE(a_last_line_without_an_end_gets_one) {  // BDAT allows it
    BOOST_TEST(completed("Subject: x") == "Subject: x\r\n" + kBoth);
    BOOST_TEST(completed("Subject: x\r\n\r\nbody") == "Subject: x\r\n" + kBoth + "\r\nbody");
}

BOOST_AUTO_TEST_CASE(a_broken_header_is_left_as_it_is) {
    for (const auto* const broken : {"Hello\r\nDate: x\r\n", "Subject: x\r\nHello\r\n\r\n", " folded\r\n\r\n",
                                     "From bob Mon\r\nSubject: x\r\n\r\n", "Subject: x\r\nHello"})
        BOOST_TEST(completed(broken) == broken);
}

BOOST_AUTO_TEST_CASE(little_is_kept_back_whatever_comes) {
    const std::string blanks = "Subject" + std::string(100'000, ' ');
    BOOST_TEST(completed(blanks, 1000) == blanks);
    const std::string value = "Subject: " + std::string(100'000, 'x') + "\r\n";
    BOOST_TEST(completed(value + "\r\n", 1000) == value + kBoth + "\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
