// SPDX-License-Identifier: BSD-2-Clause
#include "options.hpp"

#include <getopt.h>

namespace postern::tools {

namespace {

constexpr std::string_view kHelp =
    "Usage: smtpd-inetd --root DIR [--service NAME] [--local] [--kick]\n"
    "                   [--listen ADDRESS:PORT|unix:/PATH]...\n"
    "                   [--sandbox require|try|off]\n"
    "\n"
    "Serves one SMTP session on standard input and output, as inetd, xinetd, tcpserver\n"
    "and systemd start it, and spools the mail.\n"
    "\n"
    "  --root DIR             The userland; POSTERN_ROOT stands for it\n"
    "  --service NAME         Which service this is: smtp (unless given), submission, submissions,\n"
    "                         local or lmtp; any other name is another smtp\n"
    "  --local                Serve also a peer that has no address: a pipe, a terminal\n"
    "  --kick                 Send the mail that waits for whoever connects (kick.hosts)\n"
    "  --listen ADDRESS:PORT  Wait for connections there instead, a process for each;\n"
    "                         IPv6 in brackets; unix:/PATH is a unix socket; may be repeated\n"
    "  --sandbox HOW          Confine each session: require (unless given) refuses to serve where\n"
    "                         the kernel cannot; try does what it can; off is for debuggers\n"
    "  --version              Print the version\n"
    "  --help                 Print this\n"
    "\n"
    "Example: smtpd-inetd --root /var/lib/postern --listen 127.0.0.1:2525\n"
    "Exit status: 0 after a session, whatever came of it; 64 wrong usage; with --listen\n"
    "also 69 cannot bind, 78 wrong configuration. See smtpd-inetd(8).\n";

enum Letter : int {
    root = 'r',
    service = 's',
    local = 'o',
    kick = 'k',
    listen = 'l',
    sandbox = 'x',
    version = 'V',
    help = 'h'
};

constexpr option kLong[] = {
    {"root", required_argument, nullptr, Letter::root},
    {"service", required_argument, nullptr, Letter::service},
    {"local", no_argument, nullptr, Letter::local},
    {"kick", no_argument, nullptr, Letter::kick},
    {"listen", required_argument, nullptr, Letter::listen},
    {"sandbox", required_argument, nullptr, Letter::sandbox},
    {"version", no_argument, nullptr, Letter::version},
    {"help", no_argument, nullptr, Letter::help},
    {},
};

Error usage(const std::string& what) { return {Fault::usage, what + "; see smtpd-inetd --help"}; }

Status add_place(Options& options, std::string_view text) {
    constexpr std::string_view kUnix = "unix:/";
    const auto endpoint = sys::Endpoint::parse(text);
    if (endpoint)
        options.places.emplace_back(*endpoint);
    else if (text.starts_with(kUnix) && text.size() > kUnix.size())
        options.places.emplace_back(std::string(text.substr(kUnix.size() - 1)));
    else
        return usage("--listen " + std::string(text) + " is neither ADDRESS:PORT nor unix:/PATH");
    return done;
}

Status choose_sandbox(Options& options, std::string_view text) {
    const auto sandbox = sys::parse_sandbox(text);
    if (!sandbox) return usage("--sandbox " + std::string(text) + " is neither require, try nor off");
    options.sandbox = *sandbox;
    return done;
}

Status apply(Options& options, int letter, const char* last_word) {
    switch (letter) {
        case Letter::root: options.root = optarg; return done;
        case Letter::service: options.service = optarg; return done;
        case Letter::local: options.peers = Options::Peers::local_too; return done;
        case Letter::kick: options.is_kick = true; return done;
        case Letter::listen: return add_place(options, optarg);
        case Letter::sandbox: return choose_sandbox(options, optarg);
        case Letter::version: options.wanted = Options::Wanted::version; return done;
        case Letter::help: options.wanted = Options::Wanted::help; return done;
        case ':': return usage(std::string(last_word) + " needs a value");
        default: return usage(std::string("unknown option ") + last_word);
    }
}

}  // namespace

Result<Options> parse_options(int argc, char** argv) {
    Options options;
    for (int letter = 0; (letter = getopt_long(argc, argv, "+:", kLong, nullptr)) != -1;)
        POSTERN_TRY(apply(options, letter, argv[optind - 1]));
    if (optind < argc) return usage(std::string("unexpected argument ") + argv[optind]);
    return options;
}

std::string_view help_text() { return kHelp; }

}  // namespace postern::tools
