// SPDX-License-Identifier: BSD-2-Clause
// Delay warnings and double bounces: who is told what, when, and how often.
#include <boost/test/unit_test.hpp>

#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using namespace std::chrono_literals;
using runner::Turn;

namespace reports_tests {

struct Reports : WorkerFixture {
    Reports() { settings.postmaster = address("postmaster@example.org"); }

    /// One pass with these outcomes for a message that is due.
    void pass_for(const spool::MessageId& id, const std::vector<spool::Outcome>& outcomes) {
        runner::Worker runner(tools(), settings, "deliver");
        for (const auto& file : due()) {
            if (file.name != id.text()) continue;
            auto message = must(runner.take_up(file, Turn::first));
            BOOST_REQUIRE(message.has_value());
            must(runner.settle(*std::move(message), outcomes, Lane::received));
        }
        found_trouble = runner.found_trouble();
    }
    /// The reports that lie in received/now.
    std::vector<std::string> reports() {
        std::vector<std::string> paths;
        for (const auto& path : queued())
            if (story(path).parent) paths.push_back(path);
        return paths;
    }
    std::string recipient_of(const std::string& path) {
        return story(path).envelope.recipients.at(0).address.to_string();
    }
    bool says(const std::string& path, std::string_view words) {
        return content(path).find(words) != std::string::npos;
    }

    runner::Options settings = options();
    bool found_trouble = false;
};

}  // namespace reports_tests

BOOST_FIXTURE_TEST_SUITE(reports_tests, reports_tests::Reports)

BOOST_AUTO_TEST_CASE(a_sender_is_warned_once_of_each_recipient_that_is_late) {
    const auto id = queue_for({"bob@example.org", "eve@example.org"});
    pass_for(id, {outcome(Kind::deferred, {0, 1})});
    BOOST_TEST(reports().empty());
    clock.advance(4h);
    pass_for(id, {outcome(Kind::deferred, {0})});
    BOOST_REQUIRE(reports().size() == 1u);
    BOOST_TEST(says(reports()[0], "Final-Recipient: rfc822; bob@example.org\r\nAction: delayed\r\n"));
    BOOST_TEST(says(reports()[0], "Subject: Your message is delayed\r\n"));
    BOOST_TEST(says(reports()[0], "Will-Retry-Until: Thu, 26 Nov 2026 20:30:00 +0000\r\n"));
    BOOST_TEST(!story(reports()[0]).envelope.reverse_path.has_value());
    BOOST_TEST(recipient_of(reports()[0]) == "alice@example.net");
    clock.advance(2h);
    pass_for(id, {outcome(Kind::deferred, {0, 1})});
    BOOST_TEST(reports().size() == 1u);
    BOOST_TEST(log.count_of("warned") == 1u);
}

BOOST_AUTO_TEST_CASE(a_recipient_that_was_not_put_off_yet_is_not_late) {
    const auto id = queue_for({"bob@example.org"});
    clock.advance(5h);
    pass_for(id, {});
    BOOST_TEST(reports().empty());
}

BOOST_AUTO_TEST_CASE(nobody_is_warned_who_does_not_want_it) {
    const auto warnings = [](std::string_view from, const std::string& notify, std::chrono::hours after) {
        Reports world;
        world.settings.warn_after = after;
        auto envelope = world.envelope({"bob@example.org"}, from);
        envelope.recipients[0].notify = notify;
        const auto id = must(world.queue(envelope, kContent));
        world.clock.advance(24h);
        world.pass_for(id, {outcome(Kind::deferred, {0})});
        return world.reports().size();
    };
    BOOST_TEST(warnings("alice@example.net", "", 4h) == 1u);
    BOOST_TEST(warnings("alice@example.net", "FAILURE,DELAY", 4h) == 1u);
    BOOST_TEST(warnings("alice@example.net", "FAILURE", 4h) == 0u);
    BOOST_TEST(warnings("alice@example.net", "NEVER", 4h) == 0u);
    BOOST_TEST(warnings("", "", 4h) == 0u);
    BOOST_TEST(warnings("alice@example.net", "", 0h) == 0u);
    BOOST_TEST(warnings("alice@example.net", "", 25h) == 0u);
}

BOOST_AUTO_TEST_CASE(a_warning_that_a_crash_kept_back_is_sent_once) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        Reports world;
        const auto id = world.queue_for({"bob@example.org"});
        world.clock.advance(5h);
        world.files.fail_from(step);
        {
            runner::Worker runner(world.tools(), world.settings, "deliver");
            auto message = runner.take_up({world.layout.now(Lane::received), id.text()}, Turn::first);
            if (message && *message)
                (void)runner.settle(**std::move(message), {outcome(Kind::deferred, {0})}, Lane::received);
        }
        reached = world.files.fault_was_reached();
        world.files.restart();
        for (int pass = 0; pass < 3; ++pass, world.clock.advance(2h)) {
            runner::Worker next(world.tools(), world.settings, "deliver");
            must(next.sweep());
            for (const auto& file : world.due()) {
                auto message = must(next.take_up(file, Turn::last));
                if (!message || message->parent()) continue;
                must(next.settle(*std::move(message), {outcome(Kind::deferred, {0})}, Lane::received));
            }
        }
        BOOST_TEST_CONTEXT("file operation " << step) BOOST_TEST(world.reports().size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(what_fails_without_a_sender_is_told_to_the_postmaster) {
    const auto id = queue_for({"bob@example.org", "eve@example.org"}, "");
    pass_for(id, {outcome(Kind::failed, {0, 1})});
    BOOST_REQUIRE(queued().size() == 1u);
    BOOST_TEST(recipient_of(queued()[0]) == "postmaster@example.org");
    BOOST_TEST(!story(queued()[0]).envelope.reverse_path.has_value());
    BOOST_TEST(says(queued()[0], "Subject: A report could not be delivered\r\n"));
    BOOST_TEST(says(queued()[0], "Final-Recipient: rfc822; eve@example.org\r\nAction: failed\r\n"));
    BOOST_TEST(!found_trouble);
}

BOOST_AUTO_TEST_CASE(an_undeliverable_double_bounce_is_held) {
    pass_for(queue_for({"bob@example.org"}, ""), {outcome(Kind::failed, {0})});
    BOOST_REQUIRE(reports().size() == 1u);
    const auto id = story(reports()[0]).id;
    pass_for(id, {outcome(Kind::failed, {0})});
    BOOST_TEST(queued().empty());
    BOOST_TEST(files.exists("spool/hold/" + id.text()));
    BOOST_TEST((story("spool/hold/" + id.text()).history.is_held()));
    BOOST_TEST(found_trouble);
}

BOOST_AUTO_TEST_CASE(the_part_of_a_double_bounce_that_goes_elsewhere_makes_no_other) {
    pass_for(queue_for({"bob@example.org"}, ""), {outcome(Kind::failed, {0})});
    runner::Worker runner(tools(), settings, "deliver");
    auto message = take_up(runner);
    const auto records = std::vector<spool::Record>{
        {clock.now(), spool::Members{0, {address("root@example.net"), address("root@example.org")}}},
        {clock.now(), spool::Expanded{}}};
    must(message.append(records, spool::Durability::synced));
    must(runner.split_off(message, {1}, Lane::relay));
    must(runner.settle(std::move(message), {outcome(Kind::deferred, {2})}, Lane::received));
    auto part = take_up(runner, Lane::relay);
    must(runner.settle(std::move(part), {outcome(Kind::failed, {0})}, Lane::relay));
    BOOST_TEST(queued().size() == 1u);
    BOOST_TEST(files.names("spool/hold").size() == 1u);
}

BOOST_AUTO_TEST_CASE(mail_for_the_postmaster_that_fails_without_a_sender_does_not_go_round) {
    const auto id = queue_for({"Postmaster@example.org", "bob@example.org"}, "");
    pass_for(id, {outcome(Kind::failed, {0, 1})});
    BOOST_REQUIRE(reports().size() == 1u);
    BOOST_TEST(says(reports()[0], "bob@example.org"));
    BOOST_TEST(!says(reports()[0], "rfc822; Postmaster@example.org"));
    BOOST_TEST(files.exists("spool/hold/" + id.text()));
}

BOOST_AUTO_TEST_CASE(the_administrators_words_are_used) {
    settings.templates_directory = "templates";
    files.put("templates/failure.txt",
              "Subject: Nicht zugestellt: {subject}\n\nGr\xc3\xbc\xc3\x9f Gott!\n{recipients}");
    pass_for(queue_for({"bob@example.org"}), {outcome(Kind::failed, {0})});
    BOOST_REQUIRE(reports().size() == 1u);
    BOOST_TEST(says(reports()[0], "Subject: Nicht zugestellt: hello\r\n"));
    BOOST_TEST(says(reports()[0],
                    "Content-Type: text/plain; charset=utf-8\r\n"
                    "Content-Transfer-Encoding: quoted-printable\r\n"
                    "\r\nGr=C3=BC=C3=9F Gott!\r\n  bob@example.org\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()
