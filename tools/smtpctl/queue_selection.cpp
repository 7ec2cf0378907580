// SPDX-License-Identifier: BSD-2-Clause
#include "queue_selection.hpp"

#include <algorithm>

#include "queue_message.hpp"

namespace postern::smtpctl {

namespace {

bool is_waiting(const spool::RecipientHistory& recipient) {
    using State = spool::RecipientHistory::State;
    return recipient.state == State::open || recipient.state == State::failed;
}

bool fits(const spool::RecipientHistory& recipient, const Selection& wanted) {
    const std::string address = recipient.address.to_string();
    return (wanted.to.empty() || ascii::equals_ignoring_case(address, wanted.to)) &&
           (wanted.domain.empty() ||
            ascii::equals_ignoring_case(recipient.address.host_text(), wanted.domain));
}

/// `<>`, as mail servers write it, is the null reverse-path.
bool fits(const mail::Envelope& envelope, const std::string& from) {
    if (from.empty()) return true;
    if (from == "<>") return !envelope.reverse_path;
    return envelope.reverse_path && ascii::equals_ignoring_case(envelope.reverse_path->to_string(), from);
}

bool fits(const spool::MessageStory& story, const Selection& wanted) {
    const auto& recipients = story.history.recipients();
    return fits(story.envelope, wanted.from) && std::ranges::any_of(recipients, [&](const auto& recipient) {
               return is_waiting(recipient) && fits(recipient, wanted);
           });
}

}  // namespace

void add_selection(const Command& command, Selection& selection) {
    command.add_option("ID", selection.ids, "As queue list prints it");
    command.add_option("--to", selection.to, "Messages that wait for this recipient").type_name("ADDRESS");
    command.add_option("--domain", selection.domain, "Messages that wait for recipients there")
        .type_name("DOMAIN");
    command.add_option("--from", selection.from, "Messages of this sender; '<>' for reports")
        .type_name("ADDRESS");
    command.add_flag("--all", selection.all, "All messages");
}

Ending check_usage(const Selection& selection) {
    const bool has_words = !selection.to.empty() || !selection.domain.empty() || !selection.from.empty();
    const int ways = int(selection.is_by_id()) + int(has_words) + int(selection.all);
    if (ways == 1) return done;
    return {status::usage, ways == 0 ? "which messages? Name their ids, or --to, --domain, --from or --all"
                                     : "give either ids, or --to, --domain and --from, or --all"};
}

Result<std::vector<spool::QueuedFile>> select(Toolbox& tools, const spool::Layout& layout,
                                              const Selection& selection) {
    const auto list = selection.shelf == Shelf::queue ? spool::list_all : spool::list_quarantine;
    POSTERN_ASSIGN(auto queued, list(tools.files, layout));
    std::vector<spool::QueuedFile> selected;
    for (spool::QueuedFile& file : queued) {
        if (file.place == spool::Place::damaged) continue;
        POSTERN_ASSIGN(const auto message, read_queue_message(tools.files, file));
        if (message && message->story && fits(*message->story, selection))
            selected.push_back(std::move(file));
    }
    return selected;
}

}  // namespace postern::smtpctl
