// SPDX-License-Identifier: BSD-2-Clause
// Log lines: one JSON object each, its last member `chain`, a checksum over the chain before it and the
// line's own octets. A torn, stale or forged line does not fit the chain and is no line (postern-spool(5)).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spool/record.hpp"

namespace postern::spool {

/// Appends the record's line to `out`; `chain` is that of the line before, and of this line afterwards.
void append_log_line(std::string& out, const Record& record, std::string& chain);

/// Does this line (without its newline) continue the chain? Then `chain` becomes the line's own.
bool continues_chain(std::string_view line, std::string& chain);

/// Nothing when the line's event, or what it says, is not known.
std::optional<Record> parse_log_line(std::string_view line);

/// May a child's id be derived from this record's chain? Not of `begun` and `left`, which a crash may
/// lose or repeat.
bool calls_for_children(const Record& record);

}  // namespace postern::spool
