// SPDX-License-Identifier: BSD-2-Clause
// The example in postern-spool(5) is a real spool file: sum, chains and all.
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "spool/spool_file.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using namespace postern::spool;

namespace manual_page_tests {

/// The first literal block behind .Sh EXAMPLES, as a spool file: JSON lines are broken in the page, those of
/// the content are not.
std::string example() {
    std::ifstream page(POSTERN_SOURCE_DIR "/man/postern-spool.5");
    std::string octets;
    bool is_in_examples = false, is_in_content = false;
    for (std::string line; std::getline(page, line);) {
        if (line == ".Sh EXAMPLES") is_in_examples = true;
        if (!is_in_examples || line.starts_with(".")) {
            if (line == ".Ed" && !octets.empty()) return octets + "\n";
            continue;
        }
        if (octets.empty() && !line.starts_with("{")) continue;
        const bool is_record = line.starts_with("{\"at\""), is_content = line.starts_with("Subject:");
        if (is_content || (is_record && !is_in_content)) octets += '\n';
        if (is_content || is_record) is_in_content = is_content;
        octets += is_in_content ? line + "\r\n" : line;
    }
    return octets;
}

}  // namespace manual_page_tests

BOOST_AUTO_TEST_SUITE(manual_page_tests)

BOOST_AUTO_TEST_CASE(the_example_is_a_message_with_its_log) {
    test::MemorySpool spool;
    spool.files.put("example", example());
    const auto file = test::must(spool.files.open("example", sys::Access::read));
    const auto told = test::must(read_spool_file(*file));
    BOOST_REQUIRE(std::holds_alternative<SpoolFile>(told));
    const auto& message = std::get<SpoolFile>(told);
    BOOST_TEST(message.head.id.text() == "5hhcgqfu57w6x2plj3y6vsmv2e");
    BOOST_REQUIRE(message.log.size() == 3u);
    const Child& child = std::get<Child>(message.log[1].event);
    const std::string sum = spool.files.content("example")->substr(50, 64);
    BOOST_TEST((child.id == MessageId::derived(message.head.id, "relay", sum)));
}

BOOST_AUTO_TEST_SUITE_END()
