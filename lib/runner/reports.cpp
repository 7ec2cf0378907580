// SPDX-License-Identifier: BSD-2-Clause
#include "runner/reports.hpp"

#include <algorithm>
#include <iterator>

#include "base/ascii.hpp"
#include "mail/header_reader.hpp"
#include "runner/bounce.hpp"
#include "runner/children.hpp"
#include "runner/onward_content.hpp"
#include "runner/onward_recipient.hpp"

namespace postern::runner {

using spool::RecipientHistory;

namespace {

constexpr std::size_t kMostHeader = 16 * 1024;  // of the message's header in a report
constexpr std::uint64_t kLargestReturned = 1024 * 1024;

/// Was the message for this alias sent on by the alias itself, and not by the owner of a list?
bool is_expanded(const spool::History& history, std::size_t index) {
    const RecipientHistory& alias = history.recipients()[index];
    if (alias.state != RecipientHistory::State::expanded) return false;
    const auto& all = history.recipients();
    const auto is_member = [&](const RecipientHistory& one) { return one.member_of == index; };
    return std::ranges::none_of(all, is_member) || std::ranges::any_of(all, [&](const auto& one) {
               return is_member(one) && one.reverse_path == alias.reverse_path;
           });
}

ReportedRecipient reported_recipient(const spool::Message& message, std::size_t index) {
    const RecipientHistory& history = message.history().recipients()[index];
    const std::size_t original = message.history().envelope_index(index);
    const mail::Recipient& written = message.envelope().recipients[original];
    ReportedRecipient reported{history.address};
    if (original != index) reported.addressed_as = written.address;
    if (message.history().has_own_parameters(index)) reported.orcpt = written.orcpt;
    if (history.last) reported.outcome = *history.last;
    reported.is_expanded = is_expanded(message.history(), index);
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

/// Is it mail for the postmaster that failed, or a part of it? Then there is nobody left to be told.
bool is_for(const mail::Address& postmaster, const spool::Message& message, std::size_t index) {
    const mail::Recipient& written = message.envelope().recipients[message.history().envelope_index(index)];
    return ascii::equals_ignoring_case(written.address.to_string(), postmaster.to_string()) ||
           ascii::equals_ignoring_case(written.orcpt, orcpt_of(postmaster));
}

std::string_view purpose_of(ReportKind kind) {
    switch (kind) {
        case ReportKind::delay: return spool::kDelayPurpose;
        case ReportKind::success: return spool::kSuccessPurpose;
        case ReportKind::failure:
        case ReportKind::double_bounce: break;
    }
    return spool::kBouncePurpose;
}

std::string_view event_of(ReportKind kind) {
    switch (kind) {
        case ReportKind::delay: return "warned";
        case ReportKind::success: return "confirmed";
        case ReportKind::failure:
        case ReportKind::double_bounce: break;
    }
    return "reported";
}

/// RFC 8689 §5: what tells of a message goes as that had to go.
spool::Head report_head(const spool::Message& parent, ReportKind kind, const mail::Address& to, Instant now) {
    spool::Head head{parent.child_id(purpose_of(kind)), spool::Lane::received, now, parent.id()};
    head.envelope.recipients.push_back({to});
    if (kind == ReportKind::double_bounce) head.envelope.recipients.front().orcpt = orcpt_of(to);
    head.envelope.received = now;
    head.envelope.body = to.is_ascii() ? mail::BodyType::seven_bit : mail::BodyType::eight_bit_mime;
    head.envelope.smtputf8 = !to.is_ascii();
    head.envelope.requires_tls = parent.envelope().requires_tls;
    return head;
}

/// RFC 3461 §6.2: the whole message only where it was asked for, and in a report of failure. One that is too
/// large, or binary, or that TLS is required for (RFC 8689 §5), is not returned.
Result<Returned> returned_part(const spool::Message& message, ReportKind kind,
                               const spool::RecipientSet& recipients) {
    const mail::Envelope& envelope = message.envelope();
    const bool is_whole =
        kind == ReportKind::failure && !envelope.requires_tls && envelope.ret == mail::ReturnedPart::whole &&
        message.history().has_own_parameters(recipients.front()) &&
        message.content_size() <= kLargestReturned && envelope.body != mail::BodyType::binary_mime;
    if (!is_whole) return Returned::header;
    POSTERN_ASSIGN(const bool is_seven_bit, has_only_ascii(message));
    return is_seven_bit ? Returned::message : Returned::eight_bit_message;
}

ReportContent content_of(const ReportFacts& facts, const ReportTemplate& words) {
    if (facts.returned == Returned::header) return {report_text(facts, words)};
    ReportFrame frame = report_frame(facts, words);
    return {std::move(frame.before), true, std::move(frame.after)};
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

Status Reporter::report_successes(spool::Message& message) {
    for (const auto& some : message.history().by_reverse_path(message.history().owing_success()))
        POSTERN_TRY(
            report(message, ReportKind::success, *message.history().reverse_path_of(some.front()), some));
    return done;
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
        return recipient.tries > 0 && !recipient.is_warned &&
               mail::asks_for(recipient.notify, mail::ReportOn::delay);
    });
    return late;
}

Status Reporter::report(spool::Message& message, ReportKind kind, const mail::Address& to,
                        const spool::RecipientSet& recipients) {
    const Instant now = tools_.clock.now();
    spool::Head head = report_head(message, kind, to, now);
    ReportFacts facts{kind,
                      head.id,
                      message.id(),
                      options_.hostname,
                      to,
                      message.history().reverse_path_of(recipients.front()),
                      message.envelope().received,
                      now,
                      message.envelope().first_try() + options_.max_age};
    facts.release_at = message.envelope().release_at;
    if (message.history().has_own_parameters(recipients.front())) facts.envid = message.envelope().envid;
    for (const std::size_t index : recipients) facts.recipients.push_back(reported_recipient(message, index));
    POSTERN_ASSIGN(facts.header, read_header(message));
    facts.has_utf8_header = message.envelope().smtputf8 && !ascii::is_ascii(facts.header);
    POSTERN_ASSIGN(facts.returned, returned_part(message, kind, recipients));
    if (facts.returned == Returned::eight_bit_message) head.envelope.body = mail::BodyType::eight_bit_mime;

    POSTERN_TRY(file_report(tools_, message, head, content_of(facts, templates_.words_for(kind)),
                            {purpose_of(kind), recipients}));
    tools_.log.write(Severity::info, event_of(kind),
                     {{"id", message.id().text()}, {"child", head.id.text()}, {"to", to.to_string()}});
    return done;
}

}  // namespace postern::runner
