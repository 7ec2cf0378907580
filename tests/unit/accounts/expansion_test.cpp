// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/expansion.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_accounts.hpp"

using namespace postern;
using accounts::Standing;
using test::address;

namespace expansion_tests {

struct Land : test::FakeAccounts {
    Land() { serve("example.org"); }

    Result<accounts::Destination> expand(const std::string& name, Standing standing = Standing::of_envelope,
                                         std::size_t most = accounts::kMostMembers) const {
        return accounts::expand(*this, address(name), standing, most);
    }
    template <class Kind>
    bool comes_to(const std::string& name, Standing standing = Standing::of_envelope) const {
        const auto found = expand(name, standing);
        return found && std::holds_alternative<Kind>(*found);
    }
    /// "a@x b@y", or what else it comes to; "owner-l: " before those who are an owner's.
    std::string members(const std::string& name) const {
        const auto found = expand(name);
        if (!found) return "error: " + found.error().what();
        const auto* members = std::get_if<accounts::Members>(&*found);
        if (!members) return "not an alias";
        std::string text;
        for (const auto& group : members->groups) {
            if (group.owner) text += (text.empty() ? "" : " ") + group.owner->local_part() + ":";
            for (const auto& member : group.to) text += (text.empty() ? "" : " ") + member.to_string();
        }
        return text;
    }
};

}  // namespace expansion_tests

BOOST_FIXTURE_TEST_SUITE(expansion_tests, expansion_tests::Land)

BOOST_AUTO_TEST_CASE(an_account_is_its_own_mailbox) {
    add_account("alice@example.org");
    const auto found = expand("Alice@example.org");
    BOOST_REQUIRE(found);
    BOOST_TEST(std::get<accounts::Account>(*found).mailbox.to_string() == "alice@example.org");
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_no_such_user) {
    BOOST_TEST(comes_to<accounts::NoSuchUser>("nobody@example.org"));
}

BOOST_AUTO_TEST_CASE(a_domain_that_is_not_served_and_a_literal_are_remote) {
    BOOST_TEST(comes_to<accounts::Remote>("bob@example.net"));
    BOOST_TEST(comes_to<accounts::Remote>("bob@[192.0.2.1]"));
    BOOST_TEST(look_ups == 0);
}

BOOST_AUTO_TEST_CASE(a_disabled_account_is_neither_a_mailbox_nor_forwarded) {
    add_account("alice@example.org", {"bob@example.net"}).disabled = true;
    BOOST_TEST(comes_to<accounts::MailboxDisabled>("alice@example.org"));
    BOOST_TEST(comes_to<accounts::MailboxDisabled>("alice@example.org", Standing::of_expansion));
}

BOOST_AUTO_TEST_CASE(an_alias_comes_to_its_members_in_their_order) {
    add_account("alice@example.org");
    add_alias("ringo@example.org", {"bob@example.net", "alice@example.org", "carol@[192.0.2.1]"});
    BOOST_TEST(members("ringo@example.org") == "bob@example.net alice@example.org carol@[192.0.2.1]");
}

BOOST_AUTO_TEST_CASE(aliases_of_aliases_are_followed_to_their_ends) {
    add_account("alice@example.org");
    add_account("bob@example.org");
    add_alias("all@example.org", {"some@example.org", "bob@example.org"});
    add_alias("some@example.org", {"one@example.org"});
    add_alias("one@example.org", {"alice@example.org", "x@example.net"});
    BOOST_TEST(members("all@example.org") == "bob@example.org alice@example.org x@example.net");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_reached_twice_is_one_member) {
    add_account("alice@example.org");
    add_alias("a@example.org", {"alice@example.org", "ALICE@example.org", "b@example.org", "x@example.net"});
    add_alias("b@example.org", {"alice@example.org", "x@example.net", "X@example.net"});
    BOOST_TEST(members("a@example.org") == "alice@example.org x@example.net X@example.net");
}

BOOST_AUTO_TEST_CASE(two_names_of_one_mailbox_are_one_member) {
    const auto alice = add_account("alice@example.org");
    add_account("alice+work@example.org").mailbox = alice.mailbox;
    add_alias("a@example.org", {"alice+work@example.org", "alice@example.org"});
    BOOST_TEST(members("a@example.org") == "alice+work@example.org");
}

BOOST_AUTO_TEST_CASE(a_loop_with_a_way_out_ends) {
    add_account("alice@example.org");
    add_alias("a@example.org", {"b@example.org"});
    add_alias("b@example.org", {"A@example.org", "b@example.org", "alice@example.org"});
    BOOST_TEST(members("a@example.org") == "alice@example.org");
}

BOOST_AUTO_TEST_CASE(a_loop_without_a_way_out_is_trouble_and_loses_no_mail) {
    add_alias("a@example.org", {"b@example.org"});
    add_alias("b@example.org", {"a@example.org"});
    BOOST_TEST(expand("a@example.org").failed_with(Fault::configuration));
    add_account("carol@example.org", {"dave@example.org"}).keep = false;
    add_account("dave@example.org", {"carol@example.org"}).keep = false;
    BOOST_TEST(expand("carol@example.org").failed_with(Fault::configuration));
}

BOOST_AUTO_TEST_CASE(an_account_that_forwards_and_keeps_is_its_own_first_member) {
    add_account("alice@example.org", {"bob@example.net", "carol@example.org"});
    add_account("carol@example.org", {"alice@example.org"});
    BOOST_TEST(members("alice@example.org") == "alice@example.org bob@example.net carol@example.org");
}

BOOST_AUTO_TEST_CASE(an_account_that_forwards_without_keeping_is_no_member) {
    add_account("alice@example.org", {"bob@example.net"}).keep = false;
    BOOST_TEST(members("alice@example.org") == "bob@example.net");
}

BOOST_AUTO_TEST_CASE(an_account_that_forwards_to_itself_keeps) {
    add_account("alice@example.org", {"Alice@example.org", "bob@example.net"}).keep = false;
    BOOST_TEST(members("alice@example.org") == "alice@example.org bob@example.net");
    add_account("carol@example.org", {"carol@example.org"});
    BOOST_TEST(members("carol@example.org") == "carol@example.org");
}

BOOST_AUTO_TEST_CASE(accounts_that_forward_to_each_other_get_one_copy_each) {
    add_account("alice@example.org", {"bob@example.org"});
    add_account("bob@example.org", {"carol@example.org"}).keep = false;
    add_account("carol@example.org", {"alice@example.org"});
    BOOST_TEST(members("alice@example.org") == "alice@example.org carol@example.org");
    BOOST_TEST(members("bob@example.org") == "carol@example.org alice@example.org");
}

BOOST_AUTO_TEST_CASE(an_account_that_neither_keeps_nor_forwards_keeps) {
    add_account("alice@example.org").keep = false;
    BOOST_TEST(comes_to<accounts::Account>("alice@example.org"));
    add_alias("a@example.org", {"alice@example.org"});
    BOOST_TEST(members("a@example.org") == "alice@example.org");
}

BOOST_AUTO_TEST_CASE(the_account_of_a_member_is_not_forwarded_again) {
    add_account("alice@example.org", {"bob@example.net"});
    BOOST_TEST(comes_to<accounts::Account>("alice@example.org", Standing::of_expansion));
}

BOOST_AUTO_TEST_CASE(a_member_that_became_an_alias_is_expanded) {
    add_alias("alice@example.org", {"bob@example.net"});
    BOOST_TEST(comes_to<accounts::Members>("alice@example.org", Standing::of_expansion));
}

BOOST_AUTO_TEST_CASE(an_unknown_or_disabled_member_stays_so_that_the_sender_hears_of_it) {
    add_account("old@example.org", {"x@example.net"}).disabled = true;
    add_alias("a@example.org", {"nobody@example.org", "old@example.org"});
    BOOST_TEST(members("a@example.org") == "nobody@example.org old@example.org");
}

BOOST_AUTO_TEST_CASE(members_of_a_list_are_its_owners_and_those_of_a_list_in_it_its_own) {
    add_account("alice@example.org", {"alice@example.net"});
    add_alias("band@example.org",
              {"x@example.net", "fans@example.org", "crew@example.org", "alice@example.org"},
              "owner-band@example.org");
    add_alias("fans@example.org", {"y@example.net", "x@example.net"}, "owner-fans@example.org");
    add_alias("crew@example.org", {"z@example.net"});
    BOOST_TEST(members("band@example.org") ==
               "owner-band: x@example.net alice@example.org z@example.net alice@example.net "
               "owner-fans: y@example.net");
    add_alias("all@example.org", {"v@example.net", "fans@example.org"});
    BOOST_TEST(members("all@example.org") == "v@example.net owner-fans: y@example.net x@example.net");
}

BOOST_AUTO_TEST_CASE(trouble_anywhere_on_the_way_is_trouble_for_the_recipient) {
    add_account("alice@example.org");
    add_alias("a@example.org", {"alice@example.org", "b@example.org"});
    add_alias("b@example.org", {"bob@example.org"});
    for (const std::string troubled : {"a@example.org", "b@example.org", "bob@example.org", "example.org"}) {
        BOOST_TEST_CONTEXT("trouble with " << troubled) {
            add_trouble(troubled);
            BOOST_TEST(expand("a@example.org").failed_with(Fault::no_permission));
            end_trouble();
        }
    }
}

BOOST_AUTO_TEST_CASE(an_expansion_is_bounded) {
    add_alias("a@example.org", {"x1@example.net", "x2@example.net", "x3@example.net"});
    BOOST_TEST(bool(expand("a@example.org", Standing::of_envelope, 3)));
    BOOST_TEST(expand("a@example.org", Standing::of_envelope, 2).error().what() ==
               "a@example.org has more than 2 members");
    add_alias("b@example.org", {"a@example.org", "x4@example.net"});
    BOOST_TEST(expand("b@example.org", Standing::of_envelope, 3).failed_with(Fault::configuration));
}

BOOST_AUTO_TEST_CASE(a_chain_of_ten_thousand_aliases_costs_no_stack) {
    const auto name = [](int i) { return "a" + std::to_string(i) + "@example.org"; };
    for (int i = 0; i < 10000; ++i) add_alias(name(i), {name(i + 1)});
    add_account(name(10000));
    BOOST_TEST(members(name(0)) == name(10000));
}

BOOST_AUTO_TEST_CASE(what_is_passed_on_is_remote_and_a_member_like_others) {
    pass_on("bob@example.org", "in.example");
    add_account("alice@example.org");
    BOOST_TEST(comes_to<accounts::Remote>("bob@example.org"));
    BOOST_TEST(comes_to<accounts::Remote>("bob@example.org", Standing::of_expansion));
    add_alias("a@example.org", {"bob@example.org", "Bob@example.org", "alice@example.org"});
    BOOST_TEST(members("a@example.org") == "bob@example.org alice@example.org");
}

BOOST_AUTO_TEST_CASE(one_function_says_whose_an_address_is) {
    const auto is = [&]<class Way>(const char* name, const Way&) {
        const auto way = accounts::way_of(*this, address(name));
        return way && std::holds_alternative<Way>(*way);
    };
    pass_on("bob@example.org", "in.example");
    add_account("alice@example.org");
    BOOST_TEST(is("alice@example.org", accounts::Local{}));
    BOOST_TEST(is("nobody@example.org", accounts::Local{}));
    BOOST_TEST(is("bob@example.org", accounts::PassOn{}));
    BOOST_TEST(is("bob@example.net", accounts::Remote{}));
    BOOST_TEST(is("bob@[192.0.2.1]", accounts::Remote{}));
    add_trouble("alice@example.org");
    BOOST_TEST(!accounts::way_of(*this, address("alice@example.org")));
}

BOOST_AUTO_TEST_SUITE_END()
