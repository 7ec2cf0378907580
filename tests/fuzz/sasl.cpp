// SPDX-License-Identifier: BSD-2-Clause
// SASL exchanges: whatever a client says in whatever mechanism, a machine says little, asks for names that
// are prepared, and never finds a proof right that was made without the password.
#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "fuzz.hpp"
#include "sasl/exchange.hpp"
#include "sasl/prepare.hpp"

using namespace postern;

static void check(const sasl::Identity& who) {
    fuzz::require(!who.user.empty() && sasl::prepare(who.user) == who.user, "a name is prepared");
    fuzz::require(sasl::prepare(who.acts_for) == who.acts_for, "the other name is prepared");
}

/// False when the exchange has ended.
static bool go_on(sasl::Exchange& exchange, sasl::Step step) {
    if (const auto* wanted = std::get_if<sasl::FindKeys>(&step)) {
        check(wanted->who);
        return go_on(exchange,
                     exchange.take({{"salt", 1, std::string(32, 's'), std::string(32, 'k')}, "nonce"}));
    }
    if (const auto* claim = std::get_if<sasl::Claim>(&step)) {
        check(claim->who);
        const auto* proof = std::get_if<sasl::Proof>(&claim->evidence);
        fuzz::require(!proof || *proof == sasl::Proof::wrong, "nobody proves what he does not know");
    }
    const auto* challenge = std::get_if<sasl::Challenge>(&step);
    if (!challenge) return false;
    fuzz::require(challenge->text.size() < 300, "a challenge fits into a line");
    fuzz::require(std::ranges::all_of(challenge->text, ascii::is_printable), "a challenge is printable");
    return true;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto input = fuzz::text_of(data, size);
    if (input.empty()) return 0;
    const auto exchange = sasl::begin(
        static_cast<sasl::Mechanism>(static_cast<unsigned char>(input.front()) % 4), {{"tls-exporter", "x"}});
    input.remove_prefix(1);
    while (go_on(*exchange, exchange->respond(ascii::take_up_to(input, '\n'))) && !input.empty()) {}
    return 0;
}
