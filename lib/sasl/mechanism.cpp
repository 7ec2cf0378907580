// SPDX-License-Identifier: BSD-2-Clause
#include "sasl/mechanism.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace postern::sasl {

namespace {

struct Row {
    Mechanism mechanism;
    std::string_view name;
};

constexpr std::array kMechanisms{Row{Mechanism::scram_sha_256_plus, "SCRAM-SHA-256-PLUS"},
                                 Row{Mechanism::scram_sha_256, "SCRAM-SHA-256"},
                                 Row{Mechanism::plain, "PLAIN"}, Row{Mechanism::login, "LOGIN"}};

bool is_offered(Mechanism mechanism, const ChannelBindings& bindings) {
    return mechanism != Mechanism::scram_sha_256_plus || !bindings.empty();
}

}  // namespace

std::string_view name_of(Mechanism mechanism) {
    return std::ranges::find(kMechanisms, mechanism, &Row::mechanism)->name;
}

std::optional<Mechanism> find_mechanism(std::string_view name, const ChannelBindings& bindings) {
    const auto* row = std::ranges::find_if(
        kMechanisms, [&](const Row& each) { return ascii::equals_ignoring_case(each.name, name); });
    if (row == kMechanisms.end() || !is_offered(row->mechanism, bindings)) return std::nullopt;
    return row->mechanism;
}

std::string offered_mechanisms(const ChannelBindings& bindings) {
    std::string names;
    for (const Row& row : kMechanisms) {
        if (!is_offered(row.mechanism, bindings)) continue;
        if (!names.empty()) names += ' ';
        names += row.name;
    }
    return names;
}

}  // namespace postern::sasl
