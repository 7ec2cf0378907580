// SPDX-License-Identifier: BSD-2-Clause
#include "relay/goal.hpp"

namespace postern::relay {

namespace {

bool is_for_gateway(unsigned tries, const Options& options) {
    if (!options.gateway) return false;
    return options.always || (options.tries_before_gateway > 0 && tries >= options.tries_before_gateway);
}

}  // namespace

Goal goal_of(const mail::Address& recipient, const accounts::Way& way, unsigned tries,
             const Options& options) {
    const auto* pass_on = std::get_if<accounts::PassOn>(&way);
    if (pass_on != nullptr && pass_on->to) return *pass_on->to;
    if (pass_on == nullptr && is_for_gateway(tries, options)) return ThroughGateway{};
    if (const auto* domain = recipient.domain()) return ByMx{domain->text()};
    return std::get<IpAddress>(recipient.host());
}

}  // namespace postern::relay
