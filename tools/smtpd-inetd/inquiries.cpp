// SPDX-License-Identifier: BSD-2-Clause
#include "inquiries.hpp"

#include <memory>
#include <utility>

#include "dns/unbound_resolver.hpp"
#include "server/verification.hpp"

namespace postern::tools {

Status Inquiries::start() {
    if (!callout::needs_helper(config_.callout)) return done;
    POSTERN_ASSIGN(
        auto helper, callout::Helper::start(config_.callout, [&]() -> std::unique_ptr<dns::Resolver> {
            return std::make_unique<dns::UnboundResolver>(
                dns::Options{.servers = config_.relay.dns_servers, .patience = config_.callout.patience});
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
