// SPDX-License-Identifier: BSD-2-Clause
#include "relay/rehearsal.hpp"

#include <map>
#include <utility>

#include "relay/destinations.hpp"
#include "relay/recipients.hpp"
#include "spool/queue.hpp"

namespace postern::relay {

namespace {

class Rehearsal {
public:
    Rehearsal(const RehearsalParts& parts, const Selection& selection)
        : parts_(parts), selection_(selection) {}

    /// Nothing where nobody is to be tried.
    std::optional<Prospect> prospect_of(const spool::MessageStory& story) {
        const auto now = parts_.tools.clock.now();
        const auto chosen = selection_.recipients(story.id, story.history, now);
        if (chosen.empty() || story.history.is_held()) return std::nullopt;
        Prospect prospect{story.id, due(story.history, chosen), {}};
        auto sorted = sort(story, chosen);
        const auto policy = policy_of(story.envelope);
        for (const auto& [goal, recipients] : sorted.remote)
            add(prospect, story, recipients, way_to(goal, policy));
        for (const auto& outcome : sorted.undecided) add(prospect, story, outcome.recipients, outcome);
        if (!sorted.local.empty()) add(prospect, story, sorted.local, Prospect::BackToDeliver());
        return prospect;
    }

private:
    SortedRecipients sort(const spool::MessageStory& story, const spool::RecipientSet& chosen) const {
        const auto& filter = parts_.filter;
        if (runner::goes_to_filter(filter, story.envelope))
            return all_to(ToServer{filter->host, filter->port}, story.history, chosen);
        return sort_recipients(story.history, chosen, parts_.accounts, parts_.options);
    }

    static std::optional<Instant> due(const spool::History& history, const spool::RecipientSet& chosen) {
        std::optional<Instant> earliest = Instant::max();
        for (const auto index : chosen) earliest = std::min(earliest, history.recipients()[index].next);
        return earliest;  // nothing is less than anything
    }

    static void add(Prospect& prospect, const spool::MessageStory& story,
                    const spool::RecipientSet& recipients, Prospect::Way way) {
        Prospect::Part part{{}, std::move(way)};
        for (const auto index : recipients)
            part.recipients.push_back(story.history.recipients()[index].address);
        prospect.parts.push_back(std::move(part));
    }

    Prospect::Way way_to(const Goal& goal, TlsPolicy policy) {
        const std::pair key(goal, policy);
        auto known = routes_.find(key);
        if (known == routes_.end()) known = routes_.emplace(key, parts_.router.route_to(goal, policy)).first;
        if (const auto* nowhere = std::get_if<Outcome>(&known->second)) return *nowhere;
        return std::get<0>(known->second);
    }

    const RehearsalParts& parts_;
    const Selection& selection_;
    std::map<std::pair<Goal, TlsPolicy>, Route> routes_;
};

}  // namespace

Status rehearse(const RehearsalParts& parts, const Selection& selection,
                const std::function<void(const Prospect&)>& tell) {
    auto& files = parts.tools.files;
    POSTERN_ASSIGN(auto listed, list_selected(files, parts.tools.layout, selection, parts.tools.clock.now()));
    Rehearsal rehearsal(parts, selection);
    Status trouble = done;
    for (const auto& destination : by_destination(std::move(listed))) {
        for (const auto& file : destination.files) {
            const auto story = spool::read_message(files, file.path());
            if (!story && !story.failed_with(Fault::not_found)) trouble = story.error();
            const auto prospect = story ? rehearsal.prospect_of(*story) : std::nullopt;
            if (prospect) tell(*prospect);
        }
    }
    return trouble;
}

}  // namespace postern::relay
