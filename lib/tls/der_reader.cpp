// SPDX-License-Identifier: BSD-2-Clause
#include "tls/der_reader.hpp"

#include <utility>

namespace postern::tls {

namespace {

constexpr std::size_t kMostLengthOctets = 3;  // 16 MiB: no certificate is so large

/// Takes a length off the front; nothing when it is not whole, or larger than what follows.
std::optional<std::size_t> take_length(std::string_view& octets) {
    if (octets.empty()) return std::nullopt;
    std::size_t length = static_cast<unsigned char>(octets.front());
    octets.remove_prefix(1);
    if (length >= 0x80) {
        const std::size_t count = length & 0x7f;
        if (count == 0 || count > kMostLengthOctets || count > octets.size()) return std::nullopt;
        length = 0;
        for (const char c : octets.substr(0, count)) length = length << 8 | static_cast<unsigned char>(c);
        octets.remove_prefix(count);
    }
    return length <= octets.size() ? std::optional(length) : std::nullopt;
}

}  // namespace

std::optional<DerElement> DerReader::next() {
    std::string_view rest = std::exchange(rest_, std::string_view());
    if (rest.empty()) return std::nullopt;
    const auto tag = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    const auto length = take_length(rest);
    if (!length) return std::nullopt;
    rest_ = rest.substr(*length);
    return DerElement{tag, rest.substr(0, *length)};
}

std::optional<std::string_view> DerReader::take(DerTag tag) {
    if (rest_.empty() || static_cast<unsigned char>(rest_.front()) != tag) return std::nullopt;
    const auto element = next();
    return element ? std::optional(element->content) : std::nullopt;
}

}  // namespace postern::tls
