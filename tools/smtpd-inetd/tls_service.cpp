// SPDX-License-Identifier: BSD-2-Clause
#include "tls_service.hpp"

#include <utility>

namespace postern::tools {

void TlsService::look(smtp::Tls wanted, Instant now) {
    if (wanted == smtp::Tls::off) return;
    const tls::Found found = store_.find_for(options_.name, now);
    is_available_ = !found.usable.empty();
    for (const Error& each : found.unusable)
        log_.write(Severity::err, "certificate_unusable", {{"reason", each.what()}});
    if (is_available_ || !found.unusable.empty() || wanted == smtp::Tls::offered) return;
    log_.write(Severity::err, "certificate_unusable",
               {{"reason", "there is none for " + options_.name + " in " + options_.directory}});
}

Status TlsService::prepare(Instant now) {
    const tls::Found found = store_.find_for(options_.name, now);
    if (found.usable.empty()) return Error(Fault::configuration, "the certificate has gone");
    POSTERN_ASSIGN(auto context, tls::ServerContext::make(options_, found, store_, now));
    context_.emplace(std::move(context));
    return done;
}

std::optional<smtp::TlsFacts> TlsService::start(std::string_view received, sys::Deadline deadline) {
    if (const Status started = stream_.start(context_->accept(), received, deadline); !started) {
        log_.write(Severity::notice, "tls_failed", {{"reason", started.error().what()}});
        return std::nullopt;
    }
    tls::Facts facts = stream_.facts();
    log_.write(Severity::info, "tls",
               {{"protocol", facts.protocol}, {"cipher", facts.cipher}, {"server_name", facts.server_name}});
    return wire::to_session_facts(std::move(facts));
}

}  // namespace postern::tools
