// SPDX-License-Identifier: BSD-2-Clause
#include "runner/bounce.hpp"

#include "base/ascii.hpp"
#include "mail/date.hpp"
#include "runner/quoted_printable.hpp"
#include "runner/report_words.hpp"

namespace postern::runner {

namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::string_view kEncoded = "quoted-printable";

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

std::string words_on(const ReportedRecipient& recipient) {
    constexpr std::string_view indent = "    ";
    const spool::Outcome& outcome = recipient.outcome;
    std::string out = "  " + one_line(recipient.address.to_string()) + "\n";
    if (recipient.addressed_as)
        out += "    (reached through " + one_line(recipient.addressed_as->to_string()) + ")\n";
    const std::string reason = outcome.reason.empty() ? "it was refused" : one_line(outcome.reason);
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
        recipients += words_on(recipient);
    }
    return {{"age", age_in_words(facts.now - facts.arrived)},
            {"arrived", mail::format_date(facts.arrived)},
            {"hostname", facts.hostname},
            {"id", facts.parent.text()},
            {"recipients", recipients},
            {"sender", facts.sender ? one_line(facts.sender->to_string()) : "<>"},
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
    out += kEnd;
}

std::string human_part(const std::string& text) {
    const std::string lines = wrapped_lines(text);
    const bool is_plain = is_seven_bit_text(lines);
    std::string out;
    append_field(out, "Content-Type",
                 is_plain ? "text/plain; charset=us-ascii" : "text/plain; charset=utf-8");
    if (!is_plain) append_field(out, "Content-Transfer-Encoding", kEncoded);
    return out.append(kEnd) + (is_plain ? lines : to_quoted_printable(lines));
}

/// RFC 3464 §2.3.6: what the other server said; where none was asked, what Postern says.
std::string diagnostic_code(const spool::Outcome& outcome) {
    if (!outcome.reply.empty()) return "smtp; " + one_line(outcome.reply);
    return outcome.reason.empty() ? "" : "x-postern; " + one_line(outcome.reason);
}

void append_recipient_fields(std::string& out, const ReportedRecipient& recipient, const ReportFacts& facts) {
    const bool is_delay = facts.kind == ReportKind::delay;
    const spool::Outcome& outcome = recipient.outcome;
    out += kEnd;
    if (const std::string original = from_xtext(recipient.orcpt); original.find(';') != std::string::npos)
        append_field(out, "Original-Recipient", original);
    append_field(out, "Final-Recipient", "rfc822; " + recipient.address.to_string());
    append_field(out, "Action", is_delay ? "delayed" : "failed");
    const std::string unknown = is_delay ? "4.0.0" : "5.0.0";
    append_field(out, "Status", outcome.status.empty() ? unknown : one_line(outcome.status));
    if (!outcome.host.empty())
        append_field(out, "Remote-MTA", "dns; " + one_line(name_of_host(outcome.host)));
    if (const std::string code = diagnostic_code(outcome); !code.empty())
        append_field(out, "Diagnostic-Code", wrapped(code, "  "));
    append_field(out, "Last-Attempt-Date", mail::format_date(facts.now));
    if (is_delay) append_field(out, "Will-Retry-Until", mail::format_date(facts.until));
}

std::string status_part(const ReportFacts& facts) {
    std::string out;
    append_field(out, "Content-Type", "message/delivery-status");
    out += kEnd;
    append_field(out, "Reporting-MTA", "dns; " + facts.hostname);
    append_field(out, "X-Postern-Id", facts.parent.text());
    append_field(out, "Arrival-Date", mail::format_date(facts.arrived));
    for (const ReportedRecipient& recipient : facts.recipients)
        append_recipient_fields(out, recipient, facts);
    return out;
}

std::string header_part(const ReportFacts& facts) {
    const bool is_plain = is_seven_bit_text(facts.header);
    std::string out;
    append_field(out, "Content-Type", "text/rfc822-headers");
    if (!is_plain) append_field(out, "Content-Transfer-Encoding", kEncoded);  // RFC 6522 §4
    return out.append(kEnd) + (is_plain ? facts.header : to_quoted_printable(facts.header));
}

}  // namespace

std::string report_text(const ReportFacts& facts, const ReportTemplate& words) {
    const PlaceholderValues values = values_of(facts);
    const std::string delimiter = "--" + boundary_of(facts);
    std::string out;
    append_header(out, facts, filled(words.subject, values));
    for (const std::string& part :
         {human_part(filled(words.text, values)), status_part(facts), header_part(facts)}) {
        (out += delimiter) += kEnd;
        (out += part) += kEnd;
    }
    return out += delimiter + "--\r\n";
}

}  // namespace postern::runner
