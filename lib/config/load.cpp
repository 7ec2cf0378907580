// SPDX-License-Identifier: BSD-2-Clause
#include "config/load.hpp"

#include "base/nearest_name.hpp"
#include "config/fields.hpp"

namespace postern::config {

namespace {

/// Why a section or value may not stand under its name; "" when it may.
std::string problem_with(const Member& member, const Field* field) {
    if (field == nullptr && !is_section(member.name)) return unknown_setting(member.name);
    if (field == nullptr) return member.is_section ? "" : "'" + member.name + "' is a section: { … }";
    if (!member.is_section && is_allowed(field->type, field->bounds, member.value)) return "";
    return "'" + member.name + "' must be " + allowed_values(*field);
}

void store_defaults(Config& config) {
    for (const Field& field : all_fields())
        if (const Value value = default_of(field); value.kind != Value::Kind::null)
            field.store(value, config);
}

void place_below(const std::string& root, std::string& path) {
    if (path.front() != '/') path = root + "/" + path;
}

/// "example.org" of "mx.example.org"; of a name that has no domain behind it, the name.
mail::Domain domain_of_host(std::string_view hostname) {
    const auto dot = hostname.find('.');
    const auto parent = dot == std::string_view::npos ? "" : hostname.substr(dot + 1);
    const auto name = parent.find('.') == std::string_view::npos ? hostname : parent;
    return *mail::Domain::parse(name);  // what is no name is no setting either
}

/// What follows from several settings, or from the place of the file.
void complete(Config& config, const std::string& root) {
    Directories& places = config.directories;
    places.root = root;
    for (std::string* path : {&places.domains, &places.secrets, &places.mail, &places.spool, &places.state,
                              &places.templates, &places.tls, &places.log, &places.run})
        place_below(root, *path);
    config.accounts.domains_directory = places.domains;
    config.accounts.passwords_directory = places.secrets + "/passwords";
    config.accounts.relay_hosts_file = root + "/relay-hosts";
    config.delivery.mail_directory = places.mail;
    config.delivery.state_directory = places.state;
    config.log.directory = places.log;
    config.log.hostname = config.server.hostname;
    config.tls.directory = places.tls;
    config.tls.name = config.server.hostname;
    config.relay.tls = config.tls;
    const auto& domain = config.accounts.default_domain;
    config.policy.hostname = config.server.hostname;
    config.policy.server_addresses = config.relay.server_addresses;
    config.policy.default_domain = domain;
    config.runner.run_directory = places.run;
    config.runner.templates_directory = places.templates;
    config.runner.postmaster =
        mail::Address::make("postmaster", domain ? *domain : domain_of_host(config.server.hostname));
    config.callout.hostname = config.server.hostname;
    config.callout.server_addresses = config.relay.server_addresses;
    config.callout.server_port = config.relay.port;
    config.relay.hostname = config.runner.hostname = config.server.hostname;
}

}  // namespace

std::string unknown_setting(std::string_view name) {
    std::vector<std::string> known;
    for (const Field& field : all_fields()) known.emplace_back(field.name);
    const std::string nearest = nearest_name(name, known);
    return "unknown setting '" + std::string(name) + "'" +
           (nearest.empty() ? "" : "; did you mean '" + nearest + "'?");
}

std::string config_path(const std::string& root) { return root + "/config.json"; }

Interpreted interpret(const Document& document, const std::string& root) {
    Interpreted result;
    store_defaults(result.config);
    for (const Member& member : document.members()) {
        const Field* field = find_field(member.name);
        if (const std::string problem = problem_with(member, field); !problem.empty())
            result.problems.push_back({member.name, document.locate(member.key_begin) + ": " + problem});
        else if (field != nullptr)
            field->store(member.value, result.config);
    }
    complete(result.config, root);
    return result;
}

Result<Document> load_document(sys::FileSystem& files, const std::string& root) {
    const std::string path = config_path(root);
    auto text = sys::read_whole_file(files, path);
    if (text.failed_with(Fault::not_found))
        return Error(Fault::configuration, path + " does not exist; 'smtpctl init' makes a userland");
    if (!text) return text.error();
    return Document::parse(*std::move(text), path);
}

Result<Config> load(sys::FileSystem& files, const std::string& root) {
    POSTERN_ASSIGN(const Document document, load_document(files, root));
    Interpreted result = interpret(document, root);
    if (!result.problems.empty()) return Error(Fault::configuration, result.problems.front().what);
    return std::move(result.config);
}

}  // namespace postern::config
