// SPDX-License-Identifier: BSD-2-Clause
#include "mail/date.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern;
namespace data = boost::unit_test::data;

namespace {

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

}  // namespace

BOOST_AUTO_TEST_SUITE(date_tests)

BOOST_DATA_TEST_CASE(dates_are_written_as_mail_wants_them, data::make(kDates), row) {
    BOOST_TEST(mail::format_date(*parse_rfc3339(row.rfc3339)) == row.written);
}

BOOST_AUTO_TEST_SUITE_END()
