// SPDX-License-Identifier: BSD-2-Clause
// A message as it lies in a mailbox: Return-Path and Delivered-To on top (RFC 5321 §4.4), then the content
// with LF for CRLF, every other octet as it came. What came as BINARYMIME keeps its CRLFs too, since they may
// be no line ends (RFC 3030 §3). Streams through one buffer, whatever the message.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "spool/message.hpp"
#include "sys/file_system.hpp"

namespace postern::delivery {

/// Turns CRLF into LF in place; returns how many octets are left. A CR at the end stays.
std::size_t crlf_to_lf(std::span<char> text);

/// The local form, as it is for one recipient, a block at a time.
class LocalForm {
public:
    /// `recipient`: of the history. `buffer`: at least 4 KiB.
    LocalForm(const spool::Message& message, std::size_t recipient, std::span<char> buffer);
    /// The next octets, good until the next call; "" = the end.
    Result<std::string_view> next();

private:
    const spool::Message& message_;
    std::span<char> buffer_;
    std::size_t kept_ = 0;  ///< octets that stand in the buffer already
    std::uint64_t offset_ = 0;
    bool keeps_line_ends_;  ///< BINARYMIME
    bool has_ended_ = false;
    bool holds_cr_ = false;  ///< its LF may come with the next octets
};

/// Writes the local form for this recipient of the history to the empty `file`. `buffer`: at least 4 KiB.
Status write_local_form(const spool::Message& message, std::size_t recipient, sys::File& file,
                        std::span<char> buffer);

}  // namespace postern::delivery
