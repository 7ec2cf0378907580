// SPDX-License-Identifier: BSD-2-Clause
// smtpctl spool repair: what `spool check` finds is mended where line 1 and the log say how it should be. No
// message is removed. What was done, and what was left, is printed one a line.
#include <thread>

#include "commands.hpp"
#include "runner/repair.hpp"
#include "spool/check.hpp"
#include "spool_tree.hpp"
#include "sys/log_file.hpp"
#include "toolbox.hpp"
#include "wake_runners.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::chrono::milliseconds kPause{500};

/// Prints what became of each problem, and counts those that are left.
class Account {
public:
    Account(Toolbox& tools, bool json) : tools_(tools), json_(json) {}

    void enter(bool is_mended, std::string_view kind, const std::string& path, const std::string& problem,
               const std::string& what) {
        if (!is_mended) ++left_;
        if (json_)
            tools_.print_json([&](JsonWriter& line) {
                line.open_object().member("result", is_mended ? "mended" : "left").member("kind", kind);
                line.member("path", path).member("problem", problem).member("what", what).close_object();
            });
        else
            tools_.out << (is_mended ? "mended: " : "left: ") << printable(path) << ": " << printable(problem)
                       << "; " << printable(what) << '\n';
    }
    std::size_t left() const { return left_; }

private:
    Toolbox& tools_;
    bool json_;
    std::size_t left_ = 0;
};

void mend_directories(const config::Config& config, Account& account) {
    for (const WrongDirectory& wrong : check_spool_tree(config)) {
        const Status mended = mend(config, wrong);
        account.enter(bool(mended), "directory", wrong.path, wrong.words,
                      mended ? "it is as it should be now" : mended.error().what());
    }
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    Account account(tools, json);
    mend_directories(config, account);
    const spool::Layout layout(config.directories.spool);
    const std::string& run_directory = config.directories.run;
    POSTERN_ASSIGN(const auto findings,
                   spool::check(tools.files, layout, {run_directory, tools.clock.now(), [] {
                                                          std::this_thread::sleep_for(kPause);
                                                      }}));
    auto log = sys::open_log(config.log, "smtpctl", tools.clock);
    sys::NullLog no_log;
    const runner::Tools repairers{tools.files, layout, tools.clock, log ? **log : no_log};
    for (const runner::Repair& repair : runner::repair(repairers, run_directory, findings))
        account.enter(repair.end == runner::Repair::End::mended, to_string(repair.finding.kind),
                      repair.finding.path, repair.finding.what, repair.what);
    wake_runners(tools.files, config);
    return ending_of(account.left(), status::bad_value, "left");
}

}  // namespace

void add_spool_repair(const Command& spool, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command =
        spool.add_subcommand("repair", "Mend what can be mended without loss; no message is removed");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl spool repair", {65, 75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
