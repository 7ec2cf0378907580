// SPDX-License-Identifier: BSD-2-Clause
// What the helper that runs commands lets a confined process have run.
#include "delivery/command.hpp"

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::delivery;

namespace command_tests {

struct Fixture {
    accounts::Account account;
    Options options{
        .mail_directory = "/mail", .state_directory = "/state", .command_timeout = std::chrono::minutes(2)};
    sys::Command command{{"/usr/bin/filter", "-x"},
                         {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/mail/example.org/alice", "USER=alice",
                          "SENDER=bob@example.net", "RECIPIENT=alice@example.org", "DOMAIN=example.org",
                          "EXTENSION=", "POSTERN_ID=x"},
                         "/mail/example.org/alice",
                         std::chrono::minutes(2),
                         4096};

    Fixture() {
        account.mailbox = {"example.org", "alice"};
        account.method = accounts::DeliveryCommand{{"/usr/bin/filter", "-x"}};
    }
    bool is_taken() const { return is_command_of(command, account, options); }
};

}  // namespace command_tests

BOOST_FIXTURE_TEST_SUITE(command_tests, command_tests::Fixture)

BOOST_AUTO_TEST_CASE(the_accounts_own_command_is_run) { BOOST_TEST(is_taken()); }

BOOST_AUTO_TEST_CASE(other_arguments_are_not) {
    command.arguments.push_back("-y");
    BOOST_TEST(!is_taken());
    account.method = accounts::IntoMaildir{};
    BOOST_TEST(!is_taken());
}

BOOST_AUTO_TEST_CASE(another_environment_is_not) {
    const auto usual = command.environment;
    command.environment.push_back("LD_PRELOAD=/mail/example.org/alice/x.so");
    BOOST_TEST(!is_taken());
    command.environment = usual;
    command.environment[3] = "LD_PRELOAD=/mail/example.org/alice/x.so";
    BOOST_TEST(!is_taken());
    for (const char* variable :
         {"PATH=/mail/example.org/alice", "PATHS=/usr/local/bin:/usr/bin:/bin", "PATH"}) {
        command.environment = usual;
        command.environment[0] = variable;
        BOOST_TEST(!is_taken(), variable);
    }
    command.environment = usual;
    command.environment[1] = "HOME=/mail/example.org/bob";
    BOOST_TEST(!is_taken());
    command.environment = usual;
    command.environment.pop_back();
    BOOST_TEST(!is_taken());
}

BOOST_AUTO_TEST_CASE(another_place_or_more_time_is_not) {
    command.directory = "/tmp";
    BOOST_TEST(!is_taken());
    command.directory = "/mail/example.org/alice";
    command.time_limit += std::chrono::seconds(1);
    BOOST_TEST(!is_taken());
    command.time_limit = std::chrono::seconds(1);
    command.most_output = 1 << 20;
    BOOST_TEST(!is_taken());
}

BOOST_AUTO_TEST_SUITE_END()
