// SPDX-License-Identifier: BSD-2-Clause
#include "mail/date.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
namespace data = boost::unit_test::data;

namespace date_tests {

struct Row {
    std::string rfc3339, written;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.rfc3339; }

// Days of the week from a calendar, not from the code.
const std::vector<Row> kDates{
    {"2026-11-21T20:30:05Z", "Sat, 21 Nov 2026 20:30:05 +0000"},
    {"1970-01-01T00:00:00Z", "Thu, 1 Jan 1970 00:00:00 +0000"},
    {"2024-02-29T23:59:59.999Z", "Thu, 29 Feb 2024 23:59:59 +0000"},
    {"2000-12-31T12:00:00Z", "Sun, 31 Dec 2000 12:00:00 +0000"},
    {"2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 +0000"},
};

const std::vector<Row> kReadable{
    {"2026-11-21T20:30:05Z", "Sat, 21 Nov 2026 21:30:05 +0100"},
    {"2026-11-22T01:30:00Z", "21 nov 2026 20:30 -0500"},
    {"2026-11-21T20:30:05Z", "(now) Sat (x) , 21 Nov 2026\r\n 20 : 30:05 +0000 (UTC)\r"},
    {"1996-11-23T01:30:00Z", "Fri, 22 Nov 96 20:30 EST"},
    {"1997-11-21T16:30:00Z", "Fri, 21 Nov 97 09:30 MST"},
    {"2049-01-01T00:00:00Z", "1 Jan 49 00:00:00 GMT"},
    {"2002-01-01T00:00:00Z", "1 Jan 102 00:00 UT"},
    {"2026-01-01T00:00:00Z", "01 Jan 2026 00:00 Z"},
    {"2026-01-01T09:05:00Z", "1 Jan 2026 9:05 +0000"},
    {"2017-01-01T00:00:00Z", "Sat, 31 Dec 2016 23:59:60 +0000"},
    {"2026-01-01T00:00:00Z", "Mon, 1 Jan 2026 00:00:00 CEST"},  // neither the day nor the zone is known
};

const std::vector<std::string> kUnreadable{
    "",
    "yesterday",
    "2026-11-21 20:30:05",
    "Sat 21 Nov 2026 20:30:05 +0000",
    "Sam, 21 Nov 2026 20:30:05 +0000",
    "Sat, 31 Nov 2026 20:30:05 +0000",
    "29 Feb 2026 20:30:05 +0000",
    "0 Nov 2026 20:30:05 +0000",
    "21 Nov 2026 24:00:00 +0000",
    "21 Nov 2026 20:60:00 +0000",
    "21 Nov 2026 20:30:61 +0000",
    "21 Nov 2026 20:30:05",
    "21 Nov 2026 20:30:05 +000",
    "21 Nov 2026 20:30:05 +0060",
    "21 Nov 2026 20:30:05 +0000 (UTC",
    "21 Nov 2026 20:30:05 +0000 again",
    "21 Nov 1826 20:30:05 +0000",
    "21 Nov 6 20:30:05 +0000",
    "21 Nov 20260 20:30:05 +0000",
    "21 11 2026 20:30:05 +0000",
    "99999999999 Nov 2026 20:30:05 +0000",
    "21 Nov 2026 20 30 05 +0000",
};

}  // namespace date_tests

BOOST_AUTO_TEST_SUITE(date_tests)

BOOST_DATA_TEST_CASE(dates_are_written_as_mail_wants_them, data::make(kDates), row) {
    BOOST_TEST(mail::format_date(*parse_rfc3339(row.rfc3339)) == row.written);
}

BOOST_DATA_TEST_CASE(what_is_written_is_read_again, data::make(kDates), row) {
    const auto seconds = row.rfc3339.substr(0, 19) + "Z";
    BOOST_TEST((mail::parse_date(row.written) == parse_rfc3339(seconds)));
}

BOOST_DATA_TEST_CASE(zones_comments_and_old_forms_are_read, data::make(kReadable), row) {
    const auto read = mail::parse_date(row.written);
    BOOST_TEST_REQUIRE(read.has_value(), row.written);
    BOOST_TEST(format_rfc3339(*read, Precision::seconds) == row.rfc3339);
}

BOOST_DATA_TEST_CASE(what_is_no_date_is_not_read, data::make(kUnreadable), text) {
    BOOST_TEST(!mail::parse_date(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
