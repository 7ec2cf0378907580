// SPDX-License-Identifier: BSD-2-Clause
#include "runner/reports.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "mail/header_reader.hpp"
#include "runner/bounce.hpp"
#include "runner/children.hpp"
#include "runner/report_words.hpp"

namespace postern::runner {

using spool::RecipientHistory;

namespace {

constexpr std::size_t kMostHeader = 16 * 1024;  // of the message's header in a report

ReportedRecipient reported_recipient(const spool::Message& message, std::size_t index) {
    const RecipientHistory& history = message.history().recipients()[index];
    const std::size_t original = envelope_index(message.history(), index);
    const mail::Recipient& written = message.envelope().recipients[original];
    ReportedRecipient reported{history.address};
    if (original != index) reported.addressed_as = written.address;
    if (has_own_parameters(message, index)) reported.orcpt = written.orcpt;
    if (history.last) reported.outcome = *history.last;
    return reported;
}

Result<std::string> read_header(const spool::Message& message) {
    std::string start(kMostHeader, '\0');
    POSTERN_ASSIGN(const std::size_t length, message.read_content(0, start));
    mail::HeaderReader reader;
    reader.read(std::string_view(start).substr(0, length));
    start.resize(reader.octets());
    return start;
}

/// An ORCPT of our own, so that whoever carries on a part of a report knows whose it was.
std::string orcpt_of(const mail::Address& address) { return "rfc822;" + to_xtext(address.to_string()); }

/// Is it mail for the postmaster that failed, or a part of it? Then there is nobody left to be told.
bool is_for(const mail::Address& postmaster, const spool::Message& message, std::size_t index) {
    const mail::Recipient& written = message.envelope().recipients[envelope_index(message.history(), index)];
    return ascii::equals_ignoring_case(written.address.to_string(), postmaster.to_string()) ||
           ascii::equals_ignoring_case(written.orcpt, orcpt_of(postmaster));
}

/// RFC 3461 §4.1: without NOTIFY, it is ours to decide.
bool wants_delays(const spool::Message& message, std::size_t index) {
    if (!has_own_parameters(message, index)) return true;
    const std::string& notify =
        message.envelope().recipients[envelope_index(message.history(), index)].notify;
    return notify.empty() || ascii::lower(notify).find("delay") != std::string::npos;
}

spool::Head report_head(const spool::Message& parent, ReportKind kind, const mail::Address& to, Instant now) {
    const auto purpose = kind == ReportKind::delay ? spool::kDelayPurpose : spool::kBouncePurpose;
    spool::Head head{parent.child_id(purpose), spool::Lane::received, now, parent.id()};
    head.envelope.recipients.push_back({to});
    if (kind == ReportKind::double_bounce) head.envelope.recipients.front().orcpt = orcpt_of(to);
    head.envelope.received = now;
    head.envelope.body = mail::BodyType::seven_bit;
    return head;
}

}  // namespace

Status Reporter::report_failures(spool::Message& message) {
    const auto failed = message.history().in_state(RecipientHistory::State::failed);
    if (message.envelope().reverse_path) {
        for (const auto& some : message.history().by_reverse_path(failed))
            POSTERN_TRY(
                report(message, ReportKind::failure, *message.history().reverse_path_of(some.front()), some));
        return done;
    }
    if (!options_.postmaster) return done;
    spool::RecipientSet of_others;
    std::ranges::copy_if(failed, std::back_inserter(of_others),
                         [&](std::size_t index) { return !is_for(*options_.postmaster, message, index); });
    if (of_others.empty()) return done;
    return report(message, ReportKind::double_bounce, *options_.postmaster, of_others);
}

Status Reporter::warn_of_delay(spool::Message& message) {
    for (const auto& some : message.history().by_reverse_path(late(message)))
        POSTERN_TRY(
            report(message, ReportKind::delay, *message.history().reverse_path_of(some.front()), some));
    return done;
}

spool::RecipientSet Reporter::late(const spool::Message& message) const {
    const auto& envelope = message.envelope();
    const bool is_young = tools_.clock.now() - envelope.first_try() < options_.warn_after;
    if (options_.warn_after.count() == 0 || is_young || !envelope.reverse_path) return {};
    spool::RecipientSet late;
    std::ranges::copy_if(message.history().open(), std::back_inserter(late), [&](std::size_t index) {
        const RecipientHistory& recipient = message.history().recipients()[index];
        return recipient.tries > 0 && !recipient.is_warned && wants_delays(message, index);
    });
    return late;
}

Status Reporter::report(spool::Message& message, ReportKind kind, const mail::Address& to,
                        const spool::RecipientSet& recipients) {
    const Instant now = tools_.clock.now();
    const Instant arrived = message.envelope().received;
    const spool::Head head = report_head(message, kind, to, now);
    ReportFacts facts{kind,
                      head.id,
                      message.id(),
                      options_.hostname,
                      to,
                      message.history().reverse_path_of(recipients.front()),
                      arrived,
                      now,
                      message.envelope().first_try() + options_.max_age};
    for (const std::size_t index : recipients) facts.recipients.push_back(reported_recipient(message, index));
    POSTERN_ASSIGN(facts.header, read_header(message));

    const auto purpose = kind == ReportKind::delay ? spool::kDelayPurpose : spool::kBouncePurpose;
    const std::string text = report_text(facts, templates_.words_for(kind));
    POSTERN_TRY(file_report(tools_, message, head, text, {purpose, recipients}));
    tools_.log.write(Severity::info, kind == ReportKind::delay ? "warned" : "reported",
                     {{"id", message.id().text()}, {"child", head.id.text()}, {"to", to.to_string()}});
    return done;
}

}  // namespace postern::runner
