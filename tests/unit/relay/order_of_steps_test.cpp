// SPDX-License-Identifier: BSD-2-Clause
// Outcomes are recorded before the next step, whatever that step is (postern-spool(5), A TRY).
#include <functional>

#include "unit/relay/pass_fixture.hpp"

namespace postern::relay {

namespace order_of_steps_tests {

/// Hands questions on, and has a look round before each.
class WatchingResolver final : public dns::Resolver {
public:
    WatchingResolver(dns::Resolver& resolver, std::function<void(const std::string&)> watch)
        : resolver_(resolver), watch_(std::move(watch)) {}

    Result<dns::Lookup<dns::MxRecord>> mail_exchangers(const std::string& domain) override {
        watch_(domain);
        return resolver_.mail_exchangers(domain);
    }
    Result<dns::Lookup<IpAddress>> addresses(const std::string& host, IpAddress::Family family) override {
        return resolver_.addresses(host, family);
    }
    Result<dns::Lookup<std::string>> names_of(const IpAddress& address) override {
        return resolver_.names_of(address);
    }

private:
    dns::Resolver& resolver_;
    std::function<void(const std::string&)> watch_;
};

}  // namespace order_of_steps_tests

BOOST_FIXTURE_TEST_SUITE(order_of_steps_tests, PassFixture)

// A look-up may take a minute, in which a runner may be killed.
BOOST_AUTO_TEST_CASE(what_one_host_said_is_recorded_before_the_next_name_is_looked_up) {
    auto& first = network.host("192.0.2.10");
    network.host("192.0.2.20");
    queue({"bob@a.example", "eve@b.example"});
    bool has_looked = false;
    WatchingResolver watching(resolver, [&](const std::string& domain) {
        if (domain != "b.example") return;
        has_looked = true;
        BOOST_TEST(first.contents.size() == 1u);
        BOOST_TEST((left(0).state == spool::RecipientHistory::State::delivered));
    });
    const runner::Tools tools{spool.files, spool.layout, spool.clock, log};
    runner::Worker worker(tools, {}, "mxrun");
    const Parts parts{tools, worker, accounts, watching, randomness, network, errands()};
    test::must(run_pass(parts, options, told_to_stop));
    BOOST_TEST(has_looked);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace postern::relay
