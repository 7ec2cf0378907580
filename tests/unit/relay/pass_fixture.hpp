// SPDX-License-Identifier: BSD-2-Clause
// All that a pass of mxrun works with, in memory: spool, clock, DNS, network.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "dns/zone_resolver.hpp"
#include "relay/pass.hpp"
#include "support/memory_spool.hpp"
#include "support/recording_log.hpp"
#include "unit/relay/fake_network.hpp"

namespace postern::relay {

class ServedDomains final : public accounts::Accounts {
public:
    Result<bool> serves(const mail::Domain& domain) const override {
        if (domain.text() == troubled) return Error(Fault::no_permission, "open domains: permission denied");
        return served.contains(domain.text());
    }
    Result<accounts::Lookup> look_up(const mail::Address& address) const override {
        const auto found = passed_on.find(address.to_string());
        return found == passed_on.end() ? accounts::Lookup{} : accounts::Lookup(found->second);
    }

    std::set<std::string> served;
    std::map<std::string, accounts::PassOn> passed_on;  ///< by address; others of served domains live here
    std::string troubled;
};

/// Answers from a zone; some names make it fail as a broken name server would.
class TroubledResolver final : public dns::Resolver {
public:
    Result<dns::Lookup<dns::MxRecord>> mail_exchangers(const std::string& domain) override {
        ++questions;
        if (troubled.contains(domain)) return Error(Fault::temporary, "SERVFAIL");
        return zone().mail_exchangers(domain);
    }
    Result<dns::Lookup<dns::MxRecord>> proven_mail_exchangers(const std::string& domain) override {
        auto answer = mail_exchangers(domain);
        if (answer) answer->is_proven = proven.contains(domain);
        return answer;
    }
    Result<dns::Lookup<IpAddress>> addresses(const std::string& host, IpAddress::Family family) override {
        if (troubled.contains(host)) return Error(Fault::temporary, "SERVFAIL");
        return zone().addresses(host, family);
    }
    Result<dns::Lookup<std::string>> names_of(const IpAddress& address) override {
        return zone().names_of(address);
    }

    std::string zone_text;
    std::set<std::string> troubled;
    std::set<std::string> proven;  ///< domains whose MX records are signed
    int questions = 0;

private:
    dns::ZoneResolver zone() const { return dns::ZoneResolver(*dns::parse_zone_file(zone_text, "zone")); }
};

struct PassFixture {
    PassFixture() {
        options.hostname = "here.example";
        options.server_addresses = {*IpAddress::parse("192.0.2.1")};
        resolver.zone_text =
            "a.example. MX 10 mx.a.example.\n"
            "mx.a.example. A 192.0.2.10\n"
            "b.example. MX 10 mx.b.example.\n"
            "mx.b.example. A 192.0.2.20\n"
            "two.example. MX 10 dead.example.\n"
            "two.example. MX 20 mx.a.example.\n"
            "dead.example. A 192.0.2.99\n"
            "null.example. MX 0 .\n"
            "loop.example. MX 10 here.example.\n"
            "here.example. A 192.0.2.1\n";
    }

    /// A message in relay/now; returns its name there.
    std::string queue(const std::vector<std::string>& to,
                      std::string_view content = "Subject: x\r\n\r\nhello\r\n",
                      std::string_view from = "alice@here.example") {
        const auto first = *mail::Address::parse(to.front());
        return queue_as(to.size() > 1 ? "+" : first.host_text(), to, content, from);
    }

    /// The same, with this in the place of the domain in its name.
    std::string queue_as(const std::string& domain, const std::vector<std::string>& to,
                         std::string_view content = "Subject: x\r\n\r\nhello\r\n",
                         std::string_view from = "alice@here.example") {
        auto envelope = spool.envelope(to, from);
        envelope.peer.service = service;
        envelope.body = body;
        envelope.requires_tls = requires_tls;
        const auto id = test::must(spool.queue(envelope, content));
        const auto name = spool::RelayName{5, id, domain}.to_string();
        auto message = spool.claim(spool.path_in_received(id));
        test::must(message.move_to(spool.layout.now(spool::Lane::relay), name));
        return name;
    }

    Status run() {
        const runner::Tools tools{spool.files, spool.layout, spool.clock, log};
        runner::Options runner_options;
        runner_options.hostname = "here.example";
        runner_options.filter = filter;
        runner::Worker worker(tools, runner_options, "mxrun");
        const Parts parts{tools, worker, accounts, resolver, randomness, network, errands()};
        return run_pass(parts, options, told_to_stop);
    }

    Errands& errands() { return slow_errands != nullptr ? *slow_errands : inline_errands; }

    void pass() {
        const auto passed = run();
        BOOST_REQUIRE_MESSAGE(passed, (passed ? "" : passed.error().what()));
    }

    /// What the only file that is left in the spool tells of a recipient.
    spool::RecipientHistory left(std::size_t recipient = 0) {
        BOOST_REQUIRE(spool.queued().size() == 1u);
        return test::must(spool::read_message(spool.files, spool.queued().front()))
            .history.recipients()[recipient];
    }

    /// The only file that is left is a bounce; its content.
    std::string bounce() {
        BOOST_REQUIRE(spool.queued().size() == 1u);
        BOOST_TEST(spool.queued().front().starts_with("spool/received/now/"));
        return spool.content(spool.queued().front());
    }

    bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

    test::MemorySpool spool;
    test::RecordingLog log;
    test::FakeRandomness randomness;
    ServedDomains accounts;
    TroubledResolver resolver;
    FakeNetwork network;
    InlineErrands inline_errands;
    Errands* slow_errands = nullptr;  ///< in place of the inline ones
    Options options;
    std::optional<runner::ContentFilter> filter;
    std::string service;                            ///< that messages have come in on
    mail::BodyType body = mail::BodyType::unknown;  ///< that is declared for what is queued
    bool requires_tls = false;                      ///< REQUIRETLS, likewise
    std::function<bool()> told_to_stop = [] { return false; };
};

}  // namespace postern::relay
