// SPDX-License-Identifier: BSD-2-Clause
#include <boost/test/unit_test.hpp>

#include "support/forwarding_files.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using spool::Lane;
using test::MemorySpool;

namespace incoming_tests {

constexpr std::string_view kContent = "Subject: one\r\n\r\nline\r\n";

/// What a runner would find after a restart; the sweep takes what is in incoming/.
void check_survivors(MemorySpool& spool, bool was_promised, std::string_view content) {
    const auto survivors = spool.queued();
    for (const std::string& path : survivors) BOOST_TEST(spool.content(path) == content);
    BOOST_TEST(survivors.size() == (was_promised ? 1u : 0u));
}

Result<spool::MessageId> quarantine(MemorySpool& spool, std::string_view content) {
    POSTERN_ASSIGN(auto received_now, spool.files.open_directory(spool.layout.now(Lane::received)));
    POSTERN_ASSIGN(auto shelf, spool.files.open_directory(spool.layout.quarantine()));
    POSTERN_ASSIGN(auto incoming,
                   spool::Incoming::create({spool.files, spool.layout, *received_now, shelf.get()},
                                           spool::MessageId::random(spool.randomness),
                                           spool.envelope({"bob@example.org"})));
    POSTERN_TRY(incoming.append(content));
    return std::move(incoming).quarantine("From, octet 0: is missing", spool.clock.now());
}

/// Whose sync fails, and nothing else.
struct BrokenDirectory : sys::Directory {
    Status sync() override { return Error(Fault::temporary, "sync"); }
};

struct OneSpool {
    Result<spool::MessageId> commit_through(sys::FileSystem& files, sys::Directory& received_now) {
        auto incoming = test::must(spool::Incoming::create({files, spool_.layout, received_now},
                                                           spool::MessageId::random(spool_.randomness),
                                                           spool_.envelope({"bob@example.org"})));
        POSTERN_TRY(incoming.append(kContent));
        return std::move(incoming).commit();
    }
    MemorySpool spool_;
};

}  // namespace incoming_tests

BOOST_AUTO_TEST_SUITE(incoming_tests)

BOOST_AUTO_TEST_CASE(a_committed_message_is_queued_whole) {
    MemorySpool spool;
    const auto id = test::must(spool.queue(spool.envelope({"bob@example.org"}), kContent));
    BOOST_TEST(spool.content(spool.path_in_received(id)) == kContent);
    BOOST_TEST(spool.files.names(spool.layout.incoming()).empty());
}

BOOST_AUTO_TEST_CASE(a_small_message_costs_one_write_and_two_syncs_for_any_number_of_recipients) {
    for (const std::size_t recipients : {1u, 1000u}) {
        MemorySpool spool;
        std::vector<std::string> to;
        for (std::size_t i = 0; i < recipients; ++i)
            to.push_back("user" + std::to_string(i) + "@example.org");
        const auto envelope = spool.envelope(to);
        spool.files.forget_calls();
        test::must(spool.queue(envelope, kContent));
        const std::vector<std::string> expected = {"open_directory", "create",        "try_lock",
                                                   "info_of_open",   "write_at",      "sync",
                                                   "rename_new",     "sync_directory"};
        std::vector<std::string> calls;
        for (const std::string& call : spool.files.calls()) calls.push_back(call.substr(0, call.find(' ')));
        if (recipients == 1) BOOST_TEST(calls == expected, boost::test_tools::per_element());
        BOOST_TEST(spool.files.syncs() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(a_large_message_streams_through_one_buffer) {
    MemorySpool spool;
    std::string piece(10'000, 'x'), content;
    piece += "\r\n";
    auto received_now = test::must(spool.files.open_directory(spool.layout.now(Lane::received)));
    auto incoming = test::must(spool::Incoming::create({spool.files, spool.layout, *received_now},
                                                       spool::MessageId::random(spool.randomness),
                                                       spool.envelope({"bob@example.org"})));
    for (int i = 0; i < 50; ++i) {
        BOOST_TEST(bool(incoming.append(piece)));
        content += piece;
    }
    const auto id = test::must(std::move(incoming).commit());
    BOOST_TEST(spool.content(spool.path_in_received(id)) == content);
    BOOST_TEST(spool.files.content(spool.path_in_received(id))->size() % 4096 == 0u);
    BOOST_TEST(spool.files.syncs() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_not_committed_leaves_nothing) {
    MemorySpool spool;
    {
        auto received_now = test::must(spool.files.open_directory(spool.layout.now(Lane::received)));
        auto incoming = test::must(spool::Incoming::create({spool.files, spool.layout, *received_now},
                                                           spool::MessageId::random(spool.randomness),
                                                           spool.envelope({"bob@example.org"})));
        BOOST_TEST(bool(incoming.append(kContent)));
        BOOST_TEST(spool.files.names(spool.layout.incoming()).size() == 1u);
    }
    BOOST_TEST(spool.files.all_files().empty());
}

// One operation fails, the process lives on, then the power is cut: what was promised is there, what was
// refused is not.
BOOST_AUTO_TEST_CASE(a_failed_step_never_leaves_a_half_queued_message) {
    const std::string large(100'000, 'x');
    for (const std::string_view content : {kContent, std::string_view(large)}) {
        bool reached = true;
        for (std::size_t step = 1; reached; ++step) {
            BOOST_TEST_CONTEXT("failing file operation " << step) {
                MemorySpool spool;
                spool.files.fail_operation(step);
                const bool was_promised = bool(spool.queue(spool.envelope({"bob@example.org"}), content));
                reached = spool.files.fault_was_reached();
                BOOST_TEST(was_promised == !reached);
                spool.files.restart();
                check_survivors(spool, was_promised, content);
                spool.files.crash();
                check_survivors(spool, was_promised, content);
            }
        }
    }
}

// The process is killed before operation n: no destructor runs. Nobody was told 250 unless it ended.
BOOST_AUTO_TEST_CASE(a_killed_session_leaves_a_whole_message_or_none) {
    bool reached = true;
    for (std::size_t step = 1; reached; ++step) {
        BOOST_TEST_CONTEXT("killed at file operation " << step) {
            for (const bool power_cut : {false, true}) {
                MemorySpool spool;
                spool.files.fail_from(step);
                const bool was_promised = bool(spool.queue(spool.envelope({"bob@example.org"}), kContent));
                reached = spool.files.fault_was_reached();
                power_cut ? spool.files.crash() : spool.files.restart();
                const auto survivors = spool.queued();
                // (The test cannot keep a destructor from marking a file `writing`, as a kill would.)
                for (const std::string& path : survivors)
                    if (was_promised || spool::read_message(spool.files, path))
                        BOOST_TEST(spool.content(path) == kContent);
                if (was_promised) BOOST_TEST(survivors.size() == 1u);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(into_quarantine_it_costs_the_same_two_syncs_and_its_log_says_why) {
    MemorySpool spool;
    const auto id = quarantine(spool, kContent);
    const std::string path = spool.layout.quarantine() + "/" + test::must(id).text();
    BOOST_TEST(spool.files.syncs() == 2u);
    BOOST_TEST(spool.queued().empty());
    const auto story = test::must(spool::read_message(spool.files, path));
    BOOST_TEST(spool.content(path) == kContent);
    BOOST_REQUIRE(story.history.is_held());
    BOOST_TEST(story.history.hold()->reason == "From, octet 0: is missing");
    spool.files.crash();
    BOOST_TEST(bool(spool::read_message(spool.files, path)));
}

BOOST_AUTO_TEST_CASE(a_failed_step_on_the_way_into_quarantine_leaves_nothing) {
    for (const std::string& content : {std::string(kContent), std::string(100'000, 'x')}) {
        bool reached = true;
        for (std::size_t step = 1; reached; ++step) {
            MemorySpool spool;
            spool.files.fail_operation(step);
            const bool was_promised = bool(quarantine(spool, content));
            reached = spool.files.fault_was_reached();
            BOOST_TEST(was_promised == !reached, "failing file operation " << step);
            spool.files.crash();
            BOOST_TEST(spool.files.names(spool.layout.quarantine()).size() == (was_promised ? 1u : 0u));
        }
    }
}

BOOST_FIXTURE_TEST_SUITE(with_interference, OneSpool)

BOOST_AUTO_TEST_CASE(a_refused_message_that_cannot_be_unlinked_does_not_look_like_mail) {
    struct : test::ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        Status unlink(const std::string& path) override { return Error(Fault::temporary, "unlink " + path); }
    } files(spool_.files);
    BrokenDirectory received_now;
    const auto queued = commit_through(files, received_now);
    BOOST_TEST(!queued);
    BOOST_REQUIRE(spool_.queued().size() == 1u);
    BOOST_TEST(!spool::read_message(spool_.files, spool_.queued().front()));
}

BOOST_AUTO_TEST_CASE(a_sweep_between_creation_and_lock_costs_no_mail) {
    struct : test::ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        Result<std::unique_ptr<sys::File>> create(const std::string& path, unsigned mode) override {
            auto file = files_.create(path, mode);
            if (++created == 1) (void)files_.unlink(path);
            return file;
        }
        int created = 0;
    } files(spool_.files);
    auto received_now = test::must(spool_.files.open_directory(spool_.layout.now(Lane::received)));
    BOOST_TEST(bool(commit_through(files, *received_now)));
    BOOST_TEST(files.created == 2);
    BOOST_TEST(spool_.queued().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_sweep_that_has_locked_the_new_file_costs_no_mail_either) {
    struct : test::ForwardingFiles {
        using ForwardingFiles::ForwardingFiles;
        Result<std::unique_ptr<sys::File>> create(const std::string& path, unsigned mode) override {
            if (++calls == 3) {
                (void)files_.unlink(path);
                sweeper.reset();
            }
            auto file = files_.create(path, mode);
            if (calls == 1) {
                sweeper = test::must(files_.open(path, sys::Access::read_write));
                (void)sweeper->try_lock();
            }
            return file;
        }
        int calls = 0;
        std::unique_ptr<sys::File> sweeper;
    } files(spool_.files);
    auto received_now = test::must(spool_.files.open_directory(spool_.layout.now(Lane::received)));
    BOOST_TEST(bool(commit_through(files, *received_now)));
    BOOST_TEST(files.calls == 3);
    BOOST_TEST(spool_.queued().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
