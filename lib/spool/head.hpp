// SPDX-License-Identifier: BSD-2-Clause
// Line 1 of a spool file: fixed fields of a fixed width, then id, lane, time and the envelope, one JSON
// object (postern-spool(5), LINE 1). Written without a library, for the session; read by a streaming
// parser, so that 50,000 recipients need no tree in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "mail/envelope.hpp"
#include "spool/layout.hpp"
#include "spool/message_id.hpp"

namespace postern::spool {

enum class FileState { writing, live, done, free };

/// Octets of a sum; in the file it stands in hex.
inline constexpr std::size_t kSumOctets = 32;
/// Length of `{"state":…,"size":…,"sum":"…"`; the sum covers what follows, to the end of the content.
inline constexpr std::size_t kFixedLength = 115;

struct FixedFields {
    FileState state = FileState::writing;
    std::uint64_t size = 0;  ///< octets of content
    std::string sum = {};    ///< "" is written as zeros
};

/// Exactly kFixedLength octets.
std::string write_fixed_fields(const FixedFields& fields);
/// Nothing when `text` does not begin with fixed fields, each in its place.
std::optional<FixedFields> parse_fixed_fields(std::string_view text);

/// What stands in line 1 behind the fixed fields.
struct Head {
    MessageId id;
    Lane lane = Lane::received;
    Instant not_before{};
    std::optional<MessageId> parent = std::nullopt;
    mail::Envelope envelope = {};
};

/// The whole line with its newline; the fixed fields say `writing`.
std::string write_head(const Head& head);

}  // namespace postern::spool
