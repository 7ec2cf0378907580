// SPDX-License-Identifier: BSD-2-Clause
#include "certificates.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "sys/replace_file.hpp"
#include "tls/store.hpp"

namespace postern::smtpctl {

namespace {

constexpr unsigned kDirectoryMode = 0750;
constexpr unsigned kFileMode = 0640;                    // sessions read it by their group
constexpr std::chrono::days kSelfSignedFor{3652};       // nobody is asked to believe it
constexpr std::chrono::hours kForClocksThatAreSlow{1};  // another host's clock may be behind

Result<std::string> parse_name(const std::string& word) {
    const bool is_wildcard = word.starts_with("*.");
    POSTERN_ASSIGN(const mail::Domain domain, parse_domain(is_wildcard ? word.substr(2) : word));
    return (is_wildcard ? "*." : "") + domain.text();
}

bool exists(sys::FileSystem& files, const std::string& path) {
    return !files.info(path).failed_with(Fault::not_found);
}

}  // namespace

Result<std::vector<std::string>> parse_names(const std::vector<std::string>& words,
                                             const config::Config& config) {
    if (words.empty()) return std::vector{config.tls.name};
    std::vector<std::string> names;
    for (const auto& word : words) {
        POSTERN_ASSIGN(std::string name, parse_name(word));
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

Status make_certificate_directory(sys::FileSystem& files, const config::Config& config) {
    const Status made = files.make_directory(config.directories.tls, kDirectoryMode);
    return made.failed_with(Fault::exists) ? Status(done) : made;
}

Status keep_certificate(sys::FileSystem& files, const config::Config& config,
                        const std::vector<std::string>& names, std::string_view kind, std::string_view pem) {
    POSTERN_TRY(make_certificate_directory(files, config));
    for (const auto& name : names)
        POSTERN_TRY(sys::replace_file(files, tls::certificate_path(config.directories.tls, name, kind), pem,
                                      kFileMode));
    return done;
}

std::string waiting_key_path(const config::Config& config, const std::string& name, std::string_view kind) {
    return config.directories.tls + '/' + escape_file_name(name) + '.' + std::string(kind) + ".key";
}

Result<tls::Wiped> self_signed_for(const std::vector<std::string>& names, tls::KeyKind kind, Instant now) {
    POSTERN_ASSIGN(const auto key, tls::make_key(kind));
    return tls::make_self_signed(key.get(), names, now - kForClocksThatAreSlow, now + kSelfSignedFor);
}

Status make_first_certificate(Toolbox& tools, const config::Config& config) {
    const std::string& name = config.tls.name;
    for (const auto kind : tls::kKeyKinds)
        if (exists(tools.files, tls::certificate_path(config.directories.tls, name, kind))) return done;
    POSTERN_ASSIGN(const tls::Wiped pem, self_signed_for({name}, tls::KeyKind::ecdsa, tools.clock.now()));
    return keep_certificate(tools.files, config, {name}, to_string(tls::KeyKind::ecdsa), pem.view());
}

std::string_view to_string(tls::KeyKind kind) { return kind == tls::KeyKind::rsa ? "rsa" : "ecdsa"; }

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace postern::smtpctl
