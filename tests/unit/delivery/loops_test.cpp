// SPDX-License-Identifier: BSD-2-Clause
// Messages that were here before: Delivered-To: tells.
#include "office.hpp"

using namespace postern;
using test::Names;
using test::Office;

namespace loops_tests {

struct Loops : Office {
    /// Does a message with this header fail as a loop?
    bool is_loop(const std::string& recipient, const std::string& header) {
        queue({recipient}, header + "Subject: hi\r\n\r\nDelivered-To: in-the-body@example.org\r\n");
        good_pass();
        bool found = false;
        for (const std::string& path : queued("")) {  // the report, or the part for another host
            const std::string text = *files.content(path);
            found = found || text.find("Status: 5.4.6") != std::string::npos;
            BOOST_REQUIRE(files.unlink(path));
        }
        return found;
    }
};

}  // namespace loops_tests

BOOST_FIXTURE_TEST_SUITE(loops_tests, loops_tests::Loops)

BOOST_AUTO_TEST_CASE(a_name_is_delivered_to_or_expanded_once) {
    accounts.add_alias("ringo@example.org", {"x@example.net"});
    accounts.add_account("bob@example.org", {"x@example.net"});
    accounts.add_account("in-the-body@example.org");
    const struct {
        const char* recipient;
        const char* header;
        bool is_loop;
    } table[] = {
        {"alice@example.org", "", false},
        {"alice@example.org", "Delivered-To: alice@example.org\r\n", true},
        {"alice@example.org", "Received: x\r\ndelivered-to:ALICE@Example.ORG \r\n", true},
        {"alice@example.org", "Delivered-To:\r\n\talice@example.org\r\n", true},
        {"alice@example.org", "Delivered-To: carol@example.org\r\n", false},
        {"alice@example.org", "Delivered-To: alice@example.net\r\n", false},
        {"alice@example.org", "Delivered-To: no address\r\nDelivered-To: alice@example.org\r\n", true},
        {"alice@example.org", "X-Delivered-To: alice@example.org\r\n", false},
        {"in-the-body@example.org", "", false},
        {"ringo@example.org", "Delivered-To: ringo@example.org\r\n", true},
        {"ringo@example.org", "Delivered-To: x@example.net\r\n", false},
        {"bob@example.org", "Delivered-To: bob@example.org\r\n", true},
        {"x@example.net", "Delivered-To: x@example.net\r\n", false},
        {"nobody@example.org", "Delivered-To: nobody@example.org\r\n", false},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.recipient << " " << row.header)
        BOOST_TEST(is_loop(row.recipient, row.header) == row.is_loop);
    }
}

BOOST_AUTO_TEST_CASE(another_name_of_the_same_mailbox_is_the_same) {
    accounts.add_account("alice+x@example.org").mailbox = {"example.org", "alice"};
    BOOST_TEST(is_loop("alice+x@example.org", "Delivered-To: alice@example.org\r\n"));
    BOOST_TEST(is_loop("alice+x@example.org", "Delivered-To: alice+x@example.org\r\n"));
    BOOST_TEST(!is_loop("alice+x@example.org", "Delivered-To: alice+y@example.org\r\n"));
}

BOOST_AUTO_TEST_CASE(what_passed_through_too_many_names_is_in_a_loop) {
    const auto names = [](int count) {
        std::string header;
        for (int i = 0; i < count; ++i) header += "Delivered-To: x" + std::to_string(i) + "@example.net\r\n";
        return header;
    };
    BOOST_TEST(!is_loop("alice@example.org", names(100)));
    BOOST_TEST(is_loop("alice@example.org", names(101)));
}

BOOST_AUTO_TEST_CASE(a_header_of_any_size_is_read) {
    const std::string name = "Delivered-To: alice@example.org\r\n";
    for (const std::size_t octets : {4000u, 4096u, 100'000u})
        for (std::size_t shift = 0; shift < name.size(); shift += 5)
            BOOST_TEST(
                is_loop("alice@example.org", "X: " + std::string(octets - shift, 'x') + "\r\n" + name));
    BOOST_TEST(!is_loop("alice@example.org", "Delivered-To: " + std::string(100'000, 'x') + "\r\n"));
}

BOOST_AUTO_TEST_CASE(only_the_recipient_that_goes_round_fails) {
    accounts.add_alias("all@example.org", {"alice@example.org", "carol@example.org"});
    queue({"all@example.org"}, "Delivered-To: alice@example.org\r\n\r\n");
    good_pass();
    BOOST_TEST(copies("alice") == 0u);
    BOOST_TEST(copies("carol") == 1u);
    BOOST_TEST(queued("received").size() == 1u);  // the report
}

BOOST_AUTO_TEST_SUITE_END()
