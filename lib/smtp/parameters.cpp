// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/parameters.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

/// Reads the value into the parameters; false when it is not legal.
using Reader = bool (*)(std::string_view value, Parameters& parameters);

struct Row {
    std::string_view name;
    ParameterPlace place;
    Reader read;
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

constexpr std::array kTable{
    Row{"SIZE", ParameterPlace::mail, read_size},
    Row{"BODY", ParameterPlace::mail, read_body},
};
using Seen = std::array<bool, kTable.size()>;

/// One "NAME=VALUE". Nothing = understood.
std::optional<replies::Entry> read_one(std::string_view word, ParameterPlace place, Parameters& parameters,
                                       Seen& seen) {
    const auto equals = std::min(word.find('='), word.size());
    const auto* row = std::find_if(kTable.begin(), kTable.end(), [&](const Row& candidate) {
        return candidate.place == place &&
               ascii::equals_ignoring_case(candidate.name, word.substr(0, equals));
    });
    if (row == kTable.end()) return replies::unknown_parameter;
    bool& already = seen[static_cast<std::size_t>(row - kTable.begin())];
    if (std::exchange(already, true)) return replies::repeated_parameter;
    if (!row->read(word.substr(std::min(equals + 1, word.size())), parameters))
        return replies::bad_parameter_value;
    return std::nullopt;
}

}  // namespace

std::variant<Parameters, replies::Entry> parse_parameters(std::string_view text, ParameterPlace place) {
    Parameters parameters;
    Seen seen{};
    while (!text.empty()) {
        const auto space = std::min(text.find(' '), text.size());
        if (space > 0)
            if (const auto refusal = read_one(text.substr(0, space), place, parameters, seen))
                return *refusal;
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return parameters;
}

}  // namespace postern::smtp
