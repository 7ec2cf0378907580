// SPDX-License-Identifier: BSD-2-Clause
// Two engines that talk to each other, in memory.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "certificates.hpp"
#include "support/memory_files.hpp"
#include "tls/context.hpp"

namespace postern::test {

/// Names of files, and their content.
using CertificateFiles = std::vector<std::pair<std::string, std::string>>;

/// A server with certificates, and a client.
class Pair {
public:
    explicit Pair(const CertificateFiles& certificates, tls::Options of_server = {},
                  tls::Options of_client = {}, const std::string& wanted = "",
                  tls::Certificates believed = tls::Certificates::any, Instant now = kNow)
        : store_(files_, "/tls") {
        files_.make_directories("/tls");
        for (const auto& [name, pem] : certificates) files_.put("/tls/" + name, pem);
        of_server.name = "mx.example.org";
        server_context_.emplace(
            *tls::ServerContext::make(of_server, store_.find_for("mx.example.org", now), store_, now));
        client_context_.emplace(*tls::ClientContext::make(of_client, believed));
        server.emplace(server_context_->accept());
        client.emplace(client_context_->connect(wanted));
    }

    /// Until neither has anything to say.
    void shake_hands(std::size_t piece = 1 << 20) {
        for (bool active = true; active;) {
            client->proceed();
            active = pass(*client, *server, piece);
            server->proceed();
            active = pass(*server, *client, piece) || active;
        }
    }

    /// What one has for the other, some octets at a time.
    static bool pass(tls::Engine& from, tls::Engine& to, std::size_t piece) {
        const std::string octets = from.take_output();
        for (std::size_t at = 0; at < octets.size(); at += piece) {
            to.receive(std::string_view(octets).substr(at, piece));
            to.proceed();
        }
        return !octets.empty();
    }

    static std::string read_all(tls::Engine& engine) {
        std::string text;
        std::array<char, 1000> buffer;
        while (const auto count = engine.read(buffer)) text.append(buffer.data(), count);
        return text;
    }

private:
    MemoryFiles files_;
    tls::Store store_;
    std::optional<tls::ServerContext> server_context_;
    std::optional<tls::ClientContext> client_context_;

public:
    std::optional<tls::Engine> server, client;
};

}  // namespace postern::test
