// SPDX-License-Identifier: BSD-2-Clause
#include "config/load.hpp"

#include <cerrno>

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"

using namespace postern;
using namespace std::chrono_literals;

namespace load_tests {

config::Config load(const std::string& text) {
    test::MemoryFiles files;
    files.put("/srv/config.json", text);
    auto config = config::load(files, "/srv");
    BOOST_REQUIRE_MESSAGE(static_cast<bool>(config), (config ? "" : config.error().what()));
    return *config;
}

std::string error_of(const std::string& text) {
    test::MemoryFiles files;
    files.put("/srv/config.json", text);
    const auto config = config::load(files, "/srv");
    return config ? "" : config.error().what();
}

struct Wrong {
    const char* text;
    const char* what;
};
std::ostream& operator<<(std::ostream& out, const Wrong& wrong) { return out << wrong.text; }

const Wrong kWrong[] = {
    {"{\n  \"relay\": {\"alway\": true}}",
     "/srv/config.json:2:13: unknown setting 'relay.alway'; did you mean 'relay.always'?"},
    {"{\"xyzzy\": 1}", "/srv/config.json:1:2: unknown setting 'xyzzy'"},
    {"{\"relay\": 3}", "/srv/config.json:1:2: 'relay' is a section: { … }"},
    {"{\"limits\": {\"recipients\": 5}}",
     "/srv/config.json:1:13: 'limits.recipients' must be a whole number from 100 to 100000"},
    {"{\"limits\": {\"recipients\": {}}}",
     "/srv/config.json:1:13: 'limits.recipients' must be a whole number from 100 to 100000"},
    {"{\"limits\": {\"recipients\": null}}",
     "/srv/config.json:1:13: 'limits.recipients' must be a whole number from 100 to 100000"},
    {"{\"queue\": {\"interval\": 30}}",
     "/srv/config.json:1:12: 'queue.interval' must be a duration from \"1m\" to \"1w\""},
    {"{\"queue\": {\"growth\": 0.5}}", "/srv/config.json:1:12: 'queue.growth' must be a number from 1 to 10"},
    {"{\"log\": {\"target\": \"paper\"}}",
     "/srv/config.json:1:10: 'log.target' must be one of: file syslog server none"},
};

}  // namespace load_tests

BOOST_AUTO_TEST_SUITE(load_tests)

BOOST_AUTO_TEST_CASE(without_settings_the_defaults_count) {
    const config::Config config = load("{}");
    BOOST_TEST(config.server.hostname == "localhost");
    BOOST_TEST(config.server.limits.recipients == 1000u);
    BOOST_TEST((config.runner.interval == 30min));
    BOOST_TEST(config.runner.growth == 1.5);
    BOOST_TEST((config.runner.max_interval == 4h));
    BOOST_TEST(config.runner.max_tries == 0u);
    BOOST_TEST((config.runner.max_age == 120h));
    BOOST_TEST((config.runner.warn_after == 4h));
    BOOST_TEST(config.runner.templates_directory == "/srv/templates");
    BOOST_TEST(!config.relay.gateway);
    BOOST_TEST(config.relay.port == 25);
    BOOST_TEST(config.directories.spool == "/srv/spool");
    BOOST_TEST(config.accounts.passwords_directory == "/srv/secrets/passwords");
    BOOST_TEST(config.delivery.mail_directory == "/srv/mail");
    BOOST_TEST(config.log.directory == "/srv/log");
    BOOST_TEST((config.log.level == Severity::info));
}

BOOST_AUTO_TEST_CASE(without_a_default_domain_the_postmaster_is_that_of_the_hosts_domain) {
    for (const auto& [host, domain] : {std::pair{"mx.example.org", "example.org"},
                                       {"example.org", "example.org"},
                                       {"localhost", "localhost"}})
        BOOST_TEST(load("{\"server\": {\"hostname\": \"" + std::string(host) + "\"}}")
                       .runner.postmaster->to_string() == "postmaster@" + std::string(domain));
}

BOOST_AUTO_TEST_CASE(every_setting_arrives_where_it_counts) {
    const config::Config config = load(R"({
        // all of them
        "server": {"hostname": "mx.example.org", "addresses": ["192.0.2.1", "2001:db8::1"]},
        "limits": {"message_size": 2000, "recipients": 200, "hops": 30, "bad_commands": 3, "idle": "1m", "session": "2h"},
        "queue": {"interval": "5m", "growth": 2.25, "max_interval": "3h", "max_tries": 20, "max_age": "2d",
                  "warn_after": "0", "max_crashes": 9},
        "relay": {"gateway": {"host": "gw.example.net", "port": 587}, "always": true, "port": 2525,
                  "connect_timeout": "7s", "concurrency": 7, "per_host": 3},
        "dns": {"servers": ["127.0.0.1@5353", "192.0.2.53"]},
        "local": {"default_domain": "Example.org"},
        "log": {"target": "none", "file": "x.log", "level": "debug", "format": "json"},
        "directories": {"domains": "/etc/d", "secrets": "s", "mail": "/m", "spool": "/var/spool", "state": "st",
                        "templates": "/etc/t", "log": "/var/log", "run": "/run/p"}})");
    BOOST_TEST(config.server.hostname == "mx.example.org");
    BOOST_TEST(config.relay.hostname == "mx.example.org");
    BOOST_TEST(config.runner.hostname == "mx.example.org");
    BOOST_TEST(config.policy.hostname == "mx.example.org");
    BOOST_TEST(config.relay.server_addresses.size() == 2u);
    BOOST_TEST(config.policy.server_addresses.size() == 2u);
    BOOST_TEST(config.server.limits.message_size == 2000u);
    BOOST_TEST(config.server.limits.recipients == 200u);
    BOOST_TEST(config.server.limits.hops == 30u);
    BOOST_TEST(config.server.limits.bad_commands == 3u);
    BOOST_TEST((config.server.command_timeout == 1min));
    BOOST_TEST((config.server.session == 2h));
    BOOST_TEST((config.runner.interval == 5min));
    BOOST_TEST(config.runner.growth == 2.25);
    BOOST_TEST((config.runner.max_interval == 3h));
    BOOST_TEST(config.runner.max_tries == 20u);
    BOOST_TEST((config.runner.max_age == 48h));
    BOOST_TEST((config.runner.warn_after == 0h));
    BOOST_TEST(config.runner.postmaster->to_string() == "postmaster@example.org");
    BOOST_TEST(config.runner.templates_directory == "/etc/t");
    BOOST_TEST(config.runner.max_crashes == 9u);
    BOOST_REQUIRE(config.relay.gateway.has_value());
    BOOST_TEST(config.relay.gateway->host == "gw.example.net");
    BOOST_TEST(config.relay.gateway->port == 587);
    BOOST_TEST(config.relay.always);
    BOOST_TEST(config.relay.port == 2525);
    BOOST_TEST((config.relay.connect_timeout == 7s));
    BOOST_TEST(config.relay.concurrency == 7u);
    BOOST_TEST(config.relay.per_host == 3u);
    BOOST_REQUIRE(config.relay.dns_servers.size() == 2u);
    BOOST_TEST(config.relay.dns_servers[0].port == 5353);
    BOOST_TEST(config.relay.dns_servers[1].port == 53);
    BOOST_TEST(config.accounts.default_domain->text() == "example.org");
    BOOST_TEST(config.policy.default_domain->text() == "example.org");
    BOOST_TEST((config.log.target == sys::LogTarget::none));
    BOOST_TEST(config.log.file == "x.log");
    BOOST_TEST((config.log.level == Severity::debug));
    BOOST_TEST((config.log.format == sys::LogFormat::json));
    BOOST_TEST(config.log.directory == "/var/log");
    BOOST_TEST(config.accounts.domains_directory == "/etc/d");
    BOOST_TEST(config.accounts.passwords_directory == "/srv/s/passwords");
    BOOST_TEST(config.delivery.mail_directory == "/m");
    BOOST_TEST(config.directories.spool == "/var/spool");
    BOOST_TEST(config.directories.state == "/srv/st");
    BOOST_TEST(config.directories.run == "/run/p");
}

BOOST_DATA_TEST_CASE(what_is_wrong_is_told_with_its_place_and_what_is_allowed,
                     boost::unit_test::data::make(kWrong), wrong) {
    BOOST_TEST(error_of(wrong.text) == wrong.what);
}

BOOST_AUTO_TEST_CASE(an_empty_missing_or_unreadable_file_is_an_error) {
    BOOST_TEST(error_of("").starts_with("/srv/config.json is empty"));
    test::MemoryFiles files;
    BOOST_TEST(config::load(files, "/srv").failed_with(Fault::configuration));
    files.put("/srv/config.json", "{}");
    files.fail_on("/srv/config.json", EACCES);
    BOOST_TEST(config::load(files, "/srv").failed_with(Fault::no_permission));
}

BOOST_AUTO_TEST_CASE(all_problems_are_found_in_one_go) {
    const auto document = config::Document::parse(
        "{\"a\": 1, \"limits\": {\"hops\": 1, \"idle\": \"5m\"}, \"log\": []}", "c.json");
    BOOST_REQUIRE(document);
    BOOST_TEST(config::interpret(*document, "/srv").problems.size() == 3u);
}

BOOST_AUTO_TEST_CASE(what_follows_from_the_place_leaves_settings_as_they_are) {
    const auto config = load(R"({"local": {"command_timeout": "7s"}})");
    BOOST_TEST((config.delivery.command_timeout == std::chrono::seconds(7)));
}

BOOST_AUTO_TEST_SUITE_END()
