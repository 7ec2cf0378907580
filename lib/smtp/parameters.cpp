// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/parameters.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "base/ascii.hpp"
#include "mail/dsn_parameters.hpp"
#include "mail/xtext.hpp"

namespace postern::smtp {

namespace {

/// Reads the value into the parameters; false when it is not legal.
using Reader = bool (*)(std::string_view value, Parameters& parameters);

enum class Value { none, needed };

struct Row {
    std::string_view name;
    ParameterPlace place;
    Value value;
    std::size_t room;  ///< octets by which it may make the command longer, with its space
    Reader read;
    bool OfferedParameters::*offer = nullptr;  ///< null = offered to all
};

/// RFC 1870 §4: 1 to 20 digits. More than we can count is certainly too big.
bool read_size(std::string_view value, Parameters& parameters) {
    if (value.empty() || value.size() > 20 || !std::all_of(value.begin(), value.end(), ascii::is_digit))
        return false;
    parameters.size =
        ascii::parse_number<std::uint64_t>(value).value_or(std::numeric_limits<std::uint64_t>::max());
    return true;
}

bool read_body(std::string_view value, Parameters& parameters) {
    if (ascii::equals_ignoring_case(value, "7BIT"))
        parameters.body = mail::BodyType::seven_bit;
    else if (ascii::equals_ignoring_case(value, "8BITMIME"))
        parameters.body = mail::BodyType::eight_bit_mime;
    else if (ascii::equals_ignoring_case(value, "BINARYMIME"))
        parameters.body = mail::BodyType::binary_mime;
    else
        return false;
    return true;
}

bool read_smtputf8(std::string_view, Parameters& parameters) { return parameters.smtputf8 = true; }

bool read_require_tls(std::string_view, Parameters& parameters) { return parameters.requires_tls = true; }

bool read_ret(std::string_view value, Parameters& parameters) {
    if (ascii::equals_ignoring_case(value, "FULL"))
        parameters.ret = mail::ReturnedPart::whole;
    else if (ascii::equals_ignoring_case(value, "HDRS"))
        parameters.ret = mail::ReturnedPart::header;
    else
        return false;
    return true;
}

bool read_envid(std::string_view value, Parameters& parameters) {
    parameters.envid = value;
    return mail::is_envid(value);
}

/// HOLDFOR and HOLDUNTIL are two forms of one parameter (RFC 4865 §4).
bool read_hold(std::optional<Hold> hold, Parameters& parameters) {
    return !std::exchange(parameters.hold, hold) && hold;
}
bool read_hold_for(std::string_view value, Parameters& parameters) {
    return read_hold(parse_hold_for(value), parameters);
}
bool read_hold_until(std::string_view value, Parameters& parameters) {
    return read_hold(parse_hold_until(value), parameters);
}

/// RFC 4954 §5: who has submitted the message first, as the client says. No client is trusted with that, so
/// it is read and let go of.
bool read_auth(std::string_view value, Parameters&) {
    if (value == "<>") return true;
    const auto mailbox = mail::from_xtext(value);
    return mailbox && mail::Address::parse(*mailbox);
}

bool read_notify(std::string_view value, Parameters& parameters) {
    const auto notify = mail::parse_notify(value);
    parameters.notify = notify.value_or("");
    return notify.has_value();
}

bool read_orcpt(std::string_view value, Parameters& parameters) {
    parameters.orcpt = value;
    return mail::is_orcpt(value);
}

// The room that RFC 1870 §3, 6152 §2, 6531 §3.1, 3461 §4, 4865 §4, 4954 §3 and 8689 §2 give them.
constexpr std::array kTable{
    Row{"SIZE", ParameterPlace::mail, Value::needed, 26, read_size},
    Row{"BODY", ParameterPlace::mail, Value::needed, 17, read_body},
    Row{"SMTPUTF8", ParameterPlace::mail, Value::none, 10, read_smtputf8},
    Row{"RET", ParameterPlace::mail, Value::needed, 9, read_ret},
    Row{"ENVID", ParameterPlace::mail, Value::needed, 107, read_envid},
    Row{"HOLDFOR", ParameterPlace::mail, Value::needed, 34, read_hold_for,
        &OfferedParameters::future_release},
    Row{"HOLDUNTIL", ParameterPlace::mail, Value::needed, 0, read_hold_until,
        &OfferedParameters::future_release},
    Row{"AUTH", ParameterPlace::mail, Value::needed, 500, read_auth, &OfferedParameters::auth},
    Row{"REQUIRETLS", ParameterPlace::mail, Value::none, 11, read_require_tls,
        &OfferedParameters::require_tls},
    Row{"NOTIFY", ParameterPlace::rcpt, Value::needed, 29, read_notify},
    Row{"ORCPT", ParameterPlace::rcpt, Value::needed, 507, read_orcpt},
};

constexpr std::size_t longest(ParameterPlace place) {
    std::size_t octets = 512;
    for (const Row& row : kTable) octets += row.place == place ? row.room : 0;
    return octets;
}
static_assert(longest(ParameterPlace::mail) == kLongestMail && longest(ParameterPlace::rcpt) == kLongestRcpt);

bool is_offered(const Row& row, const OfferedParameters& offered) {
    return row.offer == nullptr || offered.*row.offer;
}

/// Reads the words behind one path.
class Words {
public:
    Words(ParameterPlace place, const OfferedParameters& offered) : place_(place), offered_(offered) {}

    /// One "NAME" or "NAME=VALUE". Nothing = understood.
    std::optional<replies::Entry> read(std::string_view word) {
        const auto equals = std::min(word.find('='), word.size());
        const auto* row = find(word.substr(0, equals));
        if (row == kTable.end()) return replies::unknown_parameter;
        bool& already = seen_[static_cast<std::size_t>(row - kTable.begin())];
        if (std::exchange(already, true)) return replies::repeated_parameter;
        const bool has_value = equals < word.size();
        if (has_value != (row->value == Value::needed) ||
            !row->read(word.substr(std::min(equals + 1, word.size())), parameters_))
            return replies::bad_parameter_value;
        return std::nullopt;
    }

    Parameters parameters() && { return std::move(parameters_); }

private:
    const Row* find(std::string_view name) const {
        return std::find_if(kTable.begin(), kTable.end(), [&](const Row& row) {
            return row.place == place_ && is_offered(row, offered_) &&
                   ascii::equals_ignoring_case(row.name, name);
        });
    }

    ParameterPlace place_;
    const OfferedParameters& offered_;
    Parameters parameters_;
    std::array<bool, kTable.size()> seen_{};
};

}  // namespace

std::variant<Parameters, replies::Entry> parse_parameters(std::string_view text, ParameterPlace place,
                                                          const OfferedParameters& offered) {
    Words words(place, offered);
    while (!text.empty()) {
        const auto space = std::min(text.find(' '), text.size());
        if (space > 0)
            if (const auto refusal = words.read(text.substr(0, space))) return *refusal;
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return std::move(words).parameters();
}

}  // namespace postern::smtp
