// SPDX-License-Identifier: BSD-2-Clause
#include "base/base64.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

namespace base64 {

struct Vector {
    std::string_view octets;
    std::string_view encoded;
};

std::ostream& operator<<(std::ostream& out, const Vector& vector) { return out << vector.octets; }

// RFC 4648 §10, and all that is beyond the letters.
const Vector kVectors[] = {{"", ""},
                           {"f", "Zg=="},
                           {"fo", "Zm8="},
                           {"foo", "Zm9v"},
                           {"foob", "Zm9vYg=="},
                           {"fooba", "Zm9vYmE="},
                           {"foobar", "Zm9vYmFy"},
                           {"\xfb\xef\xff", "++//"}};

const std::string_view kNone[] = {"Z",    "Zg",    "Zg=",      "Zg===",    "Zm8",  "Zh==", "Zm9=",  "=",
                                  "====", "Zm9v=", "Zm9v====", "Zg==Zg==", "Z m9", "Zm-_", " Zg==", "Zg==\n"};

}  // namespace base64

BOOST_AUTO_TEST_SUITE(base64)

BOOST_DATA_TEST_CASE(vectors_of_rfc_4648, boost::unit_test::data::make(kVectors), vector) {
    BOOST_TEST(to_base64(vector.octets) == vector.encoded);
    BOOST_TEST(from_base64(vector.encoded).value_or("none") == vector.octets);
}

BOOST_DATA_TEST_CASE(no_other_text_stands_for_octets, boost::unit_test::data::make(kNone), text) {
    BOOST_TEST(!from_base64(text));
}

BOOST_AUTO_TEST_SUITE_END()
