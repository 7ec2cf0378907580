// SPDX-License-Identifier: BSD-2-Clause
#include <functional>

#include <boost/test/unit_test.hpp>

#include "support/forwarding_files.hpp"
#include "worker_fixture.hpp"

using namespace postern;
using namespace postern::test;
using runner::Suspects;
using runner::Turn;

namespace suspects_tests {

/// A file that kills whoever reads it.
struct PoisonousSpool : WorkerFixture {
    PoisonousSpool() : poison(queue_for({"bob@example.org"})) {}

    static runner::Options noting() {
        runner::Options noting = options();
        noting.run_directory = "run";
        return noting;
    }

    /// Is it read, then the process dies: nothing of it works any more.
    struct DeadlyFile : sys::File {
        DeadlyFile(std::unique_ptr<sys::File> the_file, std::function<void()> what_reading_does)
            : file(std::move(the_file)), kill(std::move(what_reading_does)) {}
        Result<std::size_t> read_at(std::uint64_t offset, std::span<char> into) const override {
            kill();
            return file->read_at(offset, into);
        }
        Status write_at(std::uint64_t offset, std::string_view bytes) override {
            return file->write_at(offset, bytes);
        }
        Status sync() override { return file->sync(); }
        Status sync_data() override { return file->sync_data(); }
        Result<bool> try_lock() override { return file->try_lock(); }
        Result<sys::FileInfo> info() const override { return file->info(); }
        std::unique_ptr<sys::File> file;
        std::function<void()> kill;
    };
    struct DeadlyFiles : ForwardingFiles {
        DeadlyFiles(MemoryFiles& memory, std::string name)
            : ForwardingFiles(memory), memory_(memory), deadly(std::move(name)) {}
        Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override {
            auto file = files_.open(path, access);
            if (!file || !path.starts_with("spool/") || !path.ends_with(deadly)) return file;
            return std::unique_ptr<sys::File>(std::make_unique<DeadlyFile>(*std::move(file), [this] {
                memory_.fail_from(1);
                has_killed = true;
            }));
        }
        MemoryFiles& memory_;
        std::string deadly;
        bool has_killed = false;
    };

    /// One pass of a runner that delivers everything; false when it died.
    bool pass() {
        DeadlyFiles deadly(files, poison.text());
        {
            runner::Worker runner({deadly, layout, clock, log}, noting(), "deliver");
            must(runner.sweep());
            try_each(runner, due(), Turn::first, deadly);
            if (!deadly.has_killed) try_each(runner, runner.shelved(), Turn::last, deadly);
            found_trouble = runner.found_trouble();
        }
        files.restart();
        return !deadly.has_killed;
    }
    void try_each(runner::Worker& runner, const std::vector<spool::DueFile>& some, Turn turn,
                  const DeadlyFiles& deadly) {
        for (const auto& file : some) {
            auto message = runner.take_up(file, turn);
            if (deadly.has_killed) return;
            if (*message)
                must(runner.settle(**std::move(message), {outcome(Kind::delivered, {0})}, Lane::received));
        }
    }

    spool::MessageId poison;
    bool found_trouble = false;
};

}  // namespace suspects_tests

BOOST_FIXTURE_TEST_SUITE(suspects_tests, suspects_tests::PoisonousSpool)

BOOST_AUTO_TEST_CASE(a_message_that_kills_its_reader_is_tried_last_and_parked_unread) {
    BOOST_TEST(!pass());
    for (int i = 0; i < 5; ++i) queue_for({"eve@example.org"});
    for (unsigned deaths = 2; deaths <= options().max_crashes; ++deaths) {
        BOOST_TEST(!pass());
        BOOST_TEST(queued().size() == 1u);  // the others were delivered before
    }
    BOOST_TEST(pass());
    BOOST_TEST(found_trouble);
    BOOST_TEST(queued().empty());
    BOOST_TEST(files.exists("spool/hold/" + poison.text()));
    BOOST_TEST(pass());  // and no sweep reads it
    BOOST_TEST(!found_trouble);
}

BOOST_AUTO_TEST_CASE(a_runner_that_is_killed_by_others_accuses_nobody_for_long) {
    BOOST_TEST(!pass());
    poison = *spool::MessageId::parse(std::string(26, 'a'));  // nothing is wrong with the message
    BOOST_TEST(pass());
    BOOST_TEST(queued().empty());
    BOOST_TEST(files.names("run/suspects").empty());
    BOOST_TEST(files.names("run/working").empty());
}

BOOST_AUTO_TEST_CASE(notes_of_living_runners_are_left_alone) {
    Suspects one(files, "run", "deliver");
    one.note(poison);
    const Suspects other(files, "run", "deliver");
    BOOST_TEST(other.deaths(poison) == 0u);
    BOOST_TEST(files.names("run/working").size() == 2u);
}

BOOST_AUTO_TEST_CASE(deaths_are_counted_and_forgotten) {
    for (unsigned deaths = 1; deaths <= 3; ++deaths) {
        {
            Suspects dying(files, "run", "mxrun");
            dying.note(poison);
            files.fail_from(1);
        }
        files.restart();
        BOOST_TEST(Suspects(files, "run", "deliver").deaths(poison) == deaths);
    }
    Suspects(files, "run", "deliver").acquit(poison);
    BOOST_TEST(Suspects(files, "run", "deliver").deaths(poison) == 0u);
}

BOOST_AUTO_TEST_CASE(what_was_let_go_is_not_accused) {
    {
        Suspects dying(files, "run", "mxrun");
        dying.note(poison);
        dying.forget();
        files.fail_from(1);
    }
    files.restart();
    BOOST_TEST(Suspects(files, "run", "deliver").deaths(poison) == 0u);
    BOOST_TEST(files.names("run/working").empty());
}

BOOST_AUTO_TEST_CASE(without_a_run_directory_nothing_is_noted_and_all_works) {
    files.fail_on("run", EACCES);
    Suspects suspects(files, "run", "deliver");
    suspects.note(poison);
    suspects.forget();
    Suspects none(files, "", "deliver");
    none.note(poison);
    none.accuse(poison);
    BOOST_TEST(none.deaths(poison) == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
