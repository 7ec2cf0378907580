// SPDX-License-Identifier: BSD-2-Clause
// Which messages of the relay lane a pass is about: all that are due; or those of some domains or with some
// ids, due or not.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runner/worker.hpp"
#include "spool/history.hpp"
#include "spool/lane_listing.hpp"
#include "spool/message_id.hpp"

namespace postern::relay {

class Selection {
public:
    /// "example.net" or "[192.0.2.1]"; false when it is neither.
    [[nodiscard]] bool add_domain(std::string_view text);
    /// What mail::parse_release_domain() has read: "example.net", or "@example.net" for the domains below,
    /// too.
    void add_release(std::string_view release);
    /// False when it is none.
    [[nodiscard]] bool add_id(std::string_view text);

    const std::vector<spool::MessageId>& ids() const { return ids_; }
    bool is_all_that_is_due() const { return hosts_.empty() && parents_.empty() && ids_.empty(); }
    runner::Schedule schedule() const {
        return is_all_that_is_due() ? runner::Schedule::kept : runner::Schedule::ignored;
    }

    /// By its name. One for several domains may turn out to have nobody who is meant.
    bool may_mean(const spool::DueFile& file) const;
    /// Those of a message's recipients who are to be tried.
    spool::RecipientSet recipients(const spool::MessageId& id, const spool::History& history,
                                   Instant now) const;

private:
    bool has_id(const spool::MessageId& id) const;
    bool has_host(const std::string& host) const;
    bool means(const spool::RecipientHistory& recipient, Instant now) const;

    std::vector<std::string> hosts_;    ///< as mail::Address::host_text() gives them
    std::vector<std::string> parents_;  ///< ".example.net": of domains that are meant
    std::vector<spool::MessageId> ids_;
};

/// The files that are meant, sorted as by list_due. Those for several domains are looked into.
/// Fault::not_found when an id is not among them.
Result<std::vector<spool::DueFile>> list_selected(sys::FileSystem& files, const spool::Layout& layout,
                                                  const Selection& selection, Instant now);

}  // namespace postern::relay
