// SPDX-License-Identifier: BSD-2-Clause
// Which sessions there are now, among all processes. A session has the slot whose octets it has locked, and
// nothing else makes it so: a killed session's slot is free at once, and no number written into the table
// lets more sessions in. What stands in a slot saves asking the kernel for each (7 µs with 500 sessions).
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "policy/limit_map.hpp"
#include "policy/subject.hpp"

namespace postern::policy {

struct LiveSession {
    std::optional<Subject> source;
    std::optional<Subject> account;
    Instant since;
    std::uint64_t process = 0;
};

class SessionSlots {
public:
    /// No session is older than `longest`; a slot that says so is a dead session's.
    SessionSlots(sys::SharedTable& table, std::chrono::milliseconds longest)
        : table_(table), map_(limit_map(table)), longest_(longest) {}
    SessionSlots(const SessionSlots&) = delete;
    SessionSlots& operator=(const SessionSlots&) = delete;
    /// Says that the slot is free. Its lock ends with the table, without a call that confinement may forbid.
    ~SessionSlots() { clear_own(); }

    /// A slot for this process, one of the first `most`. False when they are all taken.
    Result<bool> take(std::size_t most, std::uint64_t process, Instant now);
    /// Says where this session is from. False when there are `most` others from there that said so before it
    /// and belong to no user.
    Result<bool> enter_source(Subject source, std::size_t most, Instant now);
    /// Says whose session this is; from now on it is one of his, and no longer of its source. False when he
    /// has `most` others that were his before it; then it is whose it was.
    Result<bool> enter_account(Subject account, std::size_t most, Instant now);
    /// It is nobody's again.
    void leave_account();
    /// The process has something left to do, but is no session any more.
    void give_back();

    /// All that are held, by whatever process.
    Result<std::vector<LiveSession>> list() const;

private:
    using Slot = LimitMap::Slot;

    void clear_own();
    bool seems_taken(const Slot& slot, Instant now) const;
    Result<bool> take_free(std::uint64_t process, Instant now);
    Result<bool> take_dead(std::uint64_t process, Instant now);
    Result<bool> take_any(std::uint64_t process, Instant now);
    Result<bool> take_place(std::size_t place, std::uint64_t process, Instant now);
    Result<bool> is_held(std::size_t place) const;
    Status forget_if_dead(std::size_t place);
    Word& begin_anew(Word Slot::*whose, Instant now);
    Result<bool> fits(Subject whose, std::size_t most, Instant now) const;
    Result<std::size_t> count_before(Subject whose, Instant now) const;

    sys::SharedTable& table_;
    LimitMap& map_;
    std::chrono::milliseconds longest_;
    std::size_t most_ = 0;  ///< slots that there are to be had
    std::optional<std::size_t> own_;
};

}  // namespace postern::policy
