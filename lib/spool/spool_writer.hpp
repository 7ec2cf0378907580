// SPDX-License-Identifier: BSD-2-Clause
// Writes a new spool file: line 1, content, zeroed room for the log. Memory holds one buffer; a message
// that fits into it costs one write. Until finish() the file says `writing`. Syncs nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.hpp"
#include "spool/head.hpp"
#include "spool/record.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

class SpoolWriter {
public:
    SpoolWriter(sys::File& file, const Head& head);

    Status append(std::string_view content);
    /// Writes what is left, the first record of the log if there is one, makes room for the log up to the
    /// next 4 KiB and fills in the fixed fields.
    Status finish(const std::optional<Record>& first = std::nullopt);

private:
    Status write_out();

    sys::File& file_;
    Hash sum_;
    std::string buffer_;         ///< what stands behind written_
    std::uint64_t written_ = 0;  ///< octets in the file
    std::uint64_t size_ = 0;     ///< octets of content
};

/// How many zeros lie between `end` and the next multiple of 4 KiB.
std::size_t room_behind(std::uint64_t end);

}  // namespace postern::spool
