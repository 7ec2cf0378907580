// SPDX-License-Identifier: BSD-2-Clause
// A message's content as it goes on to another host: with Delivered-To: on top when the recipient stands in
// the place of an alias or account, so that whoever sends it back here is found out; and as 7-bit content
// where the host needs that. Nothing is held but a block.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "mail/seven_bit.hpp"
#include "smtp/client_effect.hpp"
#include "smtp/extensions.hpp"
#include "spool/message.hpp"

namespace postern::runner {

/// No octet of its content is 8-bit; where it is cut off, as far as it goes.
Result<bool> has_only_ascii(const spool::Message& message);

class OnwardContent {
public:
    enum class Top { delivered_to, none };

    /// For recipients who can share a transaction (History::by_transaction); one of them will do.
    OnwardContent(const spool::Message& message, std::size_t recipient, Top top = Top::delivered_to);

    /// Says of `described` what a host that offers this has to know of the content. 8-bit content is
    /// converted if need be and if it can be (RFC 6152 §3).
    Status describe(smtp::ClientMessage& described, const smtp::Extensions& offers);

    std::uint64_t size() const { return size_; }
    /// Octets from `offset`, which is where the call before ended, or 0; none only at the end.
    Result<std::size_t> read(std::uint64_t offset, std::span<char> into);
    const std::string& path() const { return message_.path(); }

private:
    /// A run of the converter over the content.
    struct Conversion {
        explicit Conversion(mail::SevenBit::Labels labels) : machine(labels) {}
        mail::SevenBit machine;
        std::uint64_t taken = 0;  ///< octets of the content
        std::string ready = {};
        bool has_ended = false;
    };

    Result<std::size_t> read_plain(std::uint64_t offset, std::span<char> into) const;
    std::uint64_t plain_size() const { return top_.size() + message_.content_size(); }
    Status refill(Conversion& conversion) const;
    /// How many octets it becomes; nothing where that cannot be done.
    Result<std::optional<std::uint64_t>> try_conversion(mail::SevenBit::Labels labels) const;
    Result<bool> convert();
    Result<bool> has_utf8_header() const;
    Result<bool> ends_line() const;

    const spool::Message& message_;
    std::string top_;
    std::uint64_t size_;
    std::optional<mail::SevenBit::Labels> labels_ = std::nullopt;  ///< set: it is converted
    std::optional<Conversion> conversion_ = std::nullopt;
};

}  // namespace postern::runner
