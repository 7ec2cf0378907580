// SPDX-License-Identifier: BSD-2-Clause
#include "server/reception.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_accounts.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_randomness.hpp"
#include "support/memory_files.hpp"
#include "support/recording_log.hpp"

using namespace postern;

namespace reception_test {

constexpr std::uint64_t kReserve = 8 << 20;
const std::string kContent = "Subject: hello\r\n\r\nworld\r\n";

/// A spool in memory, an account alice@example.org, and a reception for one session.
struct Spool {
    test::MemoryFiles files;
    test::FakeAccounts accounts;
    test::FakeClock clock;
    test::FakeRandomness randomness;
    test::RecordingLog log;
    Result<std::uint64_t> free_space = std::uint64_t{1} << 40;
    spool::Layout layout{"spool"};
    std::unique_ptr<sys::Directory> received_now, quarantine;
    smtp::ServiceRules rules;
    policy::Client client;
    policy::Senders senders{accounts, rules, client, [this] { return may_relay; }};
    Result<bool> may_relay = false;
    policy::Recipients recipients{accounts,
                                  {.hostname = "mx.example.org"},
                                  [] { return false; },
                                  [this](const accounts::Mailbox&, std::uint64_t size) -> Result<bool> {
                                      return size != 0 && size <= room;
                                  }};
    std::uint64_t room = 1000;

    Spool() {
        files.make_directories("spool/incoming");
        files.make_directories("spool/received/now");
        received_now = *files.open_directory("spool/received/now");
        files.make_directories("spool/quarantine");
        quarantine = *files.open_directory("spool/quarantine");
        files.forget_calls();
        accounts.serve("example.org");
        accounts.add_account("alice@example.org");
    }

    server::Reception reception(smtp::ValidationMode validation = smtp::ValidationMode::discard) {
        return server::Reception({{files, layout, *received_now, quarantine.get()},
                                  senders,
                                  recipients,
                                  [this] { return free_space; },
                                  clock,
                                  randomness,
                                  log,
                                  "mx.example.org",
                                  [this] { wake(); },
                                  kReserve,
                                  rules.repairs,
                                  validation});
    }

    /// A whole transaction; the id, or the refusal.
    smtp::CommitVerdict receive(server::Reception& reception, const smtp::CommitMessage& commit = {}) {
        mail::Envelope envelope{.reverse_path = test::address("bob@example.net"),
                                .recipients = {{test::address("alice@example.org")}}};
        if (const auto begun = reception.begin({envelope}); !begun.accepted()) return {begun};
        reception.body(kContent.substr(0, 10));
        reception.body(kContent.substr(10));
        return reception.commit(commit);
    }

    /// Can a runner have the queued message?
    bool is_free() {
        const auto file = files.open("spool/received/now/" + files.names("spool/received/now").at(0),
                                     sys::Access::read_write);
        return *(*file)->try_lock();
    }
    std::function<void()> wake = [] {};

    std::size_t queued() const { return files.names("spool/received/now").size(); }
    std::size_t incoming() const { return files.names("spool/incoming").size(); }

    smtp::RecipientVerdict judge(server::Reception& reception, std::string_view address) {
        return reception.recipient({std::nullopt, test::address(address)});
    }
};

}  // namespace reception_test

BOOST_FIXTURE_TEST_SUITE(reception_test, reception_test::Spool)

BOOST_AUTO_TEST_CASE(a_message_is_queued_under_the_id_that_the_peer_is_told) {
    auto session = reception();
    const auto verdict = receive(session);
    BOOST_REQUIRE(verdict.verdict.accepted());
    BOOST_REQUIRE(files.names("spool/received/now") == std::vector{verdict.id});
    const auto file = *files.content("spool/received/now/" + verdict.id);
    BOOST_TEST(file.find("Received: ") != std::string::npos);
    BOOST_TEST(file.find("by mx.example.org") != std::string::npos);
    BOOST_TEST(file.find("id " + verdict.id) != std::string::npos);
    BOOST_TEST(file.find(kContent) != std::string::npos);
    BOOST_TEST(incoming() == 0u);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_a_discarded_message_but_a_line_in_the_log) {
    auto session = reception();
    const auto verdict = receive(session, {mail::Flaw{"is missing", "From", 25}});
    BOOST_TEST(verdict.verdict.accepted());
    BOOST_TEST(!verdict.id.empty());
    BOOST_TEST(queued() == 0u);
    BOOST_TEST(incoming() == 0u);
    BOOST_TEST(files.syncs() == 0u);
    BOOST_REQUIRE(log.count_of("discarded") == 1u);
    BOOST_TEST(log.entries.back().field("id") == verdict.id);
    BOOST_TEST(log.entries.back().field("reason") == "From, octet 25: is missing");
}

BOOST_AUTO_TEST_CASE(what_goes_into_quarantine_wakes_nobody) {
    bool woken = false;
    wake = [&] { woken = true; };
    auto session = reception(smtp::ValidationMode::quarantine);
    const auto verdict = receive(session, {mail::Flaw{"is missing", "From", 25}});
    BOOST_TEST(verdict.verdict.accepted());
    BOOST_TEST((files.names("spool/quarantine") == std::vector{verdict.id}));
    BOOST_TEST(queued() == 0u);
    BOOST_TEST(!woken);
    BOOST_REQUIRE(log.count_of("quarantined") == 1u);
    BOOST_TEST(log.entries.back().field("reason") == "From, octet 25: is missing");
}

BOOST_AUTO_TEST_CASE(what_is_valid_is_queued_by_every_mode) {
    auto session = reception(smtp::ValidationMode::quarantine);
    BOOST_TEST(receive(session).verdict.accepted());
    BOOST_TEST(queued() == 1u);
    BOOST_TEST(files.names("spool/quarantine").empty());
}

BOOST_AUTO_TEST_CASE(a_full_mailbox_is_judged_by_the_size_that_was_declared) {
    accounts.account("alice@example.org").quota = 5000;
    auto session = reception();
    (void)session.sender({std::nullopt, 1000});
    BOOST_TEST(judge(session, "alice@example.org").verdict.accepted());
    (void)session.sender({std::nullopt, 1001});
    BOOST_TEST(judge(session, "alice@example.org").verdict.reply().status == "4.2.2");
    (void)session.sender({std::nullopt});
    BOOST_TEST(!judge(session, "alice@example.org").verdict.accepted());
}

BOOST_AUTO_TEST_CASE(a_message_survives_a_power_cut_once_it_was_accepted) {
    auto session = reception();
    const auto id = receive(session).id;
    files.crash();
    BOOST_TEST(files.content("spool/received/now/" + id).value_or("").find(kContent) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(it_is_made_durable_with_two_syncs) {
    auto session = reception();
    BOOST_TEST(receive(session).verdict.accepted());
    BOOST_TEST(files.syncs() == 2u);
}

BOOST_AUTO_TEST_CASE(one_line_of_the_log_tells_of_each_message) {
    auto session = reception();
    const auto id = receive(session).id;
    BOOST_REQUIRE(log.entries.size() == 1u);
    const auto& entry = log.entries.front();
    BOOST_TEST(entry.event == "accepted");
    BOOST_TEST(entry.field("id") == id);
    BOOST_TEST(entry.field("from") == "bob@example.net");
    BOOST_TEST(entry.field("recipients") == "1");
    BOOST_TEST(entry.field("size") == std::to_string(kContent.size()));
}

BOOST_AUTO_TEST_CASE(runners_are_woken_once_they_can_have_the_message) {
    std::vector<bool> was_free;
    wake = [&] { was_free.push_back(is_free()); };
    auto session = reception();
    BOOST_TEST(receive(session).verdict.accepted());
    BOOST_TEST((was_free == std::vector<bool>{true}));
}

BOOST_AUTO_TEST_CASE(nobody_is_woken_for_mail_that_was_not_taken) {
    int calls = 0;
    wake = [&] { ++calls; };
    auto session = reception();
    files.fail_operation(5, EIO);
    BOOST_TEST(!receive(session).verdict.accepted());
    BOOST_TEST(calls == 0);
}

BOOST_AUTO_TEST_CASE(the_null_reverse_path_is_visible_in_the_log) {
    auto session = reception();
    mail::Envelope bounce{.recipients = {{test::address("alice@example.org")}}};
    BOOST_TEST(session.begin({bounce}).accepted());
    BOOST_TEST(session.commit({}).verdict.accepted());
    BOOST_TEST(log.entries.front().field("from") == "<>");
}

BOOST_AUTO_TEST_CASE(several_messages_of_a_session_have_ids_of_their_own) {
    auto session = reception();
    BOOST_TEST(receive(session).id != receive(session).id);
    BOOST_TEST(queued() == 2u);
}

BOOST_AUTO_TEST_CASE(wherever_the_disk_is_full_the_peer_hears_452_and_nothing_is_left) {
    for (std::size_t step = 1;; ++step) {
        BOOST_TEST_CONTEXT("failing file operation " << step) {
            Spool spool;
            auto session = spool.reception();
            spool.files.fail_operation(step, ENOSPC);
            const auto verdict = spool.receive(session);
            if (!spool.files.fault_was_reached()) {
                BOOST_TEST(step > 6);
                BOOST_TEST(verdict.verdict.accepted());
                return;
            }
            BOOST_REQUIRE(!verdict.verdict.accepted());
            BOOST_TEST(verdict.verdict.reply().code == 452);
            BOOST_TEST(spool.queued() == 0u);
            // A file that could not be locked may be anybody's; deliver sweeps it away.
            BOOST_TEST((spool.incoming() == 0u || step == 2 || step == 3));
            BOOST_TEST(spool.log.count_of("trouble") == 1u);
            BOOST_TEST(spool.log.count_of("accepted") == 0u);
        }
    }
}

BOOST_AUTO_TEST_CASE(wherever_the_disk_fails_the_peer_hears_451_and_nothing_comes_back) {
    for (std::size_t step = 1;; ++step) {
        BOOST_TEST_CONTEXT("failing file operation " << step) {
            Spool spool;
            auto session = spool.reception();
            spool.files.fail_operation(step, EIO);
            const auto verdict = spool.receive(session);
            if (!spool.files.fault_was_reached()) return;
            BOOST_REQUIRE(!verdict.verdict.accepted());
            BOOST_TEST(verdict.verdict.reply().code == 451);
            BOOST_TEST(spool.queued() == 0u);
            spool.files.crash();
            BOOST_TEST(spool.queued() == 0u);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_full_disk_has_its_room_back_before_the_content_ends) {
    auto session = reception();
    BOOST_TEST(session.begin({{.recipients = {{test::address("alice@example.org")}}}}).accepted());
    const std::string much(1 << 20, 'x');
    files.fail_operation(1, ENOSPC);
    session.body(much);
    BOOST_TEST(incoming() == 0u);
    session.body(much);
    BOOST_TEST(session.commit({}).verdict.reply().code == 452);
}

BOOST_AUTO_TEST_CASE(after_a_failure_the_session_can_send_the_next_message) {
    auto session = reception();
    files.fail_operation(3, ENOSPC);
    BOOST_TEST(!receive(session).verdict.accepted());
    BOOST_TEST(receive(session).verdict.accepted());
    BOOST_TEST(queued() == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_an_abandoned_message) {
    auto session = reception();
    BOOST_TEST(session.begin({{.recipients = {{test::address("alice@example.org")}}}}).accepted());
    session.body(kContent);
    BOOST_TEST(incoming() == 1u);
    session.abandon();
    BOOST_TEST(incoming() == 0u);
    BOOST_TEST(queued() == 0u);
}

BOOST_AUTO_TEST_CASE(a_session_that_ends_in_the_content_leaves_nothing) {
    {
        auto session = reception();
        BOOST_TEST(session.begin({{.recipients = {{test::address("alice@example.org")}}}}).accepted());
    }
    BOOST_TEST(incoming() == 0u);
}

BOOST_AUTO_TEST_CASE(a_message_is_held_for_as_long_as_its_sender_wants) {
    auto session = reception();
    const auto not_before = [&](std::optional<smtp::Hold> hold) {
        (void)session.sender({std::nullopt, 0, hold});
        const auto file = *files.content("spool/received/now/" + receive(session).id);
        return file.substr(file.find("\"not_before\":") + 14, 19);
    };
    const Instant now = clock.now();
    const auto at = [](Instant time) { return format_rfc3339(time).substr(0, 19); };
    BOOST_TEST(not_before(std::chrono::hours(1)) == at(now + std::chrono::hours(1)));
    BOOST_TEST(not_before(now + std::chrono::hours(2)) == at(now + std::chrono::hours(2)));
    BOOST_TEST(not_before(now - std::chrono::hours(2)) == at(now));
    BOOST_TEST(not_before(std::nullopt) == at(now));
}

BOOST_AUTO_TEST_CASE(no_room_is_told_at_mail) {
    auto session = reception();
    BOOST_TEST(session.sender({std::nullopt, 1000}).accepted());
    free_space = kReserve + 1000;
    BOOST_TEST(session.sender({std::nullopt, 1000}).accepted());
    BOOST_TEST(session.sender({std::nullopt, 1001}).reply().code == 452);
    free_space = Error(Fault::temporary, "statvfs spool: Input/output error");
    BOOST_TEST(session.sender({std::nullopt, 1000}).reply().code == 451);
}

BOOST_AUTO_TEST_CASE(trouble_with_a_user_is_451_and_one_line_in_the_log) {
    auto session = reception();
    BOOST_TEST(judge(session, "alice@example.org").verdict.accepted());
    accounts.add_trouble("alice@example.org");
    const auto verdict = judge(session, "alice@example.org").verdict;
    BOOST_TEST(verdict.reply().code == 451);
    BOOST_TEST(verdict.reply().status == "4.3.0");
    BOOST_REQUIRE(log.entries.size() == 1u);
    BOOST_TEST(log.entries.front().field("reason").find("alice@example.org") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_one_line_with_its_reason) {
    auto session = reception();
    session.note({smtp::Note::Kind::refusal, "550 5.1.1 <eve@example.org>"});
    BOOST_REQUIRE(log.entries.size() == 1u);
    BOOST_TEST(log.entries.front().event == "refused");
    BOOST_TEST(log.entries.front().field("reason") == "550 5.1.1 <eve@example.org>");
}

BOOST_AUTO_TEST_CASE(a_service_that_repairs_adds_what_is_missing) {
    rules.repairs = true;
    auto session = reception();
    const auto verdict = receive(session);
    BOOST_REQUIRE(verdict.verdict.accepted());
    const auto text = *files.content("spool/received/now/" + verdict.id);
    BOOST_TEST(text.find("Subject: hello\r\nDate: ") != std::string::npos);
    BOOST_TEST(text.find("\r\nMessage-ID: <" + verdict.id + "@mx.example.org>\r\n\r\nworld\r\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sender_who_must_log_in_is_told_so) {
    rules.requires_login = true;
    auto session = reception();
    BOOST_TEST(session.sender({std::nullopt}).reply().code == 530);
    may_relay = Error(Fault::configuration, "relay-hosts:1: what is this");
    BOOST_TEST(session.sender({std::nullopt}).reply().code == 451);
    BOOST_TEST(log.count_of("trouble") == 1u);
    may_relay = true;
    BOOST_TEST(session.sender({std::nullopt}).accepted());
}

BOOST_AUTO_TEST_CASE(without_answers_nobody_is_verified_and_no_other_client_is_taken) {
    auto session = reception();
    BOOST_TEST(session.verify({smtp::AskVerify::What::mailbox, test::address("alice@example.org")}).code ==
               252);
    BOOST_TEST(!session.client({}).verdict.accepted());
}

BOOST_AUTO_TEST_CASE(trouble_in_verifying_is_temporary_and_stands_in_the_log) {
    server::Reception session({.door = {files, layout, *received_now},
                               .senders = senders,
                               .recipients = recipients,
                               .free_space = [this] { return free_space; },
                               .clock = clock,
                               .randomness = randomness,
                               .log = log,
                               .hostname = "mx.example.org",
                               .verify = [](const auto&) -> Result<smtp::Reply> {
                                   return Error(Fault::configuration, "a file is broken");
                               }});
    BOOST_TEST(session.verify({smtp::AskVerify::What::list, test::address("alice@example.org")}).code == 451);
    BOOST_TEST(log.entries.back().field("reason") == "a file is broken");
}

BOOST_AUTO_TEST_SUITE_END()
