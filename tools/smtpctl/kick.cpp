// SPDX-License-Identifier: BSD-2-Clause
// smtpctl kick: has another server send the mail that waits there for this one; for going online.
#include <array>
#include <chrono>

#include "base/ascii.hpp"
#include "commands.hpp"
#include "dns/host_addresses.hpp"
#include "dns/unbound_resolver.hpp"
#include "mail/release_domain.hpp"
#include "sys/dial.hpp"
#include "toolbox.hpp"
#include "wire/release_client.hpp"

namespace postern::smtpctl {

namespace {

using std::chrono::steady_clock;

constexpr std::uint16_t kSmtpPort = 25;
constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::seconds kTimeForWords{5};  // many a server that is kicked says nothing

struct Options {
    std::string host;
    std::string port;
    std::vector<std::string> domains;  ///< by ETRN
};

Result<std::uint16_t> port_of(const Options& options, const config::Config& config) {
    if (options.port.empty()) return options.domains.empty() ? config.kick.port : kSmtpPort;
    const auto port = ascii::parse_number<std::uint16_t>(options.port);
    if (!port || *port == 0)
        return Error(Fault::usage, "--port: '" + printable(options.port) + "' is no port");
    return *port;
}

Result<std::unique_ptr<sys::Stream>> dial(const config::Config& config, const std::string& host,
                                          std::uint16_t port) {
    dns::UnboundResolver resolver({config.relay.dns_servers});
    POSTERN_ASSIGN(const auto addresses, dns::addresses_of(resolver, host));
    Result<std::unique_ptr<sys::Stream>> dialled = Error(Fault::temporary, host + " has no address");
    for (const auto& address : addresses) {
        dialled = sys::dial({address, port}, kPatience);
        if (dialled) break;
    }
    return dialled;
}

/// What a server says to a kick: one line, or nothing.
std::string words_of(sys::Stream& stream) {
    const auto deadline = steady_clock::now() + kTimeForWords;
    std::string words;
    std::array<char, 512> buffer;
    while (words.size() < buffer.size() && words.find('\n') == std::string::npos) {
        const auto got = stream.read(buffer, deadline);
        if (got.why != sys::ReadEnd::Why::bytes) break;
        words.append(buffer.data(), got.count);
    }
    return std::string(ascii::trim(words.substr(0, words.find_first_of("\r\n"))));
}

Ending kick(sys::Stream& stream, const std::string& host, Toolbox& tools) {
    const std::string words = words_of(stream);
    if (words.starts_with('4') || words.starts_with('5')) return {75, host + " says: " + printable(words)};
    tools.out << host << (words.empty() ? " was kicked" : ": " + printable(words)) << '\n';
    return done;
}

Ending ask(sys::Stream& stream, const Options& options, const config::Config& config, const std::string& host,
           Toolbox& tools) {
    POSTERN_ASSIGN(const auto answers, wire::ask_for_releases(stream, config.server.hostname, options.domains,
                                                              steady_clock::now() + kPatience));
    Ending ending = done;
    for (const auto& [domain, reply] : answers) {
        const std::string words =
            domain + ": " + std::to_string(reply.code) + " " + printable(reply.status + " " + reply.text);
        if (reply.is_positive())
            tools.out << words << '\n';
        else
            ending = {75, host + " refuses " + words};
    }
    return ending;
}

Ending run(const Options& options, Toolbox& tools) {
    POSTERN_ASSIGN(const config::Config config, tools.config());
    POSTERN_ASSIGN(const std::uint16_t port, port_of(options, config));
    for (const auto& domain : options.domains)
        if (!mail::parse_release_domain(domain))
            return {status::bad_value, "'" + printable(domain) + "' is no domain"};
    const std::string host = options.host.empty() ? config.kick.host : options.host;
    if (host.empty()) return {status::usage, "name the host to kick, or set kick.host"};
    auto stream = dial(config, host, port);
    if (!stream) return stream.error().in("kick " + host);
    if (options.domains.empty()) return kick(**stream, host, tools);
    return ask(**stream, options, config, host, tools);
}

}  // namespace

void add_kick(const Command& app, Toolbox& tools) {
    auto options = std::make_shared<Options>();
    const Command command = app.add_subcommand("kick", "Have another server send the mail it keeps for us");
    command.add_option("HOST", options->host, "The server to kick; else kick.host");
    command.add_option("--port", options->port, "Its port; else kick.port, or 25 with --etrn")
        .type_name("PORT");
    command.add_option("--etrn", options->domains, "Ask by SMTP's ETRN for this domain; may be repeated")
        .type_name("DOMAIN");
    command.describe("smtpctl kick mail.provider.example --etrn example.org", {65, 75, 77, 78});
    command.callback([options, &tools] { tools.ending = run(*options, tools); });
}

}  // namespace postern::smtpctl
