// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/credentials.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_randomness.hpp"
#include "userland.hpp"

using namespace postern;
using namespace postern::accounts;

namespace credentials_tests {

const std::string kHash = "$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA";
const std::string kScram = sasl::to_text(sasl::make_keys("pencil", "salt", 1));
const std::string kPhone = "phone BLAKE2b$" + std::string(64, 'a');
const Mailbox kAlice{"example.org", "alice"};

bool is_refused(const std::string& text) {
    return parse_credentials(text, "file").failed_with(Fault::configuration);
}

}  // namespace credentials_tests

BOOST_AUTO_TEST_SUITE(credentials_tests)

BOOST_AUTO_TEST_CASE(a_hash_alone_is_a_file_of_old) {
    const auto read = parse_credentials(kHash + "\n", "file");
    BOOST_REQUIRE(read);
    BOOST_TEST(read->password_hash == kHash);
    BOOST_TEST(!read->scram);
    BOOST_TEST(read->app_passwords.empty());
}

BOOST_AUTO_TEST_CASE(all_kinds_stand_in_one_file_and_are_written_back) {
    const std::string text =
        kHash + "\n" + kScram + "\n" + kPhone + "\nTablet-2 BLAKE2b$" + std::string(64, 'b') + "\n";
    const auto read = parse_credentials(text, "file");
    BOOST_REQUIRE(read);
    BOOST_TEST(read->app_passwords.size() == 2U);
    BOOST_TEST(read->app_passwords.at(1).name == "Tablet-2");
    BOOST_TEST(format_credentials(*read) == text);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_not_understood_makes_the_file_an_error) {
    BOOST_TEST(is_refused(""));
    BOOST_TEST(is_refused("\n"));
    BOOST_TEST(is_refused("secret\n"));
    BOOST_TEST(is_refused(kHash + "\nmore\n"));
    BOOST_TEST(is_refused("SCRAM-SHA-256$4096\n"));
    BOOST_TEST(is_refused("phone " + kHash + "\n"));
    BOOST_TEST(is_refused("phone BLAKE2b$aa\n"));
    BOOST_TEST(is_refused("a:b " + kPhone.substr(6) + "\n"));
}

BOOST_FIXTURE_TEST_CASE(who_has_no_file_has_none, test::Userland) {
    const auto read = read_credentials(files, options, kAlice);
    BOOST_REQUIRE(read);
    BOOST_TEST(read->is_empty());
    files.put("secrets/passwords/example.org/alice", kHash + "\n");
    BOOST_TEST(read_credentials(files, options, kAlice)->password_hash == kHash);
}

BOOST_AUTO_TEST_CASE(a_generated_password_is_long_and_another_each_time) {
    test::FakeRandomness randomness;
    const auto one = generate_password(randomness), other = generate_password(randomness);
    BOOST_TEST(one == "aaaa-aaaa-aaaa-aaaa-aaaa-aaab");
    BOOST_TEST(one != other);
}

BOOST_AUTO_TEST_CASE(an_application_is_found_by_its_password_however_that_is_typed) {
    const Credentials alice{.app_passwords = {{"phone", digest_of_app_password("abcd-efgh")},
                                              {"laptop", digest_of_app_password("ijkl-mnop")}}};
    BOOST_TEST(find_app(alice, "ijkl-mnop").value_or("none") == "laptop");
    BOOST_TEST(find_app(alice, "ABCD EFGH").value_or("none") == "phone");
    BOOST_TEST(find_app(alice, "abcdefgh").value_or("none") == "phone");
    BOOST_TEST(find_app(alice, "abcd-efgi").value_or("none") == "none");
    BOOST_TEST(find_app({}, "").value_or("none") == "none");
}

BOOST_AUTO_TEST_CASE(a_name_of_an_application_can_stand_in_a_line_and_in_a_file_name) {
    BOOST_TEST(is_app_name("phone"));
    BOOST_TEST(is_app_name("Old-Tablet_2.b"));
    for (const std::string name : {"", "a b", "a/b", "a:b", "a\nb", "$x", "caf\u00e9"})
        BOOST_TEST(!is_app_name(name));
    BOOST_TEST(!is_app_name(std::string(33, 'a')));
}

BOOST_FIXTURE_TEST_CASE(the_secret_of_decoys_is_made_once, test::Userland) {
    files.make_directories("secrets/passwords");
    test::FakeRandomness randomness;
    BOOST_TEST(static_cast<bool>(make_decoy_secret(files, options, randomness)));
    const auto first = files.content("secrets/passwords/.decoys");
    BOOST_REQUIRE(first);
    BOOST_TEST(first->size() >= 32U);
    BOOST_TEST(static_cast<bool>(make_decoy_secret(files, options, randomness)));
    BOOST_TEST((files.content("secrets/passwords/.decoys") == first));
}

BOOST_AUTO_TEST_SUITE_END()
