// SPDX-License-Identifier: BSD-2-Clause
// deliver: passes over the mail that is due in the received lane; see deliver(8).
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>

#include "run.hpp"
#include "startup.hpp"
#include "sys/process.hpp"

namespace {

using namespace postern;

constexpr int kUsage = 64;  // EX_USAGE; CLI11's own codes begin at 100

void describe(CLI::App& app, tools::DeliverOptions& options) {
    app.add_option("--root", options.root, "The userland; POSTERN_ROOT stands for it")->type_name("DIR");
    app.add_flag("--watch", options.is_watching, "Stay, and deliver mail as it comes in");
    app.add_option_function<std::string>(
           "--sandbox", [&options](const std::string& how) { options.sandbox = *sys::parse_sandbox(how); },
           "Confine it: require, or work only with what the kernel has, or not at all")
        ->type_name("HOW")
        ->check(CLI::IsMember({"require", "try", "off"}));
    app.add_flag("-v,--verbose", options.is_verbose, "Print each event on standard output");
    app.set_version_flag("--version", tools::version_text("deliver"), "Print the version and exit");
    app.footer("Example:\n  deliver --root /srv/postern -v");
}

}  // namespace

int main(int argc, char** argv) {
    sys::begin_process();
    tools::DeliverOptions options;
    CLI::App app("Takes mail from the spool to its mailboxes.", "deliver");
    describe(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& end) {
        return app.exit(end, std::cout, std::cerr) == 0 ? 0 : kUsage;
    }
    return tools::deliver(options);
}
