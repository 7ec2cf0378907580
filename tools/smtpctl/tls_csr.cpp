// SPDX-License-Identifier: BSD-2-Clause
// smtpctl tls csr: a request for a certificate, for an authority to sign. Its key stays here and waits.
#include "certificates.hpp"
#include "commands.hpp"
#include "sys/replace_file.hpp"
#include "tls/identity.hpp"

namespace postern::smtpctl {

namespace {

constexpr unsigned kKeyMode = 0600;  // no session has any use for it yet

struct Options {
    std::vector<std::string> names;
    bool rsa = false;
};

/// A second request is one for the same key: who has sent off the first may still get an answer.
Result<tls::Handle<evp_pkey_st>> waiting_or_new_key(sys::FileSystem& files, const std::string& path,
                                                    tls::KeyKind kind) {
    auto there = sys::read_whole_file(files, path);
    if (there) {
        const tls::Wiped pem(*std::move(there));
        return tls::parse_private_key(pem.view()).in(path);
    }
    if (!there.failed_with(Fault::not_found)) return there.error();
    POSTERN_ASSIGN(auto key, tls::make_key(kind));
    POSTERN_ASSIGN(const tls::Wiped pem, tls::to_pem(key.get()));
    POSTERN_TRY(sys::replace_file(files, path, pem.view(), kKeyMode));
    return key;
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const auto names, parse_names(options.names, config));
    const tls::KeyKind kind = options.rsa ? tls::KeyKind::rsa : tls::KeyKind::ecdsa;
    POSTERN_ASSIGN(const auto lock, tools.lock(config.directories.root));
    POSTERN_TRY(make_certificate_directory(tools.files, config));
    const std::string path = waiting_key_path(config, names.front(), to_string(kind));
    POSTERN_ASSIGN(const auto key, waiting_or_new_key(tools.files, path, kind));
    POSTERN_ASSIGN(const std::string request, tls::make_request(key.get(), names));
    tools.out << request;
    return done;
}

}  // namespace

void add_tls_csr(const Command& tls, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command =
        tls.add_subcommand("csr", "Print a request for a certificate; its key stays here");
    command.add_option("NAME", options->names, "Names that it is for; else server.hostname");
    command.add_flag("--rsa", options->rsa, "With an RSA key");
    command.describe("smtpctl tls csr mx.example.org > request.pem", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
