// SPDX-License-Identifier: BSD-2-Clause
#include "config/check.hpp"

#include <boost/test/unit_test.hpp>

#include "config/load.hpp"
#include "support/forwarding_files.hpp"
#include "support/memory_files.hpp"

using namespace postern;

namespace check_tests {

config::Config config_of(const char* text) {
    return config::interpret(*config::Document::parse(text, "c.json"), "/srv").config;
}

struct Places {
    test::MemoryFiles files;
    config::Config config = config_of("{}");

    Places() {
        for (const char* name : {"domains", "secrets", "mail", "state", "tls", "log", "run"})
            files.make_directories(std::string("/srv/") + name);
        for (const std::string& path : config::spool_directories(config)) files.make_directories(path);
        for (const char* name : {"quarantine", "requests"})
            files.make_directories(std::string("/srv/spool/") + name);
    }
};

/// One directory lies on another file system.
class ElsewhereFiles final : public test::ForwardingFiles {
public:
    ElsewhereFiles(sys::FileSystem& files, std::string path)
        : ForwardingFiles(files), path_(std::move(path)) {}
    Result<sys::FileInfo> info(const std::string& path) override {
        auto info = files_.info(path);
        if (info && path == path_) ++info->device;
        return info;
    }

private:
    std::string path_;
};

}  // namespace check_tests

BOOST_AUTO_TEST_SUITE(check_tests)

BOOST_AUTO_TEST_CASE(a_userland_of_an_older_version_is_worked_on_and_complained_of) {
    Places places;
    for (const char* name : {"quarantine", "requests"}) {
        BOOST_REQUIRE(bool(places.files.remove_directory(std::string("/srv/spool/") + name)));
        BOOST_TEST(
            bool(config::expect_one_file_system(places.files, config::spool_directories(places.config))));
        BOOST_TEST(config::check_places(places.files, places.config).size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(a_filter_has_a_host) {
    BOOST_TEST(config::check_together(config_of(R"({"filter": {"host": "127.0.0.1"}})")).empty());
    BOOST_TEST(config::check_together(config_of(R"({"filter": {"port": 10025}})")).size() == 1u);
    BOOST_TEST(config::check_together(config_of(R"({"filter": {"services": ["smtp"]}})")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_gateway_is_for_something) {
    const auto problems = [](const std::string& relay) {
        return config::check_together(config_of(("{\"relay\": {" + relay + "}}").c_str())).size();
    };
    const std::string gateway = R"("gateway": {"host": "g.example"})";
    BOOST_TEST(problems("") == 0u);
    BOOST_TEST(problems(gateway + R"(, "always": true)") == 0u);
    BOOST_TEST(problems(gateway + R"(, "tries_before_gateway": 3)") == 0u);
    BOOST_TEST(problems(gateway) == 1u);
    BOOST_TEST(problems(gateway + R"(, "always": true, "tries_before_gateway": 3)") == 1u);
    BOOST_TEST(problems(R"("always": true)") == 1u);
    BOOST_TEST(problems(R"("tries_before_gateway": 3)") == 1u);
    BOOST_TEST(problems(R"("gateway": {"port": 25}, "always": true)") == 1u);
}

BOOST_AUTO_TEST_CASE(a_default_host_has_a_name) {
    BOOST_TEST(
        config::check_together(config_of(R"({"local": {"default_host": {"host": "x.example"}}})")).empty());
    BOOST_TEST(config::check_together(config_of(R"({"local": {"default_host": {"port": 25}}})")).size() ==
               1u);
}

BOOST_AUTO_TEST_CASE(an_interval_that_does_not_count_is_remarked_on) {
    BOOST_TEST(config::remarks_on(config_of("{}")).empty());
    BOOST_TEST(config::remarks_on(config_of(R"({"queue": {"interval": "6h"}})")).size() == 1u);
    BOOST_TEST(
        config::remarks_on(config_of(R"({"queue": {"interval": "6h", "max_interval": "6h"}})")).empty());
}

BOOST_FIXTURE_TEST_CASE(a_complete_tree_has_no_problems, Places) {
    BOOST_TEST(config::check_places(files, config).empty());
}

BOOST_FIXTURE_TEST_CASE(what_is_missing_or_no_directory_is_told, Places) {
    BOOST_REQUIRE(files.remove_directory("/srv/run"));
    BOOST_REQUIRE(files.remove_directory("/srv/spool/hold"));
    BOOST_REQUIRE(files.remove_directory("/srv/mail"));
    files.put("/srv/mail", "");
    const auto problems = config::check_places(files, config);
    BOOST_REQUIRE(problems.size() == 3u);
    BOOST_TEST(problems[0] == "/srv/mail is no directory");
    BOOST_TEST(problems[1].starts_with("/srv/run does not exist"));
    BOOST_TEST(problems[2].starts_with("/srv/spool/hold does not exist"));
}

BOOST_FIXTURE_TEST_CASE(a_spool_on_two_file_systems_is_told, Places) {
    ElsewhereFiles elsewhere(files, "/srv/spool/received/now");
    const auto problems = config::check_places(elsewhere, config);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(
        problems[0] ==
        "/srv/spool/received/now is on another file system than /srv/spool; all of the spool must be on one");
}

BOOST_AUTO_TEST_SUITE_END()
