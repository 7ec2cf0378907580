// SPDX-License-Identifier: BSD-2-Clause
// Sessions and their Limits, all on one table, as several processes have it.
#pragma once

#include <algorithm>
#include <memory>

#include <boost/test/unit_test.hpp>

#include "limit_table.hpp"
#include "policy/limits.hpp"
#include "support/memory_files.hpp"
#include "support/recording_log.hpp"

namespace limits_tests {

using namespace postern;
using namespace std::chrono_literals;

using policy::Counted;
using policy::Limits;
using policy::Subject;

struct Session {
    sys::SharedTable table;
    Limits limits;

    Session(sys::SharedTable opened, sys::FileSystem& files, const policy::LimitOptions& options,
            const Clock& clock, Log& log)
        : table(std::move(opened)), limits(&table, {files, "/bans"}, options, 1h, clock, log) {}
};

struct Fixture : test::LimitTable {
    test::MemoryFiles files;
    test::RecordingLog log;
    policy::LimitOptions options;
    std::vector<std::unique_ptr<Session>> sessions;
    bool trusts = false;
    int asked = 0;

    Fixture() {
        BOOST_REQUIRE(files.make_directory("/bans", 0700));
        options.exempt = {*IpNetwork::parse("127.0.0.0/8")};
    }
    Limits& begin() {
        return sessions.emplace_back(std::make_unique<Session>(open(), files, options, clock, log))->limits;
    }
    Limits::Refusal admit(Limits& limits, std::string_view peer) {
        return limits.admit(*IpAddress::parse(peer), [this] { return ++asked, trusts; });
    }
    /// What a new session from there hears.
    int code(std::string_view peer = "192.0.2.1") {
        Limits& limits = begin();
        auto refusal = limits.enter(sessions.size());
        if (!refusal) refusal = admit(limits, peer);
        if (refusal) limits.leave();
        return refusal ? refusal->code : 220;
    }
    /// Slots of sessions from there.
    long held_by(std::string_view peer) {
        auto table = open();
        const auto live = *policy::SessionSlots(table, 1h).list();
        const auto source = Subject::source(*IpAddress::parse(peer));
        return std::ranges::count(live, source, &policy::LiveSession::source);
    }
    std::uint64_t count(std::string_view peer, Counted what) {
        const auto table = open();
        const policy::Rates rates(policy::limit_map(table));
        return rates.count(Subject::source(*IpAddress::parse(peer)), what, clock.now());
    }
    std::uint64_t count_of_all(Counted what) {
        const auto table = open();
        const policy::Rates rates(policy::limit_map(table));
        return rates.of_all(clock.now())[static_cast<std::size_t>(what)];
    }
    Limits& served(std::string_view peer = "192.0.2.1") {
        BOOST_REQUIRE(code(peer) == 220);
        return sessions.back()->limits;
    }
};

inline int code_of(const Limits::Refusal& refusal) { return refusal ? refusal->code : 250; }
inline std::string text_of(const Limits::Refusal& refusal) { return refusal ? refusal->text : "accepted"; }

inline const auto kAlice = mail::Address::parse("alice@example.org");
inline const auto kBob = mail::Address::parse("bob@example.org");

}  // namespace limits_tests
