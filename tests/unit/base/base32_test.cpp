// SPDX-License-Identifier: BSD-2-Clause
#include "base/base32.hpp"

#include <string_view>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;

namespace base32 {

struct Vector {
    std::string_view octets;
    std::string_view encoded;
};

std::ostream& operator<<(std::ostream& out, const Vector& vector) { return out << vector.octets; }

// RFC 4648 §10, in lower case and without padding.
const Vector kVectors[] = {{"", ""},
                           {"f", "my"},
                           {"fo", "mzxq"},
                           {"foo", "mzxw6"},
                           {"foob", "mzxw6yq"},
                           {"fooba", "mzxw6ytb"},
                           {"foobar", "mzxw6ytboi"}};

std::string encode(std::string_view octets) {
    return to_base32({reinterpret_cast<const unsigned char*>(octets.data()), octets.size()});
}

}  // namespace base32

BOOST_AUTO_TEST_SUITE(base32)

BOOST_DATA_TEST_CASE(vectors_of_rfc_4648, boost::unit_test::data::make(kVectors), vector) {
    BOOST_TEST(encode(vector.octets) == vector.encoded);
}

BOOST_AUTO_TEST_CASE(a_message_id_has_26_characters) {
    BOOST_TEST(encode(std::string(16, '\xff')) == "77777777777777777777777774");
    BOOST_TEST(encode(std::string(16, '\0')) == std::string(26, 'a'));
}

BOOST_AUTO_TEST_SUITE_END()
