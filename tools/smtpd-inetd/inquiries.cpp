// SPDX-License-Identifier: BSD-2-Clause
#include "inquiries.hpp"

#include <memory>
#include <utility>

#include "confinements.hpp"
#include "dns/unbound_resolver.hpp"
#include "server/verification.hpp"

namespace postern::tools {

Status Inquiries::start(sys::Sandbox sandbox) {
    if (!callout::needs_helper(config_.callout)) return done;
    const auto confinement = callouts_confinement();
    POSTERN_ASSIGN(
        auto helper, callout::Helper::start(config_.callout, [&]() -> std::unique_ptr<dns::Resolver> {
            auto resolver = std::make_unique<dns::UnboundResolver>(
                dns::Options{.servers = config_.relay.dns_servers, .patience = config_.callout.patience});
            if (!sys::confine(confinement, sandbox)) return nullptr;
            return resolver;
        }));
    helper_.emplace(std::move(helper));
    return done;
}

policy::AskServer Inquiries::servers(std::optional<IpAddress> peer) {
    if (config_.callout.callouts == callout::Callouts::off) return {};
    return [this, peer](const auto& server, const auto& recipient) -> Result<smtp::Verdict> {
        const callout::Question question{server, recipient, peer};
        return server::verdict_on(question, helper_->ask(question), log_);
    };
}

policy::LookAtDomain Inquiries::domains() {
    if (config_.callout.domains == callout::DomainChecks::off) return {};
    return [this](const mail::Domain& domain) {
        const callout::DomainQuestion question{domain};
        return server::domain_by(question, helper_->ask(question), log_);
    };
}

}  // namespace postern::tools
