// SPDX-License-Identifier: BSD-2-Clause
#include "callout/helper.hpp"

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>

#include "dns/zone_resolver.hpp"

using namespace postern;
using namespace postern::callout;

namespace helper_tests {

std::unique_ptr<dns::Resolver> empty_zone() {
    return std::make_unique<dns::ZoneResolver>(*dns::parse_zone_file("", "zone"));
}

Question question(const char* host) { return {{host, 25}, *mail::Address::parse("bob@example.org")}; }

}  // namespace helper_tests

BOOST_AUTO_TEST_SUITE(helper_tests)

BOOST_AUTO_TEST_CASE(questions_are_answered_in_another_process_that_leaves_nothing_behind) {
    {
        auto helper = Helper::start({}, empty_zone);
        BOOST_REQUIRE(helper);
        for (const char* host : {"gone.example", "lost.example"})
            BOOST_TEST((helper->ask(question(host)) ==
                        Answer{Answer::Kind::undecided, std::string(host) + " has no address"}));
    }
    BOOST_TEST(::waitpid(-1, nullptr, WNOHANG) == -1);  // no child, no zombie
}

BOOST_AUTO_TEST_CASE(a_helper_that_has_died_is_undecided_and_nothing_worse) {
    auto helper = Helper::start({}, []() -> std::unique_ptr<dns::Resolver> {
        (void)::raise(SIGKILL);
        return nullptr;
    });
    BOOST_REQUIRE(helper);
    for (int i = 0; i < 2; ++i)
        BOOST_TEST((helper->ask(question("x.example")).kind == Answer::Kind::undecided));
}

BOOST_AUTO_TEST_CASE(what_is_no_question_ends_the_helper) {
    auto ends = sys::PacketEnd::make_pair();
    BOOST_REQUIRE(ends);
    const auto resolver = empty_zone();
    const Options options;
    Caller caller(*resolver, {}, options);
    BOOST_REQUIRE(ends->first.send("x.example 25 nonsense"));
    answer_questions(ends->second, caller, *resolver);  // returns
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
