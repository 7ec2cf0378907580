// SPDX-License-Identifier: BSD-2-Clause
// services.NAME.KEY: a row for each key of each service that has a name, with the default that
// smtp::kServices gives it.
#include <utility>

#include "config/field_tables.hpp"

namespace postern::config {

namespace {

struct Key {
    std::string_view name;
    bool smtp::ServiceRules::*rule;  ///< null = tls, which is no flag
    std::string_view help;
};

constexpr std::array kKeys{
    Key{"requires_login", &smtp::ServiceRules::requires_login,
        "Take mail only from known users and hosts in relay-hosts"},
    Key{"own_senders", &smtp::ServiceRules::own_senders,
        "Let a known user send only from addresses that are his own"},
    Key{"relays", &smtp::ServiceRules::relays, "Take recipients elsewhere, from those who may send to them"},
    Key{"tls", nullptr,
        "Whether TLS is offered by STARTTLS, required, or spoken from the beginning (implicit)"},
    Key{"auth", &smtp::ServiceRules::auth, "Offer AUTH: under TLS, and to users of this machine"},
    Key{"repairs", &smtp::ServiceRules::repairs, "Add a Date and a Message-ID where there is none"},
};

constexpr std::string_view kSection = "services.";

/// "services.submission.repairs"
template <std::size_t Service, std::size_t Key>
struct Name {
    static constexpr std::string_view service = smtp::kServices[Service].name, key = kKeys[Key].name;
    static constexpr auto text = [] {
        std::array<char, kSection.size() + service.size() + 1 + key.size()> out{};
        auto* end = std::ranges::copy(kSection, out.data()).out;
        end = std::ranges::copy(service, end).out;
        *end++ = '.';
        std::ranges::copy(key, end);
        return out;
    }();
};

constexpr std::array<std::string_view, 4> kTlsWords{"off", "offered", "required", "implicit"};

smtp::Tls to_tls(const Value& value) {
    return static_cast<smtp::Tls>(std::ranges::find(kTlsWords, value.text) - kTlsWords.begin());
}

template <std::size_t Service, std::size_t Key>
constexpr Field row() {
    constexpr auto& name = Name<Service, Key>::text;
    if constexpr (kKeys[Key].rule == nullptr)
        return {{name.data(), name.size()},
                SettingType::choice,
                kTlsWords[static_cast<std::size_t>(smtp::kServices[Service].rules.tls)],
                {0, 0, "off offered required implicit"},
                kKeys[Key].help,
                [](const Value& v, Config& c) { c.server.services[Service].rules.tls = to_tls(v); }};
    else
        return {
            {name.data(), name.size()},
            SettingType::flag,
            smtp::kServices[Service].rules.*kKeys[Key].rule ? "true" : "false",
            {},
            kKeys[Key].help,
            [](const Value& v, Config& c) { c.server.services[Service].rules.*kKeys[Key].rule = v.flag; }};
}

/// Service by service.
template <std::size_t... I>
constexpr auto rows(std::index_sequence<I...>) {
    return std::array{row<I / kKeys.size(), I % kKeys.size()>()...};
}

constexpr auto kServicesFields = rows(std::make_index_sequence<smtp::kServices.size() * kKeys.size()>());

}  // namespace

std::span<const Field> services_fields() { return kServicesFields; }

}  // namespace postern::config
