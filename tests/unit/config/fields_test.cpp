// SPDX-License-Identifier: BSD-2-Clause
#include "config/fields.hpp"

#include <set>

#include <boost/test/unit_test.hpp>

using namespace postern;
using namespace postern::config;

namespace fields_tests {

/// Values just inside and just outside of what a field allows.
bool allows(std::string_view name, const Value& value) {
    const Field* field = find_field(name);
    BOOST_REQUIRE(field != nullptr);
    return is_allowed(field->type, field->bounds, value);
}
Value text(const char* words) { return Value::of_text(words); }
Value number(std::uint64_t n) { return Value::of_number(n); }

}  // namespace fields_tests

BOOST_AUTO_TEST_SUITE(fields_tests)

BOOST_AUTO_TEST_CASE(names_are_unique_and_no_setting_is_a_section) {
    std::set<std::string_view> names;
    for (const Field& field : all_fields()) {
        BOOST_TEST(names.insert(field.name).second, field.name);
        BOOST_TEST(!is_section(field.name), field.name);
        BOOST_TEST(!field.help.empty());
    }
    BOOST_TEST(is_section("relay"));
    BOOST_TEST(is_section("relay.gateway"));
    BOOST_TEST(!is_section("rel"));
    BOOST_TEST(!is_section(""));
}

BOOST_AUTO_TEST_CASE(every_default_is_allowed) {
    for (const Field& field : all_fields()) {
        const Value value = default_of(field);
        if (value.kind != Value::Kind::null)
            BOOST_TEST(is_allowed(field.type, field.bounds, value), field.name << " " << to_json(value));
    }
}

BOOST_AUTO_TEST_CASE(bounds_are_inclusive) {
    BOOST_TEST(allows("limits.recipients", number(100)));
    BOOST_TEST(!allows("limits.recipients", number(99)));
    BOOST_TEST(allows("limits.recipients", number(100'000)));
    BOOST_TEST(!allows("limits.recipients", number(100'001)));
    BOOST_TEST(!allows("limits.recipients", text("100")));
    BOOST_TEST(allows("queue.interval", text("1m")));
    BOOST_TEST(!allows("queue.interval", text("59s")));
    BOOST_TEST(!allows("queue.interval", number(1)));
    BOOST_TEST(!allows("queue.interval", text("30")));
}

BOOST_AUTO_TEST_CASE(the_fields_of_a_section_stand_together) {
    std::set<std::string_view> ended;
    std::string_view current;
    for (const Field& field : all_fields()) {
        const auto section = field.name.substr(0, field.name.find('.'));
        if (section == current) continue;
        BOOST_TEST(ended.insert(current).second, current);
        BOOST_TEST(!ended.contains(section), section);  // smtpctl would print it twice
        current = section;
    }
}

BOOST_AUTO_TEST_CASE(networks_are_addresses_and_ranges) {
    const auto list = [](std::vector<Value> elements) { return Value::of_list(std::move(elements)); };
    BOOST_TEST(allows("server.proxies", list({})));
    BOOST_TEST(allows("server.proxies", list({text("192.0.2.1"), text("2001:db8::/32")})));
    BOOST_TEST(!allows("server.proxies", list({text("192.0.2.1/24")})));  // bits behind the prefix
    BOOST_TEST(!allows("server.proxies", list({text("proxy.example.org")})));
    BOOST_TEST(!allows("server.proxies", text("192.0.2.1")));
    BOOST_TEST(to_networks(list({text("192.0.2.0/24")})).at(0).to_string() == "192.0.2.0/24");
}

BOOST_AUTO_TEST_CASE(a_decimal_may_be_whole) {
    BOOST_TEST(allows("queue.growth", Value::of_decimal(1.5)));
    BOOST_TEST(allows("queue.growth", number(1)));
    BOOST_TEST(allows("queue.growth", number(10)));
    BOOST_TEST(!allows("queue.growth", Value::of_decimal(0.99)));
    BOOST_TEST(!allows("queue.growth", Value::of_decimal(10.01)));
    BOOST_TEST(!allows("queue.growth", text("1.5")));
    BOOST_TEST(!allows("queue.max_tries", Value::of_decimal(1.5)));
    BOOST_TEST(to_json(Value::of_decimal(1.5)) == "1.5");
    BOOST_TEST(to_decimal(number(2)) == 2.0);
}

BOOST_AUTO_TEST_CASE(words_are_a_list_of_at_least_one) {
    BOOST_TEST(allows("filter.services", Value::of_list({text("smtp"), text("submission")})));
    BOOST_TEST(!allows("filter.services", Value::of_list({})));
    BOOST_TEST(!allows("filter.services", Value::of_list({text("two words")})));
    BOOST_TEST(!allows("filter.services", Value::of_list({number(1)})));
    BOOST_TEST(!allows("filter.services", text("smtp")));
}

BOOST_AUTO_TEST_CASE(names_addresses_and_lists_are_checked) {
    BOOST_TEST(allows("server.hostname", text("mx.example.org")));
    BOOST_TEST(!allows("server.hostname", text("mx_1.example.org")));
    BOOST_TEST(!allows("server.hostname", text("")));
    BOOST_TEST(allows("relay.gateway.host", text("192.0.2.1")));
    BOOST_TEST(allows("dns.servers", Value::of_list({text("192.0.2.1@5353"), text("2001:db8::1")})));
    BOOST_TEST(allows("dns.servers", Value::of_list({})));
    BOOST_TEST(!allows("dns.servers", text("192.0.2.1")));
    BOOST_TEST(!allows("dns.servers", Value::of_list({text("192.0.2.1@0")})));
    BOOST_TEST(!allows("dns.servers", Value::of_list({text("ns.example.org")})));
    BOOST_TEST(!allows("server.addresses", Value::of_list({text("192.0.2.1@25")})));
    BOOST_TEST(!allows("server.addresses", Value::of_list({number(1)})));
}

BOOST_AUTO_TEST_CASE(choices_and_file_names_are_checked) {
    BOOST_TEST(allows("log.level", text("warning")));
    BOOST_TEST(!allows("log.level", text("warn")));
    BOOST_TEST(!allows("log.level", text("warning notice")));
    BOOST_TEST(!allows("log.level", text("")));
    BOOST_TEST(allows("tls.authorities", text("/etc/ssl/ca.pem")));
    BOOST_TEST(!allows("tls.authorities", text("ca.pem")));
    BOOST_TEST(!allows("dns.trust_anchor", text("")));
    BOOST_TEST(allows("log.file", text("sys%m%d.txt")));
    BOOST_TEST(!allows("log.file", text("../%Y.log")));
    BOOST_TEST(!allows("log.file", text("")));
    BOOST_TEST(!allows("directories.spool", text("")));
}

BOOST_AUTO_TEST_SUITE_END()
