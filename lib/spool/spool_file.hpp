// SPDX-License-Identifier: BSD-2-Clause
// All that an open spool file tells beside its content: line 1, checked against the sum, and the log as far
// as its chain holds. Reading needs no claim; acting on it does.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "spool/head_reader.hpp"
#include "spool/record.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

struct SpoolFile {
    Head head;
    std::uint64_t content_offset = 0;
    std::uint64_t content_size = 0;
    std::vector<Record> log = {};  ///< without the records of events that are not known
    std::uint64_t log_end = 0;     ///< where the next line goes
    std::string chain = {};        ///< of the newest line; of `sum` when there is none
    std::string call_chain = {};   ///< of the newest line from which a child's id may be derived
};

/// Checking the sum reads the whole content; without it only line 1 and the log are read.
enum class Sum { checked, unchecked };

/// Damage: it is not `live`, line 1 cannot be read, or the sum does not fit.
Result<std::variant<SpoolFile, Damage>> read_spool_file(const sys::File& file, Sum sum = Sum::checked);

}  // namespace postern::spool
