// SPDX-License-Identifier: BSD-2-Clause
// Something in the spool that should not be so (smtpctl(8), spool check).
#pragma once

#include <string>
#include <string_view>

namespace postern::spool {

struct Finding {
    enum class Kind {
        illegal_name,    ///< no runner ever looks at it
        wrong_name,      ///< line 1 or the open recipients say another one
        wrong_time,      ///< filed for another minute than that of the next try
        damaged,         ///< not to be read; in damaged/, or to go there
        sound,           ///< in damaged/, though nothing is wrong with it
        broken_log,      ///< records behind the one at which the chain breaks
        held_elsewhere,  ///< its log says held, but it lies in neither
        not_held,        ///< it lies in hold/ or quarantine/, but its log does not say so
        removed,         ///< its log says so
        finished,        ///< nobody is left to be served
        abandoned,       ///< in incoming/ or staged/, and nobody works on it
        unnamed_child,   ///< queued, but its parent's log does not name it
        twice,           ///< two files of one message
        unread,          ///< in hold/, since runners died of reading it; so it is not read for a check
        unreadable,      ///< cannot be opened
        leftover,        ///< of a dead runner, in the run directory
    } kind;
    std::string path;
    std::string what;  ///< for people
};

std::string_view to_string(Finding::Kind kind);

}  // namespace postern::spool
