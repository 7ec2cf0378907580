// SPDX-License-Identifier: BSD-2-Clause
#include "runner/content_filter.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using runner::ContentFilter;
using runner::goes_to_filter;

namespace content_filter_tests {

mail::Envelope from_service(const std::string& service) {
    mail::Envelope envelope;
    envelope.peer.service = service;
    return envelope;
}

}  // namespace content_filter_tests

BOOST_AUTO_TEST_SUITE(content_filter_tests)

BOOST_AUTO_TEST_CASE(the_service_decides) {
    const ContentFilter filter{.host = "127.0.0.1", .services = {"smtp", "submission"}};
    BOOST_TEST(goes_to_filter(filter, from_service("smtp")));
    BOOST_TEST(goes_to_filter(filter, from_service("submission")));
    BOOST_TEST(!goes_to_filter(filter, from_service("filtered")));
}

BOOST_AUTO_TEST_CASE(reports_have_no_service_and_no_filter) {
    BOOST_TEST(!goes_to_filter(ContentFilter{.host = "127.0.0.1"}, from_service("")));
}

BOOST_AUTO_TEST_CASE(without_a_filter_nothing_goes_there) {
    BOOST_TEST(!goes_to_filter(std::nullopt, from_service("smtp")));
}

BOOST_AUTO_TEST_SUITE_END()
