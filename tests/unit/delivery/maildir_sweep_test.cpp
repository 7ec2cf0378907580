// SPDX-License-Identifier: BSD-2-Clause
// Every file operation of a Maildir delivery fails once, in every way a process or a machine can die there;
// then the message is tried again. Whatever happens: one copy, whole, and a mailbox with a quota that knows
// of it.
#include <ostream>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "delivery/maildir.hpp"
#include "delivery/maildir_folders.hpp"
#include "spooled.hpp"

using namespace postern;
using delivery::EarlierTry;

namespace maildir_sweep_tests {

const accounts::Mailbox kAlice{"example.org", "alice"};
const std::string kFolder = "mail/example.org/alice";
const std::string kContent = "Subject: sweep\r\n\r\none line\r\n";
const std::string kCopy =
    "Return-Path: <bob@example.net>\nDelivered-To: alice@example.org\nSubject: sweep\n\none line\n";

enum class Trouble { one_call_fails, killed, power_cut };
enum class Folder { there, missing };
enum class Reader { asleep, moves_to_cur };
enum class Limit { none, quota };

struct Case {
    Trouble trouble;
    Folder folder;
    Reader reader;
    Limit limit;
};

std::ostream& operator<<(std::ostream& out, const Case& c) {
    constexpr const char* troubles[] = {"one call fails", "killed", "power cut"};
    return out << troubles[static_cast<int>(c.trouble)]
               << (c.folder == Folder::there ? ", Maildir there" : ", no Maildir yet")
               << (c.reader == Reader::asleep ? "" : ", a reader moves to cur/")
               << (c.limit == Limit::none ? "" : ", with a quota");
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const auto trouble : {Trouble::one_call_fails, Trouble::killed, Trouble::power_cut})
        for (const auto folder : {Folder::there, Folder::missing})
            for (const auto reader : {Reader::asleep, Reader::moves_to_cur})
                for (const auto limit : {Limit::none, Limit::quota})
                    cases.push_back({trouble, folder, reader, limit});
    return cases;
}

struct Sweep : test::Spooled {
    explicit Sweep(const Case& c) : what(c), path(queue({"alice@example.org"}, kContent)) {
        if (c.limit == Limit::quota) account.quota = 1000;
        if (c.folder == Folder::there) BOOST_REQUIRE(delivery::make_maildir(files, "mail", kAlice));
    }

    Status deliver(EarlierTry earlier, int failing_step = 0) {
        const auto message = claim(path);
        delivery::Maildir maildir({files, randomness, clock}, {"mail", "state"}, "4711");
        if (failing_step > 0 && what.trouble == Trouble::one_call_fails)
            files.fail_operation(static_cast<std::size_t>(failing_step));
        else if (failing_step > 0)
            files.fail_from(static_cast<std::size_t>(failing_step));
        const auto fit = maildir.deliver(message, account, 0, earlier);
        return fit ? Status(done) : fit.error();
    }

    void end_of_process() {
        if (what.trouble == Trouble::power_cut)
            files.crash();
        else
            files.restart();
    }

    void read_mail() {
        if (what.reader == Reader::asleep) return;
        for (const auto& name : files.names(kFolder + "/new"))
            BOOST_REQUIRE(files.rename_new(kFolder + "/new/" + name, kFolder + "/cur/" + name + ":2,"));
    }

    std::vector<std::string> copies() const {
        std::vector<std::string> all;
        for (const std::string folder : {"/new", "/cur"})
            for (const auto& name : files.names(kFolder + folder))
                all.push_back(*files.content(kFolder + folder + "/" + name));
        return all;
    }

    /// What a later delivery goes by.
    delivery::Use known_use() {
        delivery::Quota quota(files, clock, {kFolder, account.quota, kFolder + "/tmp/test"});
        const auto use = quota.use();
        BOOST_REQUIRE(use);
        return *use;
    }

    Case what;
    std::string path;
    accounts::Account account{kAlice};
};

}  // namespace maildir_sweep_tests

BOOST_AUTO_TEST_SUITE(maildir_sweep_tests)

BOOST_DATA_TEST_CASE(whatever_fails_there_is_one_whole_copy_in_the_end,
                     boost::unit_test::data::make(all_cases()), what) {
    int step = 1;
    for (bool reached = true; reached; ++step) {
        BOOST_TEST_CONTEXT("file operation " << step) {
            Sweep sweep(what);
            const bool promised = bool(sweep.deliver(EarlierTry::none, step));
            reached = sweep.files.fault_was_reached();
            sweep.end_of_process();
            for (const auto& copy : sweep.copies()) BOOST_TEST(copy == kCopy);
            if (promised) BOOST_TEST(sweep.copies().size() == 1u);
            sweep.read_mail();
            BOOST_REQUIRE(sweep.deliver(EarlierTry::possible));
            BOOST_TEST(sweep.copies() == std::vector<std::string>{kCopy}, boost::test_tools::per_element());
            sweep.files.crash();
            BOOST_TEST(sweep.copies() == std::vector<std::string>{kCopy}, boost::test_tools::per_element());
            if (what.limit == Limit::quota)
                BOOST_TEST((sweep.known_use() == delivery::Use{static_cast<std::int64_t>(kCopy.size()), 1}));
        }
    }
    BOOST_TEST(step > (what.folder == Folder::there ? 8 : 20));
}

BOOST_AUTO_TEST_SUITE_END()
