// SPDX-License-Identifier: BSD-2-Clause
#include "relay/selection.hpp"

#include <algorithm>

#include "mail/address.hpp"
#include "spool/queue.hpp"

namespace postern::relay {

namespace {

/// Looked at without a claim: what is claimed later tells the truth.
bool means_somebody_in(sys::FileSystem& files, const Selection& selection, const spool::DueFile& file,
                       Instant now) {
    if (spool::RelayName::parse(file.name)->tells_domain()) return true;
    const auto story = spool::read_message(files, file.path());
    return !story || !selection.recipients(story->id, story->history, now).empty();
}

Status expect_all(const std::vector<spool::MessageId>& ids, const std::vector<spool::DueFile>& files) {
    for (const auto& id : ids) {
        const bool is_there = std::ranges::any_of(files, [&](const spool::DueFile& file) {
            return spool::id_in_name(spool::Lane::relay, file.name) == id;
        });
        if (!is_there) return Error(Fault::not_found, "no message " + id.text() + " waits for another host");
    }
    return done;
}

}  // namespace

bool Selection::add_domain(std::string_view text) {
    const auto somebody = mail::Address::parse("postmaster@" + std::string(text));
    if (somebody) hosts_.push_back(somebody->host_text());
    return somebody.has_value();
}

void Selection::add_release(std::string_view release) {
    const bool below_too = release.starts_with('@');
    if (below_too) release.remove_prefix(1);
    hosts_.emplace_back(release);
    if (below_too) parents_.push_back("." + std::string(release));
}

bool Selection::add_id(std::string_view text) {
    auto id = spool::MessageId::parse(text);
    if (!id) return false;
    ids_.push_back(*std::move(id));
    return true;
}

bool Selection::has_id(const spool::MessageId& id) const { return std::ranges::find(ids_, id) != ids_.end(); }

bool Selection::has_host(const std::string& host) const {
    return std::ranges::find(hosts_, host) != hosts_.end() ||
           std::ranges::any_of(parents_, [&](const std::string& parent) { return host.ends_with(parent); });
}

/// Whom the sender holds back (RFC 4865) is not sent for the asking of somebody else.
bool Selection::means(const spool::RecipientHistory& recipient, Instant now) const {
    const bool is_held_back = recipient.tries == 0 && recipient.next.value_or(now) > now;
    return !is_held_back && has_host(recipient.address.host_text());
}

bool Selection::may_mean(const spool::DueFile& file) const {
    const auto name = spool::RelayName::parse(file.name);
    if (!name) return false;
    if (is_all_that_is_due() || has_id(name->id)) return true;
    if (!name->tells_domain()) return !hosts_.empty();
    if (std::ranges::any_of(parents_, [&](const auto& parent) { return name->domain.ends_with(parent); }))
        return true;
    return std::ranges::any_of(hosts_, [&](const std::string& host) {
        return spool::RelayName{name->priority, name->id, host}.to_string() == file.name;
    });
}

spool::RecipientSet Selection::recipients(const spool::MessageId& id, const spool::History& history,
                                          Instant now) const {
    if (is_all_that_is_due()) return history.ready(now);
    auto open = history.open();
    if (!has_id(id))
        std::erase_if(open, [&](std::size_t index) { return !means(history.recipients()[index], now); });
    return open;
}

Result<std::vector<spool::DueFile>> list_selected(sys::FileSystem& files, const spool::Layout& layout,
                                                  const Selection& selection, Instant now) {
    const bool is_all = selection.is_all_that_is_due();
    POSTERN_ASSIGN(auto listed,
                   spool::list_due(files, layout, spool::Lane::relay, is_all ? now : Instant::max()));
    if (is_all) return listed;
    std::erase_if(listed, [&](const spool::DueFile& file) {
        return !selection.may_mean(file) || !means_somebody_in(files, selection, file, now);
    });
    POSTERN_TRY(expect_all(selection.ids(), listed));
    return listed;
}

}  // namespace postern::relay
