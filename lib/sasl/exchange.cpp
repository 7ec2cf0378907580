// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/exchange.hpp"

#include "sasl/passwords.hpp"
#include "sasl/scram.hpp"

namespace postern::sasl {

Step Exchange::take(FoundKeys) { return Malformed{}; }

std::unique_ptr<Exchange> begin(Mechanism mechanism, const ChannelBindings& bindings) {
    switch (mechanism) {
        case Mechanism::plain: return std::make_unique<Plain>();
        case Mechanism::login: return std::make_unique<Login>();
        case Mechanism::scram_sha_256: return std::make_unique<Scram>(Scram::Bound::no, bindings);
        case Mechanism::scram_sha_256_plus: break;
    }
    return std::make_unique<Scram>(Scram::Bound::yes, bindings);
}

}  // namespace postern::sasl
