// SPDX-License-Identifier: BSD-2-Clause
// smtpctl status: is mail taken, what waits, since when, and is there trouble.
#include "commands.hpp"
#include "log_tail.hpp"
#include "spool/queue.hpp"
#include "spool/stopped.hpp"
#include "sys/free_space.hpp"
#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

struct Lane {
    std::size_t due = 0;
    std::size_t waiting = 0;
    std::optional<Instant> next = {};
};

struct Health {
    bool stopped = false;
    Lane received, relay;
    std::size_t held = 0;
    std::size_t quarantined = 0;
    std::size_t damaged = 0;
    std::uint64_t free_space = 0;
    bool has_log_files = true;
    std::optional<std::string> problem = {};
};

void count(Lane& lane, const spool::QueuedFile& file, Instant now) {
    if (!file.due || Instant(*file.due) <= now) {
        ++lane.due;
        return;
    }
    ++lane.waiting;
    lane.next = std::min(lane.next.value_or(Instant(*file.due)), Instant(*file.due));
}

void count(Health& health, const spool::QueuedFile& file, Instant now) {
    switch (file.place) {
        case spool::Place::received: return count(health.received, file, now);
        case spool::Place::relay: return count(health.relay, file, now);
        case spool::Place::hold: ++health.held; return;
        case spool::Place::quarantine: ++health.quarantined; return;
        case spool::Place::damaged: ++health.damaged; return;
    }
}

Result<Health> examine(Toolbox& tools, const config::Config& config) {
    Health health;
    POSTERN_ASSIGN(health.stopped, spool::is_stopped(tools.files, config.directories.state));
    const spool::Layout layout(config.directories.spool);
    POSTERN_ASSIGN(const auto queued, spool::list_all(tools.files, layout));
    for (const spool::QueuedFile& file : queued) count(health, file, tools.clock.now());
    POSTERN_ASSIGN(const auto quarantined, spool::list_quarantine(tools.files, layout));
    health.quarantined = quarantined.size();
    POSTERN_ASSIGN(health.free_space, sys::free_space(config.directories.spool));
    health.has_log_files = config.log.target == sys::LogTarget::file;
    if (health.has_log_files) health.problem = last_problem(tools.files, config.directories.log);
    return health;
}

void write(JsonWriter& json, std::string_view name, const Lane& lane) {
    json.key(name).open_object().member("due", lane.due).member("waiting", lane.waiting);
    if (lane.next) json.member("next", format_rfc3339(*lane.next, Precision::seconds));
    json.close_object();
}

void write(JsonWriter& json, const Health& health) {
    json.open_object().member("stopped", health.stopped);
    write(json, "received", health.received);
    write(json, "relay", health.relay);
    json.member("held", health.held)
        .member("quarantined", health.quarantined)
        .member("damaged", health.damaged)
        .member("free_space", health.free_space);
    json.member_unless_empty("last_problem", health.problem.value_or("")).close_object();
}

void print(std::ostream& out, std::string_view name, const Lane& lane) {
    out << name << lane.due << " due, " << lane.waiting << " waiting";
    if (lane.next) out << ", next at " << format_rfc3339(*lane.next, Precision::seconds);
    out << '\n';
}

void print(std::ostream& out, const Health& health) {
    out << "State:     " << (health.stopped ? "stopped ('smtpctl start' starts it)" : "running") << '\n';
    print(out, "Received:  ", health.received);
    print(out, "Relay:     ", health.relay);
    out << "Held:      " << health.held << '\n'
        << "Invalid:   " << health.quarantined << '\n'
        << "Damaged:   " << health.damaged << '\n'
        << "Disk free: " << health.free_space / 1'000'000 << " MB\n"
        << "Problem:   "
        << printable(health.problem.value_or(health.has_log_files ? "none logged" : "the log is not here"))
        << '\n';
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const Health health, examine(tools, config));
    if (json)
        tools.print_json([&](JsonWriter& line) { write(line, health); });
    else
        print(tools.out, health);
    return done;
}

}  // namespace

void add_status(const Command& app, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command =
        app.add_subcommand("status", "Show whether mail is taken, what waits, and trouble");
    command.add_flag("--json", *json, "Print one JSON object");
    command.describe("smtpctl status", {75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
