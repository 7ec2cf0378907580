// SPDX-License-Identifier: BSD-2-Clause
// Messages that a runner died of before it could write `begun` into their logs, because opening, locking or
// reading them killed it. RUN/working/NAME.N is a runner's note of the message that it is about to claim,
// locked as long as it lives; a note that nobody holds tells of a death, and becomes an octet in
// RUN/suspects/ID. All of it is volatile and best effort: without a run directory nothing is noted.
#pragma once

#include <map>
#include <string>

#include "spool/locked_file.hpp"
#include "spool/message_id.hpp"

namespace postern::runner {

class Suspects {
public:
    /// `run_directory` "": none. Reads the notes of dead runners, and takes up a note of its own.
    Suspects(sys::FileSystem& files, const std::string& run_directory, const std::string& name);
    Suspects(const Suspects&) = delete;
    Suspects& operator=(const Suspects&) = delete;
    ~Suspects();  ///< unlinks its note

    /// How many runners died while they claimed this message.
    unsigned deaths(const spool::MessageId& id) const;
    /// One more, or none at all.
    void accuse(const spool::MessageId& id);
    void acquit(const spool::MessageId& id);

    /// From now on this runner's death is this message's doing; until forget().
    void note(const spool::MessageId& id);
    void forget();

private:
    void read_marks();
    void read_notes();
    void take_note(const std::string& name);
    std::string mark_of(const spool::MessageId& id) const { return marks_ + "/" + id.text(); }

    sys::FileSystem& files_;
    std::string notes_, marks_;  ///< directories; "" without a run directory
    std::map<spool::MessageId, unsigned> deaths_;
    std::string note_path_;
    spool::LockedFile note_;
    bool is_noted_ = false;
};

}  // namespace postern::runner
