// SPDX-License-Identifier: BSD-2-Clause
#include "runner/filing.hpp"

namespace postern::runner {

std::string name_in(spool::Lane lane, const spool::Message& message) {
    const std::string& path = message.path();
    const int priority = spool::priority_in_name(std::string_view(path).substr(path.rfind('/') + 1));
    return spool::name_in(lane, message.id(), message.history(), priority);
}

Status file_by_history(const spool::Layout& layout, spool::Message& message, spool::Lane lane,
                       const std::string& name, Instant now, spool::Minutes& minutes) {
    const auto due = message.history().due();
    const bool is_at_once = !due || *due <= now;
    return message.move_to(is_at_once ? layout.now(lane) : layout.minute(lane, minute_not_before(*due)), name,
                           minutes);
}

}  // namespace postern::runner
