// SPDX-License-Identifier: BSD-2-Clause
// smtpctl tls check: every certificate, for whom it is used, until when, and what is wrong with it.
#include <algorithm>

#include "base/escape.hpp"
#include "certificates.hpp"
#include "commands.hpp"
#include "tls/glance.hpp"
#include "tls/store.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::size_t kLargestFile = 256 * 1024;
constexpr std::chrono::days kSoon{14};

/// A file of the store, and all that can be said of it.
struct Entry {
    std::string file;
    std::string name;  ///< that it is used for
    tls::CertificateInfo info = {};
    std::vector<std::string> problems = {};
    std::string remark = {};
};

/// "mx.example.org" of "mx.example.org.ecdsa.pem"; nothing of a file that no look-up asks for.
std::optional<std::string> name_of(const std::string& file) {
    for (const auto kind : tls::kKeyKinds) {
        const std::string ending = '.' + std::string(kind) + ".pem";
        if (!file.ends_with(ending) || file.starts_with('.')) continue;
        return unescape(std::string_view(file).substr(0, file.size() - ending.size()));
    }
    return std::nullopt;
}

void judge(Entry& entry, std::string_view pem, Instant now) {
    const auto info = tls::inspect_certificate(pem);
    if (!info) return entry.problems.push_back(info.error().what());
    entry.info = *info;
    if (const Status good = tls::check_at_a_glance(pem, now); !good)
        entry.problems.push_back(good.error().what());
    else if (const auto together = tls::put_together(pem, pem); !together)
        entry.problems.push_back(together.error().what());
    else if (info->not_after < now + kSoon)
        entry.remark =
            "expires in " + std::to_string((info->not_after - now) / std::chrono::days(1)) + " days";
    if (!info->names.empty() && !tls::is_for(*info, entry.name))
        entry.problems.push_back("is not for this name, but for " + join(info->names));
    if (!entry.file.ends_with('.' + info->key_kind + ".pem"))
        entry.problems.push_back("its key is of kind " + info->key);
}

Result<std::vector<Entry>> look_through(Toolbox& tools, const config::Config& config) {
    auto files = tools.files.list(config.directories.tls);
    if (files.failed_with(Fault::not_found)) return std::vector<Entry>();
    POSTERN_TRY(files);
    std::ranges::sort(*files);
    std::vector<Entry> entries;
    for (const auto& file : *files) {
        const auto name = name_of(file);
        if (!name) continue;
        Entry entry{.file = file, .name = *name};
        auto pem = sys::read_whole_file(tools.files, config.directories.tls + '/' + file, kLargestFile);
        if (!pem)
            entry.problems.push_back(pem.error().what());
        else
            judge(entry, tls::Wiped(*std::move(pem)).view(), tools.clock.now());
        entries.push_back(std::move(entry));
    }
    return entries;
}

std::string issuer_of(const tls::CertificateInfo& info) {
    return info.is_self_signed ? "itself" : info.issuer;
}

void print(std::ostream& out, const Entry& entry, const config::Config& config) {
    out << entry.name << (entry.name == config.tls.name ? " (and whoever asks for no name)" : "") << '\n';
    if (!entry.info.key.empty())
        out << "  " << entry.info.key << ", by " << printable(issuer_of(entry.info)) << ", until "
            << format_rfc3339(entry.info.not_after, Precision::seconds) << '\n';
    if (!entry.info.names.empty()) out << "  for " << printable(join(entry.info.names)) << '\n';
    for (const auto& problem : entry.problems) out << "  problem: " << printable(problem) << '\n';
    if (!entry.remark.empty()) out << "  remark: " << entry.remark << '\n';
}

void print_json(Toolbox& tools, const Entry& entry) {
    tools.print_json([&](JsonWriter& line) {
        line.open_object().member("name", entry.name).member("file", entry.file);
        line.member("key", entry.info.key).member("issuer", entry.info.issuer);
        line.member("self_signed", entry.info.is_self_signed);
        if (!entry.info.key.empty())
            line.member("until", format_rfc3339(entry.info.not_after, Precision::seconds));
        line.key("names").open_array();
        for (const auto& name : entry.info.names) line.value(name);
        line.close_array().key("problems").open_array();
        for (const auto& problem : entry.problems) line.value(problem);
        line.close_array().close_object();
    });
}

std::size_t count_problems(const std::vector<Entry>& entries) {
    std::size_t count = 0;
    for (const auto& entry : entries) count += entry.problems.size();
    return count;
}

Ending run(bool json, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const auto entries, look_through(tools, config));
    for (const auto& entry : entries) json ? print_json(tools, entry) : print(tools.out, entry, config);
    // Whoever asks for no name gets that one; without it TLS is not offered.
    const tls::Store store(tools.files, config.directories.tls);
    const bool has_usual = !store.find_for(config.tls.name, tools.clock.now()).usable.empty();
    if (!has_usual && !json)
        tools.out << "problem: no certificate for " << config.tls.name << ", so TLS is not offered\n";
    return ending_of(count_problems(entries) + (has_usual ? 0 : 1), status::bad_value);
}

}  // namespace

void add_tls_check(const Command& tls, Toolbox& tools) {
    auto json = std::make_shared<bool>(false);
    const Command command = tls.add_subcommand("check", "Show the certificates, and what is wrong with them");
    command.add_flag("--json", *json, "Print one JSON object a line");
    command.describe("smtpctl tls check", {65, 75, 77, 78});
    command.callback([json, &tools] { tools.ending = run(*json, tools); });
}

}  // namespace postern::smtpctl
