// SPDX-License-Identifier: BSD-2-Clause
// smtpctl tls selfsign: a certificate that vouches for itself. Other mail servers take it, mail programs ask.
#include "certificates.hpp"
#include "commands.hpp"
#include "sys/replace_file.hpp"
#include "tls/store.hpp"

namespace postern::smtpctl {

namespace {

struct Options {
    std::vector<std::string> names;
    bool rsa = false;
    bool replace = false;
};

/// A certificate that somebody has vouched for is not lost by a slip.
Status expect_no_better(Toolbox& tools, const std::string& path) {
    auto pem = sys::read_whole_file(tools.files, path);
    if (pem.failed_with(Fault::not_found)) return done;
    POSTERN_TRY(pem);
    const tls::Wiped text(*std::move(pem));
    const auto there = tls::inspect_certificate(text.view());
    if (!there || there->is_self_signed) return done;
    return Error(Fault::permanent,
                 path + " has a certificate of " + there->issuer + "; --replace takes its place");
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const auto names, parse_names(options.names, config));
    const tls::KeyKind kind = options.rsa ? tls::KeyKind::rsa : tls::KeyKind::ecdsa;
    POSTERN_ASSIGN(const auto lock, tools.lock(config.directories.root));
    for (const auto& name : names)
        if (!options.replace)
            POSTERN_TRY(expect_no_better(
                tools, tls::certificate_path(config.directories.tls, name, to_string(kind))));
    POSTERN_ASSIGN(const tls::Wiped pem, self_signed_for(names, kind, tools.clock.now()));
    POSTERN_TRY(keep_certificate(tools.files, config, names, to_string(kind), pem.view()));
    tools.out << "Made a certificate for " << join(names) << '\n';
    return done;
}

}  // namespace

void add_tls_selfsign(const Command& tls, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = tls.add_subcommand("selfsign", "Make a certificate that vouches for itself");
    command.add_option("NAME", options->names, "Names that it is for; else server.hostname");
    command.add_flag("--rsa", options->rsa, "With an RSA key, beside the usual one");
    command.add_flag("--replace", options->replace, "Even in the place of one that an authority has signed");
    command.describe("smtpctl tls selfsign mx.example.org mail.example.org", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
