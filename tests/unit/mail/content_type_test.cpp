// SPDX-License-Identifier: BSD-2-Clause
#include "mail/content_type.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::mail;
namespace data = boost::unit_test::data;

namespace content_type_tests {

std::string written(const std::string& value) {
    const auto type = parse_content_type(value);
    if (!type) return "-";
    return type->type + "/" + type->subtype + (type->boundary ? " " + *type->boundary : "");
}

struct Row {
    std::string value, read;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.value; }

const std::vector<Row> kTypes{
    {"text/plain", "text/plain"},
    {"Text/HTML; Charset=\"utf-8\"", "text/html"},
    {" text / plain (a comment) ; charset = us-ascii (Plain) \r", "text/plain"},
    {"text/plain;", "text/plain"},
    {"text/plain; charset=utf-8;\r\n", "text/plain"},
    {"multipart/mixed; BOUNDARY=b", "multipart/mixed b"},
    {"multipart/mixed;\r\n\tboundary=\"a \\\"b\"", "multipart/mixed a \"b"},
    {"application/vnd.example+json; v=1; q=\"a;b\"", "application/vnd.example+json"},
    {"", "-"},
    {"text", "-"},
    {"text/", "-"},
    {"/plain", "-"},
    {"text/plain charset=utf-8", "-"},
    {"text/plain; charset", "-"},
    {"text/plain; charset=", "-"},
    {"text/plain; =utf-8", "-"},
    {"text/plain; name=a b", "-"},
    {"text/plain; name=\"a", "-"},
    {"text/plain (a", "-"},
    {"text/plain/other", "-"},
    {"multipart/mixed; boundary=a=b", "-"},
    {"multipart/mixed; boundary=a; boundary=b", "-"},
};

}  // namespace content_type_tests

BOOST_AUTO_TEST_SUITE(content_type_tests)

BOOST_DATA_TEST_CASE(types_are_read_with_their_boundary, data::make(kTypes), row) {
    BOOST_TEST(written(row.value) == row.read);
}

BOOST_AUTO_TEST_CASE(boundaries_are_of_70_octets_at_most) {
    BOOST_TEST(is_legal_boundary("gc0pJq0M:08jU534c0p"));
    BOOST_TEST(is_legal_boundary(std::string(70, 'b')));
    BOOST_TEST(!is_legal_boundary(std::string(71, 'b')));
    BOOST_TEST(!is_legal_boundary(""));
    BOOST_TEST(is_legal_boundary("with blank"));
    BOOST_TEST(!is_legal_boundary("blank at the end "));
    BOOST_TEST(!is_legal_boundary("b*"));
    BOOST_TEST(!is_legal_boundary("b\xc3\xa4"));
}

BOOST_AUTO_TEST_CASE(five_encodings_are_known) {
    for (const std::string identity : {"7bit", "8BIT", " binary (as it is)\r"})
        BOOST_TEST((parse_transfer_encoding(identity) == TransferEncoding::identity), identity);
    for (const std::string encoded : {"base64", "Quoted-Printable"})
        BOOST_TEST((parse_transfer_encoding(encoded) == TransferEncoding::encoded), encoded);
    for (const std::string none : {"", "x-uuencode", "utf-8", "7 bit", "base64;", "base64 (", "8bit 7bit"})
        BOOST_TEST(!parse_transfer_encoding(none), none);
}

BOOST_AUTO_TEST_SUITE_END()
