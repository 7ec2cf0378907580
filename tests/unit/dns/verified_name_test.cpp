// SPDX-License-Identifier: BSD-2-Clause
#include "dns/verified_name.hpp"

#include <map>

#include <boost/test/unit_test.hpp>

using namespace postern;

namespace verified_name_test {

/// Names of one address, and addresses of names; a name in `troubled` cannot be looked up.
class FakeDns : public dns::Resolver {
public:
    std::vector<std::string> names;
    std::map<std::string, std::string> address_of;
    std::string troubled;
    bool has_no_answer = false;
    int questions = 0;

    Result<dns::Lookup<dns::MxRecord>> mail_exchangers(const std::string&) override {
        return Error(Fault::internal, "nobody asks for this");
    }
    Result<dns::Lookup<IpAddress>> addresses(const std::string& host, IpAddress::Family) override {
        ++questions;
        using Found = dns::Lookup<IpAddress>;
        if (host == troubled) return Error(Fault::temporary, "SERVFAIL");
        if (!address_of.contains(host)) return Found{Found::Kind::no_such_name};
        return Found{Found::Kind::found, {*IpAddress::parse(address_of.at(host))}};
    }
    Result<dns::Lookup<std::string>> names_of(const IpAddress&) override {
        using Found = dns::Lookup<std::string>;
        if (has_no_answer) return Error(Fault::temporary, "no answer");
        return names.empty() ? Found{Found::Kind::no_such_name} : Found{Found::Kind::found, names};
    }

    Result<std::string> verified(std::string_view ip) {
        return dns::verified_name(*this, *IpAddress::parse(ip));
    }
};

}  // namespace verified_name_test

BOOST_FIXTURE_TEST_SUITE(verified_name_test, verified_name_test::FakeDns)

BOOST_AUTO_TEST_CASE(a_name_that_leads_back_is_verified) {
    names = {"office.example.net"};
    address_of["office.example.net"] = "192.0.2.7";
    BOOST_TEST(*verified("192.0.2.7") == "office.example.net");
}

BOOST_AUTO_TEST_CASE(a_name_that_leads_elsewhere_or_nowhere_is_not) {
    names = {"office.example.net", "gone.example.net"};
    address_of["office.example.net"] = "192.0.2.8";
    BOOST_TEST(*verified("192.0.2.7") == "");
}

BOOST_AUTO_TEST_CASE(any_of_several_names_will_do) {
    names = {"wrong.example.net", "office.example.net"};
    address_of["office.example.net"] = "2001:db8::7";
    BOOST_TEST(*verified("2001:db8::7") == "office.example.net");
}

BOOST_AUTO_TEST_CASE(an_address_without_name_is_no_trouble) { BOOST_TEST(*verified("192.0.2.7") == ""); }

BOOST_AUTO_TEST_CASE(trouble_is_told_unless_another_name_is_good) {
    names = {"troubled.example.net"};
    troubled = "troubled.example.net";
    BOOST_TEST(!verified("192.0.2.7"));
    names.push_back("office.example.net");
    address_of["office.example.net"] = "192.0.2.7";
    BOOST_TEST(*verified("192.0.2.7") == "office.example.net");
    has_no_answer = true;
    BOOST_TEST(!verified("192.0.2.7"));
}

BOOST_AUTO_TEST_CASE(a_long_list_of_names_keeps_nobody_busy) {
    names.assign(500, "wrong.example.net");
    BOOST_TEST(*verified("192.0.2.7") == "");
    BOOST_TEST(questions <= 5);
}

BOOST_AUTO_TEST_SUITE_END()
