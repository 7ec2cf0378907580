// SPDX-License-Identifier: BSD-2-Clause
#include "tls/store.hpp"

#include <cerrno>

#include <boost/test/unit_test.hpp>

#include "certificates.hpp"
#include "support/memory_files.hpp"

using namespace postern;
using namespace postern::test;
using tls::KeyKind;

namespace store_tests {

struct Tree {
    Tree() { files.make_directories("/tls"); }
    void put(const std::string& name, const std::string& content) { files.put("/tls/" + name, content); }
    tls::Found find(const std::string& name) { return tls::Store(files, "/tls").find_for(name, kNow); }

    MemoryFiles files;
};

}  // namespace store_tests

BOOST_AUTO_TEST_SUITE(store_tests)

BOOST_AUTO_TEST_CASE(a_name_may_have_two_kinds_of_keys) {
    Tree tree;
    tree.put("mx.example.org.ecdsa.pem", self_signed({"mx.example.org"}));
    BOOST_TEST(tree.find("mx.example.org").usable.size() == 1u);
    tree.put("mx.example.org.rsa.pem", self_signed({"mx.example.org"}, KeyKind::rsa));
    BOOST_TEST(tree.find("MX.example.org").usable.size() == 2u);
}

BOOST_AUTO_TEST_CASE(where_there_is_no_file_nothing_is_wrong) {
    Tree tree;
    const auto found = tree.find("mx.example.org");
    BOOST_TEST(found.usable.empty());
    BOOST_TEST(found.unusable.empty());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_is_told_with_its_path_and_does_not_stop_the_other) {
    Tree tree;
    tree.put("mx.example.org.ecdsa.pem", "nonsense");
    tree.put("mx.example.org.rsa.pem", self_signed({"mx.example.org"}, KeyKind::rsa));
    const auto found = tree.find("mx.example.org");
    BOOST_TEST(found.usable.size() == 1u);
    BOOST_REQUIRE(found.unusable.size() == 1u);
    BOOST_TEST(found.unusable.front().what() == "/tls/mx.example.org.ecdsa.pem: has no certificate");
}

BOOST_AUTO_TEST_CASE(one_that_cannot_be_opened_is_not_missing) {
    Tree tree;
    tree.put("mx.example.org.ecdsa.pem", self_signed({"mx.example.org"}));
    tree.files.fail_on("/tls/mx.example.org.ecdsa.pem", EACCES);
    const auto found = tree.find("mx.example.org");
    BOOST_TEST(found.usable.empty());
    BOOST_TEST(found.unusable.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_wildcard_serves_names_without_a_file_of_their_own) {
    Tree tree;
    tree.put("%2A.example.org.ecdsa.pem", self_signed({"*.example.org"}));
    BOOST_TEST(tree.find("mx.example.org").usable.size() == 1u);
    BOOST_TEST(tree.find("a.b.example.org").usable.empty());
    BOOST_TEST(tree.find("example.org").usable.empty());
}

BOOST_AUTO_TEST_CASE(a_file_of_its_own_is_before_the_wildcard) {
    Tree tree;
    const std::string own = self_signed({"mx.example.org"});
    tree.put("%2A.example.org.ecdsa.pem", self_signed({"*.example.org"}));
    tree.put("mx.example.org.ecdsa.pem", own);
    BOOST_REQUIRE(tree.find("mx.example.org").usable.size() == 1u);
    BOOST_TEST(tree.find("mx.example.org").usable.front().view() == own);
    tree.put("mx.example.org.ecdsa.pem", "nonsense");
    BOOST_REQUIRE(tree.find("mx.example.org").usable.size() == 1u);
    BOOST_TEST(tree.find("mx.example.org").unusable.empty());
}

BOOST_AUTO_TEST_CASE(no_name_leads_out_of_the_directory) {
    Tree tree;
    tree.files.make_directories("/elsewhere");
    tree.files.put("/elsewhere/x.ecdsa.pem", self_signed({"x"}));
    BOOST_TEST(tree.find("../elsewhere/x").usable.empty());
    BOOST_TEST(tree.find("").usable.empty());
    BOOST_TEST(tree.find(std::string(300, 'a')).unusable.empty());
}

BOOST_AUTO_TEST_SUITE_END()
