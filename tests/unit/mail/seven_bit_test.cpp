// SPDX-License-Identifier: BSD-2-Clause
#include "mail/seven_bit.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using Labels = mail::SevenBit::Labels;
using Trouble = mail::SevenBit::Trouble;

namespace seven_bit_tests {

struct Converted {
    std::string text;
    Trouble trouble;
};

Converted convert(std::string_view content, Labels labels, std::size_t piece = 1'000'000) {
    mail::SevenBit machine(labels);
    std::string out;
    for (; !content.empty(); content.remove_prefix(std::min(piece, content.size())))
        out += machine.convert(content.substr(0, piece));
    out += machine.finish();
    return {out, machine.trouble()};
}

/// The same at every size of the pieces.
void check(std::string_view content, std::string_view expected, Labels labels = Labels::trusted) {
    for (std::size_t piece = 1; piece <= content.size(); ++piece) {
        const auto converted = convert(content, labels, piece);
        BOOST_TEST((converted.trouble == Trouble::none));
        BOOST_TEST(converted.text == expected);
    }
}

Trouble trouble_of(std::string_view content, Labels labels = Labels::trusted) {
    return convert(content, labels).trouble;
}

}  // namespace seven_bit_tests

BOOST_AUTO_TEST_SUITE(seven_bit_tests)

BOOST_AUTO_TEST_CASE(a_text_becomes_quoted_printable) {
    check(
        "MIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Type: text/plain;\r\n charset=utf-8\r\nSubject: x\r\n\r\ngr\xc3\xbc\xc3\x9f\r\na=b \r\n",
        "MIME-Version: 1.0\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nSubject: x\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\ngr=C3=BC=C3=9F\r\na=3Db=20\r\n");
}

// RFC 2045 §6.4: composites are never encoded.
BOOST_AUTO_TEST_CASE(of_several_parts_those_are_encoded_that_say_8bit) {
    check(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\npreamble\r\n"
        "--B\r\nContent-Transfer-Encoding: 8BIT\r\nContent-Type: text/html\r\n\r\n\xe4\r\n"
        "--B\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        "--B\r\n\r\nplain = plain\r\n--B--\r\nepilogue\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n"
        "Content-Transfer-Encoding: 7bit\r\n\r\npreamble\r\n"
        "--B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n"
        "--B\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        "--B\r\n\r\nplain = plain\r\n--B--\r\nepilogue\r\n");
}

BOOST_AUTO_TEST_CASE(a_message_in_a_message_is_converted_inside) {
    check(
        "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "Subject: inner\r\nContent-Transfer-Encoding: 8bit\r\nMIME-Version: 1.0\r\n\r\n\xff",
        "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
        "Subject: inner\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n=FF");
}

// RFC 6532 §3.7
BOOST_AUTO_TEST_CASE(an_international_message_in_a_message_is_encoded_as_a_whole) {
    check(
        "MIME-Version: 1.0\r\nContent-Type: message/global\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "Subject: \xc3\xa4\r\n\r\nx\r\n",
        "MIME-Version: 1.0\r\nContent-Type: message/global\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\nSubject: =C3=A4\r\n\r\nx\r\n");
}

BOOST_AUTO_TEST_CASE(parts_of_a_digest_are_messages) {
    check(
        "MIME-Version: 1.0\r\nContent-Type: multipart/digest; boundary=D\r\n\r\n"
        "--D\r\n\r\nSubject: a\r\nContent-Transfer-Encoding: 8bit\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain\r\n\r\n\xe4\r\n--D--\r\n",
        "MIME-Version: 1.0\r\nContent-Type: multipart/digest; boundary=D\r\n\r\n"
        "--D\r\n\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n--D--\r\n");
}

// RFC 1428 §3
BOOST_AUTO_TEST_CASE(without_mime_fields_it_gets_some) {
    const std::string_view plain = "Subject: x\r\n\r\n\xe4\r\n";
    BOOST_TEST((trouble_of(plain) == Trouble::unlabelled));
    check(plain,
          "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n",
          Labels::ignored);
}

BOOST_AUTO_TEST_CASE(labels_that_lie_are_ignored_for_all) {
    const std::string_view lying =
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B C\"\r\n\r\n"
        "--B C\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\xe4\r\n"
        "--B C\r\nContent-Type: text/plain\r\n\r\n-\r\n--B C--\r\n";
    BOOST_TEST((trouble_of(lying) == Trouble::unlabelled));
    check(lying,
          "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B C\"\r\n\r\n"
          "--B C\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n"
          "--B C\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n-\r\n"
          "--B C--\r\n",
          Labels::ignored);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_converted_is_told) {
    const std::string mime = "MIME-Version: 1.0\r\n";
    const std::string table[] = {
        "Subject: \xe4\r\n\r\nx\r\n",
        "Subject: x\r\nno field\r\n\r\n\xe4\r\n",
        mime + "Content-Transfer-Encoding: base64\r\n\r\n\xe4\r\n",
        mime + "Content-Transfer-Encoding: x-uue\r\n\r\n\xe4\r\n",
        mime + "Content-Transfer-Encoding: 8bit\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\xe4\r\n",
        mime + "Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\n\xe4\r\n",
        mime + "Content-Type: message/partial\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xe4\r\n",
        mime + "Content-Type: multipart/mixed\r\n\r\n\xe4\r\n",
        mime + "Content-Type: multipart/mixed; boundary=B\r\n\r\n\xe4\r\n--B\r\n\r\n--B--\r\n",
        mime + "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nX: \xe4\r\n\r\n--B--\r\n",
        mime + "Content-Transfer-Encoding: 8bit\r\n\r\n" + std::string(70'000, '\xe4'),
    };
    for (const auto& content : table) {
        BOOST_TEST((trouble_of(content) == Trouble::impossible), content.substr(0, 100));
        BOOST_TEST((trouble_of(content, Labels::ignored) == Trouble::impossible), content.substr(0, 100));
    }
}

BOOST_AUTO_TEST_CASE(nothing_that_is_encoded_can_be_taken_for_a_boundary) {
    const std::string boundary = "--" + std::string(60, 'B');
    const std::string body = std::string(75, 'x') + boundary + "--\r\n";
    const auto converted = convert(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=" + boundary.substr(2) + "\r\n\r\n" +
            boundary + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body + boundary + "--\r\n",
        Labels::trusted);
    BOOST_TEST((converted.trouble == Trouble::none));
    std::size_t found = 0;
    for (std::size_t at = 0; (at = converted.text.find("\r\n" + boundary, at)) != std::string::npos; ++at)
        ++found;
    BOOST_TEST(found == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_converted_stays_so) {
    const auto once = convert(
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n\xe4\r\n--B--\r\n",
        Labels::trusted);
    check(once.text, once.text);
}

BOOST_AUTO_TEST_CASE(a_message_may_end_anywhere) {
    check("", "");
    check("Subject: x", "Subject: x");
    check("Subject: x\r\n", "Subject: x\r\n");
    check("Content-Type: message/rfc822\r\n\r\n", "Content-Type: message/rfc822\r\n\r\n");
    check("Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nX: y\r\n--B--",
          "Content-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nX: y\r\n--B--");
}

// What is within it would have had its fields written among those of the header itself.
BOOST_AUTO_TEST_CASE(a_header_that_no_empty_line_ends_has_nothing_in_it_to_encode) {
    const std::string_view start =
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: message/rfc822\r\n";
    for (const std::string_view end : {"", "--B--\r\n"}) {
        const std::string content = std::string(start) + std::string(end);
        check(content, content, Labels::trusted);
        check(content, content, Labels::ignored);
        check(std::string(start) + "Content-Transfer-Encoding: 8bit\r\n" + std::string(end),
              std::string(start) + "Content-Transfer-Encoding: 7bit\r\n" + std::string(end));
    }
}

BOOST_AUTO_TEST_SUITE_END()
