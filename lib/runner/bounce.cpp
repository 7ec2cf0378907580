// SPDX-License-Identifier: BSD-2-Clause
#include "runner/bounce.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "mail/date.hpp"
#include "mail/quoted_printable.hpp"
#include "runner/report_words.hpp"

namespace postern::runner {

namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::size_t kLongestOrcpt = 500;  // RFC 3461 §4.2
constexpr std::string_view kEncoded = "quoted-printable";
constexpr std::string_view kEightBit = "8bit";

/// Does the report go where UTF-8 is known to be understood?
bool is_eight_bit(const ReportFacts& facts) { return !facts.to.is_ascii(); }

void append_field(std::string& out, std::string_view name, std::string_view value) {
    ((out += name) += ": ") += value;
    out += kEnd;
}

/// "mx.example.net" of "mx.example.net [192.0.2.1]".
std::string_view name_of_host(std::string_view host) { return host.substr(0, host.find(' ')); }

// The id is a hash that nobody outside can foresee, so no line of the message can be the boundary.
std::string boundary_of(const ReportFacts& facts) { return "=_" + facts.id.text(); }

/// "4h3m"; seconds only where there is no minute.
std::string age_in_words(std::chrono::milliseconds age) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(age);
    return format_duration(minutes.count() > 0 ? minutes : std::chrono::floor<std::chrono::seconds>(age));
}

/// With U-labels. An address has neither controls nor line ends.
std::string for_people(const mail::Address& address) {
    std::string text = address.to_string();
    if (const auto* domain = address.domain())
        text.replace(text.size() - domain->text().size(), std::string::npos, domain->unicode());
    return text;
}

enum class Action { failed, delayed, delivered, relayed, expanded };

/// RFC 3464 §2.3.3
Action action_of(ReportKind kind, const ReportedRecipient& recipient) {
    if (kind == ReportKind::delay) return Action::delayed;
    if (kind != ReportKind::success) return Action::failed;
    if (recipient.is_expanded) return Action::expanded;
    return recipient.outcome.reach == spool::Outcome::Reach::mailbox ? Action::delivered : Action::relayed;
}

struct ActionWords {
    std::string_view name;
    std::string_view status;  ///< where none is known
    std::string_view reason;  ///< likewise, for people
};

ActionWords words_of(Action action) {
    switch (action) {
        case Action::delayed: return {"delayed", "4.0.0", "it could not be delivered yet"};
        case Action::delivered: return {"delivered", "2.0.0", "it was delivered"};
        case Action::relayed:
            return {"relayed", "2.0.0", "it was handed to another server, which does not report on success"};
        case Action::expanded:
            return {"expanded", "2.0.0", "it was sent on to the addresses behind this name"};
        case Action::failed: break;
    }
    return {"failed", "5.0.0", "it was refused"};
}

std::string words_on(const ReportedRecipient& recipient, ReportKind kind) {
    constexpr std::string_view indent = "    ";
    const spool::Outcome& outcome = recipient.outcome;
    std::string out = "  " + for_people(recipient.address) + "\n";
    if (recipient.addressed_as) out += "    (reached through " + for_people(*recipient.addressed_as) + ")\n";
    const auto own_words = words_of(action_of(kind, recipient)).reason;
    const std::string reason = outcome.reason.empty() ? std::string(own_words) : one_line(outcome.reason);
    const std::string status = outcome.status.empty() ? "" : " (status " + one_line(outcome.status) + ")";
    ((out += indent) += reason) += status + "\n";
    if (!outcome.reply.empty()) {
        out += indent;
        out += "The server " + one_line(outcome.host) + " answered: " + one_line(outcome.reply) + "\n";
    }
    return out;
}

PlaceholderValues values_of(const ReportFacts& facts) {
    std::string recipients;
    for (const ReportedRecipient& recipient : facts.recipients) {
        if (!recipients.empty()) recipients += '\n';
        recipients += words_on(recipient, facts.kind);
    }
    return {{"age", age_in_words(facts.now - facts.arrived)},
            {"arrived", mail::format_date(facts.arrived)},
            {"hostname", facts.hostname},
            {"id", facts.parent.text()},
            {"recipients", recipients},
            {"sender", facts.sender ? for_people(*facts.sender) : "<>"},
            {"subject", subject_in(facts.header)},
            {"until", mail::format_date(facts.until)}};
}

void append_header(std::string& out, const ReportFacts& facts, const std::string& subject) {
    append_field(out, "From", "MAILER-DAEMON@" + facts.hostname);
    append_field(out, "To", facts.to.to_string());
    append_field(out, "Subject", header_words(subject));
    append_field(out, "Date", mail::format_date(facts.now));
    append_field(out, "Message-ID", "<" + facts.id.text() + "@" + facts.hostname + ">");
    append_field(out, "Auto-Submitted", "auto-replied");  // RFC 3834 §5
    append_field(out, "MIME-Version", "1.0");
    append_field(
        out, "Content-Type",
        "multipart/report; report-type=delivery-status;\r\n boundary=\"" + boundary_of(facts) + "\"");
    if (facts.returned == Returned::eight_bit_message || is_eight_bit(facts))
        append_field(out, "Content-Transfer-Encoding", kEightBit);
    out += kEnd;
}

std::string human_part(const std::string& text) {
    const std::string lines = wrapped_lines(text);
    const bool is_plain = is_seven_bit_text(lines);
    std::string out;
    append_field(out, "Content-Type",
                 is_plain ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8");
    if (!is_plain) append_field(out, "Content-Transfer-Encoding", kEncoded);
    return out.append(kEnd) + (is_plain ? lines : mail::to_quoted_printable(lines));
}

/// RFC 3464 §2.3.6: what the other server said; where none was asked, what Postern says.
std::string diagnostic_code(const spool::Outcome& outcome) {
    if (!outcome.reply.empty()) return "smtp; " + one_line(outcome.reply);
    return outcome.reason.empty() ? "" : "x-postern; " + one_line(outcome.reason);
}

/// RFC 3464 §2.3.1, RFC 6533 §3
std::string typed(const mail::Address& address) {
    return (address.is_ascii() ? "rfc822; " : "utf-8; ") + address.to_string();
}

/// RFC 3464 §2.3.1, of an ORCPT; "" when there is none that could be told. Those of type utf-8 are no xtext.
std::string original_recipient(std::string_view orcpt) {
    const auto semicolon = orcpt.find(';');
    if (semicolon == std::string_view::npos || orcpt.size() > kLongestOrcpt) return {};
    const auto type = orcpt.substr(0, semicolon), address = orcpt.substr(semicolon + 1);
    if (ascii::equals_ignoring_case(type, "utf-8"))
        return utf8::is_text(address) ? std::string(orcpt) : std::string();
    const std::string plain = words_of_xtext(address);
    return plain.empty() || !ascii::is_ascii(type) ? std::string() : one_line(type) + ";" + plain;
}

void append_recipient_fields(std::string& out, const ReportedRecipient& recipient, const ReportFacts& facts) {
    const auto action = action_of(facts.kind, recipient);
    const spool::Outcome& outcome = recipient.outcome;
    out += kEnd;
    if (const std::string original = original_recipient(recipient.orcpt); !original.empty())
        append_field(out, "Original-Recipient", original);
    append_field(out, "Final-Recipient", typed(recipient.address));
    append_field(out, "Action", words_of(action).name);
    append_field(out, "Status",
                 outcome.status.empty() ? std::string(words_of(action).status) : one_line(outcome.status));
    if (!outcome.host.empty())
        append_field(out, "Remote-MTA", "dns; " + one_line(name_of_host(outcome.host)));
    if (const std::string code = diagnostic_code(outcome); !code.empty())
        append_field(out, "Diagnostic-Code", wrapped(code, "  "));
    append_field(out, "Last-Attempt-Date", mail::format_date(facts.now));
    if (action == Action::delayed) append_field(out, "Will-Retry-Until", mail::format_date(facts.until));
}

std::string status_fields(const ReportFacts& facts) {
    std::string out;
    if (const std::string envid = words_of_xtext(facts.envid); !envid.empty())
        append_field(out, "Original-Envelope-Id", envid);
    append_field(out, "Reporting-MTA", "dns; " + facts.hostname);
    append_field(out, "X-Postern-Id", facts.parent.text());
    append_field(out, "Arrival-Date", mail::format_date(facts.arrived));
    if (facts.release_at)  // RFC 4865 §6
        append_field(out, "Future-Release-Request",
                     "until; " + format_rfc3339(*facts.release_at, Precision::seconds));
    for (const ReportedRecipient& recipient : facts.recipients)
        append_recipient_fields(out, recipient, facts);
    return out;
}

/// A part with its fields on top, encoded where it must be.
std::string part_of(std::string_view type, const std::string& text, bool may_be_eight_bit) {
    const bool is_plain = is_seven_bit_text(text);
    std::string out;
    append_field(out, "Content-Type", type);
    if (!is_plain) append_field(out, "Content-Transfer-Encoding", may_be_eight_bit ? kEightBit : kEncoded);
    return out.append(kEnd) + (is_plain || may_be_eight_bit ? text : mail::to_quoted_printable(text));
}

std::string status_part(const ReportFacts& facts) {
    const std::string_view type =
        is_international(facts) ? "message/global-delivery-status" : "message/delivery-status";
    return part_of(type, status_fields(facts), is_eight_bit(facts));
}

/// RFC 6522 §4, RFC 6533 §5
std::string header_part(const ReportFacts& facts) {
    const bool has_utf8 = is_international(facts) && !ascii::is_ascii(facts.header);
    return part_of(has_utf8 ? "message/global-headers" : "text/rfc822-headers", facts.header,
                   is_eight_bit(facts) && has_utf8);
}

/// The fields on top of the message that is returned; one with an international header is of another type
/// (RFC 6532 §3.7).
std::string top_of_message(const ReportFacts& facts) {
    std::string out;
    append_field(out, "Content-Type", ascii::is_ascii(facts.header) ? "message/rfc822" : "message/global");
    if (facts.returned == Returned::eight_bit_message)
        append_field(out, "Content-Transfer-Encoding", kEightBit);
    return out.append(kEnd);
}

/// All that stands before the third part.
std::string first_parts(const ReportFacts& facts, const ReportTemplate& words) {
    const PlaceholderValues values = values_of(facts);
    const std::string delimiter = "--" + boundary_of(facts);
    std::string out;
    append_header(out, facts, filled(words.subject, values));
    for (const std::string& part : {human_part(filled(words.text, values)), status_part(facts)}) {
        (out += delimiter) += kEnd;
        (out += part) += kEnd;
    }
    return (out += delimiter) += kEnd;
}

std::string end_of_report(const ReportFacts& facts) { return "\r\n--" + boundary_of(facts) + "--\r\n"; }

}  // namespace

bool is_international(const ReportFacts& facts) {
    const auto is_one = [](const mail::Address& address) { return !address.is_ascii(); };
    return is_one(facts.to) || facts.has_utf8_header ||
           std::ranges::any_of(facts.recipients, [&](const ReportedRecipient& recipient) {
               return is_one(recipient.address) || !ascii::is_ascii(recipient.orcpt);
           });
}

std::string report_text(const ReportFacts& facts, const ReportTemplate& words) {
    return first_parts(facts, words) + header_part(facts) + end_of_report(facts);
}

ReportFrame report_frame(const ReportFacts& facts, const ReportTemplate& words) {
    return {first_parts(facts, words) + top_of_message(facts), end_of_report(facts)};
}

}  // namespace postern::runner
