// SPDX-License-Identifier: BSD-2-Clause
// What every command of smtpctl works with, and how it ends. A command is a function of its options and a
// Toolbox; it prints what it has to show and returns an Ending, which main alone turns into an exit status.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include "accounts/editor.hpp"
#include "base/clock.hpp"
#include "base/json_text.hpp"
#include "base/result.hpp"
#include "config/config.hpp"
#include "mail/address.hpp"
#include "sys/file_system.hpp"
#include "sys/replace_file.hpp"

namespace postern::smtpctl {

/// The exit statuses of smtpctl beside those of exit_status(Error).
namespace status {
inline constexpr int usage = 64, bad_value = 65, no_such_id = 66, no_such_user = 67, no_such_domain = 68;
}

/// Success, or an exit status and one line for standard error.
struct Ending {
    int status = 0;
    std::string what = {};

    Ending(Done) {}
    /// A command says itself what was asked for and is not there; any other file that is missing belongs to
    /// the userland.
    Ending(const Error& error)
        : status(error.fault() == Fault::not_found ? 78 : exit_status(error)), what(error.what()) {}
    Ending(int exit, std::string text) : status(exit), what(std::move(text)) {}
};

class Toolbox {
public:
    Toolbox(std::ostream& output, sys::FileSystem& file_system, const Clock& wall_clock)
        : out(output), files(file_system), clock(wall_clock) {}

    std::ostream& out;
    sys::FileSystem& files;
    const Clock& clock;
    std::string root_option;  ///< --root
    Ending ending = done;     ///< of the command that ran

    /// The root of the userland; whoever was root has become its owner.
    Result<std::string> enter();
    /// enter(), and the settings.
    Result<config::Config> config();
    /// Waits for other editors.
    Result<accounts::Editor> edit(const config::Config& config);
    /// The same for who edits other things below this root than accounts.
    Result<sys::EditLock> lock(const std::string& root);

    /// Prints a line that the function writes as JSON.
    template <class Write>
    void print_json(Write write) {
        std::string line;
        JsonWriter writer(line);
        write(writer);
        out << line << '\n';
    }
};

/// "alice@example.org", or "alice" of local.default_domain.
Result<mail::Address> parse_local(std::string_view text, const config::Config& config);
Result<mail::Domain> parse_domain(std::string_view text);

/// Says what an edit came to: `name` is the account, alias or host that it was about.
Ending ending_of(const Result<accounts::Edited>& edited, const std::string& name, const mail::Domain& domain);

/// How a search for trouble ends: with `status` and "3 problems found" unless there is none.
Ending ending_of(std::size_t problems, int status, const std::string& found = "found");

/// `text` as it may stand on a terminal: what is no UTF-8 or a control character becomes %XX.
std::string printable(std::string_view text);

}  // namespace postern::smtpctl
