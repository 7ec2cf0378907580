// SPDX-License-Identifier: BSD-2-Clause
// smtpd-inetd: one SMTP session in one process; see smtpd-inetd(8).
#include <unistd.h>

#include "kick.hpp"
#include "listen.hpp"
#include "options.hpp"
#include "session.hpp"
#include "startup.hpp"
#include "sys/process.hpp"

namespace {

using namespace postern;

int print(std::string_view text) {
    [[maybe_unused]] const auto written = write(STDOUT_FILENO, text.data(), text.size());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    sys::begin_process();
    sys::keep_dialogue_clean();
    const auto options = tools::parse_options(argc, argv);
    if (!options) return tools::report(tools::kProgram, options.error());
    switch (options->wanted) {
        case tools::Options::Wanted::help: return print(tools::help_text());
        case tools::Options::Wanted::version: return print(tools::version_text(tools::kProgram));
        case tools::Options::Wanted::service: break;
    }
    if (!options->places.empty()) return tools::listen(*options);
    if (options->is_kick) return tools::serve_kick(*options, STDIN_FILENO, STDOUT_FILENO);
    return tools::serve_connection(*options, STDIN_FILENO, STDOUT_FILENO);
}
