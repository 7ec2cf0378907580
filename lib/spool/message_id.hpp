// SPDX-License-Identifier: BSD-2-Clause
// A message's id: 128 bits as 26 lower-case base32 characters. Random for what comes in; derived for
// children, so that a second try after a crash makes the same child (postern-spool(5), CHILDREN).
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/randomness.hpp"

namespace postern::spool {

class MessageId {
public:
    static MessageId random(Randomness& randomness);
    /// hash(parent, purpose, chain of the newest record that called for the child).
    static MessageId derived(const MessageId& parent, std::string_view purpose, std::string_view chain);
    static std::optional<MessageId> parse(std::string_view text);
    const std::string& text() const { return text_; }
    auto operator<=>(const MessageId&) const = default;

private:
    explicit MessageId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace postern::spool
