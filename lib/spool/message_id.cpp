// SPDX-License-Identifier: BSD-2-Clause
#include "spool/message_id.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/base32.hpp"
#include "base/hash.hpp"

namespace postern::spool {

namespace {

constexpr std::size_t kOctets = 16;
constexpr std::size_t kCharacters = 26;

bool is_base32(char c) { return ascii::is_lower(c) || (c >= '2' && c <= '7'); }

}  // namespace

MessageId MessageId::random(Randomness& randomness) {
    std::array<unsigned char, kOctets> bytes{};
    randomness.fill(bytes);
    return MessageId(to_base32(bytes));
}

MessageId MessageId::derived(const MessageId& parent, std::string_view purpose, std::string_view chain) {
    Hash hash(kOctets);
    hash.add(parent.text()).add("\n").add(purpose).add("\n").add(chain);
    const std::string digest = hash.finish();
    std::array<unsigned char, kOctets> bytes{};
    std::copy(digest.begin(), digest.end(), bytes.begin());
    return MessageId(to_base32(bytes));
}

std::optional<MessageId> MessageId::parse(std::string_view text) {
    if (text.size() != kCharacters || !std::all_of(text.begin(), text.end(), is_base32)) return std::nullopt;
    return MessageId(std::string(text));
}

}  // namespace postern::spool
