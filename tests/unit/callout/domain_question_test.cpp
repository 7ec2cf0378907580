// SPDX-License-Identifier: BSD-2-Clause
#include "callout/domain_question.hpp"

#include <boost/test/unit_test.hpp>

#include "dns/zone_resolver.hpp"

using namespace postern;
using namespace postern::callout;

namespace domain_question_tests {

using Kind = Answer::Kind;

constexpr const char* kZone =
    "mail.example. MX 10 mx.mail.example.\n"
    "null.example. MX 0 .\n"
    "host.example. A 192.0.2.1\n"
    "text.example. PTR other.example.\n";

DomainQuestion about(const char* domain) { return {*mail::Domain::parse(domain)}; }

Kind answer_on(const char* domain) {
    dns::ZoneResolver zone(*dns::parse_zone_file(kZone, "zone"));
    return answer_to(about(domain), zone).kind;
}

/// The DNS when it does not answer.
class Silence final : public dns::Resolver {
public:
    Result<dns::Lookup<dns::MxRecord>> mail_exchangers(const std::string&) override { return trouble(); }
    Result<dns::Lookup<IpAddress>> addresses(const std::string&, IpAddress::Family) override {
        return trouble();
    }
    Result<dns::Lookup<std::string>> names_of(const IpAddress&) override { return trouble(); }

private:
    static Error trouble() { return Error(Fault::temporary, "no answer"); }
};

}  // namespace domain_question_tests

BOOST_AUTO_TEST_SUITE(domain_question_tests)

BOOST_AUTO_TEST_CASE(a_question_is_read_as_it_was_written) {
    for (const auto& question : {about("example.org"), about("xn--grn-ioa.example")}) {
        BOOST_TEST((parse_domain_question(to_packet(question)) == question));
        BOOST_TEST(!parse_question(to_packet(question)));
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_question_is_none) {
    for (const char* packet : {"", "?", "? ", "?example.org", "example.org", "? no domain", "? ..",
                               "in.example 25 - bob@example.org"})
        BOOST_TEST(!parse_domain_question(packet), packet);
}

BOOST_AUTO_TEST_CASE(a_domain_takes_mail_by_its_mx_or_its_address) {
    BOOST_TEST((answer_on("mail.example") == Kind::accepted));
    BOOST_TEST((answer_on("host.example") == Kind::accepted));
}

BOOST_AUTO_TEST_CASE(a_null_mx_takes_none) { BOOST_TEST((answer_on("null.example") == Kind::refused)); }

BOOST_AUTO_TEST_CASE(a_domain_that_is_not_there_is_unknown) {
    BOOST_TEST((answer_on("nowhere.example") == Kind::unknown));
    BOOST_TEST((answer_on("text.example") == Kind::unknown));
}

BOOST_AUTO_TEST_CASE(trouble_with_the_dns_decides_nothing) {
    Silence silence;
    const auto answer = answer_to(about("mail.example"), silence);
    BOOST_TEST((answer == Answer{Kind::undecided, "no answer"}));
}

BOOST_AUTO_TEST_SUITE_END()
