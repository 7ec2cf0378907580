// SPDX-License-Identifier: BSD-2-Clause
// mxrun: passes over the mail that is due for other hosts; see mxrun(8).
#include <iostream>

#include <CLI/CLI.hpp>

#include "options.hpp"
#include "run.hpp"
#include "startup.hpp"
#include "sys/process.hpp"

namespace {

using namespace postern;

constexpr int kUsage = 64;  // EX_USAGE; CLI11's own codes begin at 100

void describe(CLI::App& app, tools::MxrunOptions& options) {
    app.add_option("--root", options.root, "The userland; POSTERN_ROOT stands for it")->type_name("DIR");
    app.add_option("--zone", options.zone_file, "Take all DNS answers from this zone file")
        ->type_name("FILE");
    auto* watch = app.add_flag("--watch", options.is_watching, "Stay, and send mail as it comes in");
    app.add_option("--domain", options.domains, "Only mail for this domain, due or not; may be repeated")
        ->type_name("DOMAIN")
        ->allow_extra_args(false)
        ->excludes(watch);
    app.add_option("--id", options.ids, "Only this message, due or not; may be repeated")
        ->type_name("ID")
        ->allow_extra_args(false)
        ->excludes(watch);
    app.add_flag("--dry-run", options.is_dry_run, "Only say where each message would go")->excludes(watch);
    app.add_option_function<std::string>(
           "--sandbox", [&options](const std::string& how) { options.sandbox = *sys::parse_sandbox(how); },
           "Confine it: require, or work only with what the kernel has, or not at all")
        ->type_name("HOW")
        ->check(CLI::IsMember({"require", "try", "off"}));
    app.add_flag("-v,--verbose", options.is_verbose, "Print each event on standard output");
    app.set_version_flag("--version", tools::version_text("mxrun"), "Print the version and exit");
    app.footer(
        "Examples:\n  mxrun --root /srv/postern -v\n"
        "  mxrun --root /srv/postern --domain example.net --dry-run");
}

}  // namespace

int main(int argc, char** argv) {
    sys::begin_process();
    tools::MxrunOptions options;
    CLI::App app("Takes mail from the spool to other hosts.", "mxrun");
    describe(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& end) {
        return app.exit(end, std::cout, std::cerr) == 0 ? 0 : kUsage;
    }
    return tools::mxrun(options);
}
