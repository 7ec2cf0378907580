// SPDX-License-Identifier: BSD-2-Clause
// smtpctl tls install: a certificate from elsewhere, checked before it takes the place of the one that is
// there.
#include <filesystem>

#include "certificates.hpp"
#include "commands.hpp"
#include "sys/replace_file.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::size_t kLargestFile = 256 * 1024;

struct Options {
    std::string certificate;
    std::string key;  ///< "" = the one that waits for it
    std::vector<std::string> names;
};

struct Material {
    std::string certificate;
    std::optional<tls::Wiped> key = std::nullopt;
};

/// What certbot has are links, which no file of a userland may be.
Result<std::string> read_given_file(sys::FileSystem& files, const std::string& path) {
    std::error_code error;
    const auto place = std::filesystem::canonical(path, error);
    if (error) return Error(Fault::permanent, path + ": " + error.message());
    return sys::read_whole_file(files, place.string(), kLargestFile);
}

/// With the rights that the command was started with: certbot's files are root's.
Result<Material> read_material(sys::FileSystem& files, const Options& options) {
    POSTERN_ASSIGN(std::string certificate, read_given_file(files, options.certificate));
    Material material{.certificate = std::move(certificate)};
    if (options.key.empty()) return material;
    POSTERN_ASSIGN(std::string key, read_given_file(files, options.key));
    material.key.emplace(std::move(key));
    return material;
}

Status expect_good(const tls::CertificateInfo& info, const std::string& path, Instant now) {
    if (info.key_kind.empty())
        return Error(Fault::permanent,
                     path + ": a key of kind " + info.key + " cannot be used; ECDSA or RSA can");
    if (info.not_after < now)
        return Error(Fault::permanent,
                     path + ": expired on " + format_rfc3339(info.not_after, Precision::seconds));
    return done;
}

/// Those that were named, which the certificate must be for, or all of its own.
Result<std::vector<std::string>> names_for(const Options& options, const tls::CertificateInfo& info,
                                           const config::Config& config) {
    if (options.names.empty() && info.names.empty())
        return Error(Fault::permanent, options.certificate + ": is for no name; name some by --name");
    POSTERN_ASSIGN(auto names, parse_names(options.names.empty() ? info.names : options.names, config));
    for (const auto& name : names)
        if (!info.names.empty() && !tls::is_for(info, name))
            return Error(Fault::permanent,
                         options.certificate + ": is not for " + name + ", but for " + join(info.names));
    return names;
}

/// The key that `tls csr` made for it.
Result<tls::Wiped> take_waiting_key(sys::FileSystem& files, const config::Config& config,
                                    const tls::CertificateInfo& info, const std::vector<std::string>& names) {
    for (const auto& name : names) {
        auto key = sys::read_whole_file(files, waiting_key_path(config, name, info.key_kind));
        if (key.failed_with(Fault::not_found)) continue;
        POSTERN_TRY(key);
        return tls::Wiped(*std::move(key));
    }
    return Error(Fault::permanent,
                 "no key waits for this certificate ('smtpctl tls csr' makes one); name its file");
}

Status forget_waiting_keys(sys::FileSystem& files, const config::Config& config, const std::string& kind,
                           const std::vector<std::string>& names) {
    for (const auto& name : names) {
        const Status removed = sys::remove_file(files, waiting_key_path(config, name, kind));
        if (!removed && !removed.failed_with(Fault::not_found)) return removed;
    }
    return done;
}

void print(std::ostream& out, const tls::CertificateInfo& info, const std::vector<std::string>& names,
           const config::Config& config) {
    out << "Installed for " << join(names) << ", good until "
        << format_rfc3339(info.not_after, Precision::seconds) << '\n';
    if (!tls::is_for(info, config.tls.name))
        out << "It is not for " << config.tls.name
            << " (server.hostname), whose certificate clients get that name no "
            << "other\n";
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(Material material, read_material(tools.files, options));
    POSTERN_ASSIGN(const config::Config config, tools.config());
    const auto inspected = tls::inspect_certificate(material.certificate).in(options.certificate);
    if (!inspected) return {status::bad_value, inspected.error().what()};
    const tls::CertificateInfo& info = *inspected;
    POSTERN_TRY(expect_good(info, options.certificate, tools.clock.now()));
    POSTERN_ASSIGN(const auto names, names_for(options, info, config));
    POSTERN_ASSIGN(const auto lock, tools.lock(config.directories.root));
    if (!material.key) {
        POSTERN_ASSIGN(tls::Wiped waiting, take_waiting_key(tools.files, config, info, names));
        material.key.emplace(std::move(waiting));
    }
    const auto pem = tls::put_together(material.certificate, material.key->view());
    if (!pem) return {status::bad_value, pem.error().what()};
    POSTERN_TRY(keep_certificate(tools.files, config, names, info.key_kind, pem->view()));
    if (options.key.empty()) POSTERN_TRY(forget_waiting_keys(tools.files, config, info.key_kind, names));
    print(tools.out, info, names, config);
    return done;
}

}  // namespace

void add_tls_install(const Command& tls, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = tls.add_subcommand("install", "Use a certificate, once it is checked");
    command
        .add_option("CERT", options->certificate,
                    "File with the certificate and those that lead to its authority, as PEM")
        .required();
    command.add_option("KEY", options->key, "File with its private key; else the one of 'tls csr'");
    command.add_option("--name", options->names, "A name to use it for; else all that stand in it")
        .type_name("NAME");
    command.describe("smtpctl tls install fullchain.pem privkey.pem", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
