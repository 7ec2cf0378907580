// SPDX-License-Identifier: BSD-2-Clause
#include "runner/bounce.hpp"

#include "mail/date.hpp"
#include "runner/quoted_printable.hpp"
#include "runner/report_words.hpp"

namespace postern::runner {

namespace {

constexpr std::string_view kEnd = "\r\n";

void append_field(std::string& out, std::string_view name, std::string_view value) {
    ((out += name) += ": ") += value;
    out += kEnd;
}

/// "mx.example.net" of "mx.example.net [192.0.2.1]".
std::string_view name_of_host(std::string_view host) { return host.substr(0, host.find(' ')); }

// The id is a hash that nobody outside can foresee, so no line of the message can be the boundary.
std::string boundary_of(const BounceFacts& facts) { return "=_" + facts.id.text(); }

void append_header(std::string& out, const BounceFacts& facts) {
    append_field(out, "From", "MAILER-DAEMON@" + facts.hostname);
    append_field(out, "To", facts.sender.to_string());
    append_field(out, "Subject", "Your message could not be delivered");
    append_field(out, "Date", mail::format_date(facts.now));
    append_field(out, "Message-ID", "<" + facts.id.text() + "@" + facts.hostname + ">");
    append_field(out, "Auto-Submitted", "auto-replied");  // RFC 3834 §5
    append_field(out, "MIME-Version", "1.0");
    append_field(
        out, "Content-Type",
        "multipart/report; report-type=delivery-status;\r\n boundary=\"" + boundary_of(facts) + "\"");
    out += kEnd;
}

void append_words(std::string& out, const FailedRecipient& failed) {
    constexpr std::string_view indent = "    ";
    const spool::Outcome& outcome = failed.outcome;
    (out += "  ") += failed.address.to_string();
    if (failed.addressed_as) out += "\r\n    (reached through " + failed.addressed_as->to_string() + ")";
    out += kEnd;
    const std::string reason = outcome.reason.empty() ? "it was refused for good" : one_line(outcome.reason);
    out += indent;
    (out += wrapped(reason + " (status " + one_line(outcome.status) + ")", indent)) += kEnd;
    if (!outcome.reply.empty()) {
        out += indent;
        out +=
            wrapped("The server " + one_line(outcome.host) + " answered: " + one_line(outcome.reply), indent);
        out += kEnd;
    }
    out += kEnd;
}

void append_human_part(std::string& out, const BounceFacts& facts) {
    append_field(out, "Content-Type", "text/plain; charset=us-ascii");
    out += kEnd;
    (out +=
     wrapped("The mail server " + facts.hostname + " could not deliver your message of " +
                 mail::format_date(facts.arrived) + " to the recipients below, and will not try again.",
             "")) += kEnd;
    out += kEnd;
    for (const FailedRecipient& failed : facts.failed) append_words(out, failed);
    out += "Attached are the same facts for programs, and the header of your message.\r\n";
}

/// RFC 3464 §2.3.6: what the other server said; where none was asked, what Postern says.
std::string diagnostic_code(const spool::Outcome& outcome) {
    if (!outcome.reply.empty()) return "smtp; " + one_line(outcome.reply);
    return outcome.reason.empty() ? "" : "x-postern; " + one_line(outcome.reason);
}

void append_recipient_fields(std::string& out, const FailedRecipient& failed, Instant now) {
    const spool::Outcome& outcome = failed.outcome;
    out += kEnd;
    if (const std::string original = from_xtext(failed.orcpt); original.find(';') != std::string::npos)
        append_field(out, "Original-Recipient", original);
    append_field(out, "Final-Recipient", "rfc822; " + failed.address.to_string());
    append_field(out, "Action", "failed");
    append_field(out, "Status", outcome.status.empty() ? "5.0.0" : one_line(outcome.status));
    if (!outcome.host.empty())
        append_field(out, "Remote-MTA", "dns; " + one_line(name_of_host(outcome.host)));
    if (const std::string code = diagnostic_code(outcome); !code.empty())
        append_field(out, "Diagnostic-Code", wrapped(code, "  "));
    append_field(out, "Last-Attempt-Date", mail::format_date(now));
}

void append_status_part(std::string& out, const BounceFacts& facts) {
    append_field(out, "Content-Type", "message/delivery-status");
    out += kEnd;
    append_field(out, "Reporting-MTA", "dns; " + facts.hostname);
    append_field(out, "X-Postern-Id", facts.parent.text());
    append_field(out, "Arrival-Date", mail::format_date(facts.arrived));
    for (const FailedRecipient& failed : facts.failed) append_recipient_fields(out, failed, facts.now);
}

void append_header_part(std::string& out, const BounceFacts& facts) {
    const bool is_plain = is_seven_bit_text(facts.header);
    append_field(out, "Content-Type", "text/rfc822-headers");
    if (!is_plain) append_field(out, "Content-Transfer-Encoding", "quoted-printable");  // RFC 6522 §4
    out += kEnd;
    out += is_plain ? facts.header : to_quoted_printable(facts.header);
}

}  // namespace

std::string bounce_text(const BounceFacts& facts) {
    const std::string delimiter = "--" + boundary_of(facts);
    std::string out;
    append_header(out, facts);
    for (const auto append_part : {append_human_part, append_status_part, append_header_part}) {
        (out += delimiter) += kEnd;
        append_part(out, facts);
        out += kEnd;
    }
    return out += delimiter + "--\r\n";
}

}  // namespace postern::runner
