// SPDX-License-Identifier: BSD-2-Clause
// A message's content as it goes on to another host: with Delivered-To: on top when the recipient stands in
// the place of an alias or account, so that whoever sends it back here is found out. Nothing is copied.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "spool/message.hpp"

namespace postern::runner {

/// No octet of its content is 8-bit; where it is cut off, as far as it goes.
Result<bool> has_only_ascii(const spool::Message& message);

class OnwardContent {
public:
    /// For recipients who can share a transaction (History::by_transaction); one of them will do.
    OnwardContent(const spool::Message& message, std::size_t recipient);

    std::uint64_t size() const { return top_.size() + message_.content_size(); }
    /// Octets from `offset`; none only at the end.
    Result<std::size_t> read(std::uint64_t offset, std::span<char> into) const;
    const std::string& path() const { return message_.path(); }

private:
    const spool::Message& message_;
    std::string top_;
};

}  // namespace postern::runner
