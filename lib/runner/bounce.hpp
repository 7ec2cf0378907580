// SPDX-License-Identifier: BSD-2-Clause
// A report on a message: multipart/report (RFC 6522) with words for people, a message/delivery-status part
// (RFC 3464) and the header of the message, or all of it. Where there are international addresses, or such a
// header, the parts are those of RFC 6533. Pure, and nothing that came from outside can end a line in it. All
// but a returned message is 7-bit, unless it goes to an international address.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "mail/address.hpp"
#include "runner/report_template.hpp"
#include "spool/message_id.hpp"
#include "spool/record.hpp"

namespace postern::runner {

struct ReportedRecipient {
    mail::Address address;
    std::optional<mail::Address> addressed_as = std::nullopt;  ///< the alias that the sender wrote to
    std::string orcpt = {};                                    ///< RFC 3461 §4.2, xtext; "" = not said
    spool::Outcome outcome = {};
    bool is_expanded = false;  ///< an alias: the message went on to its members
};

/// What of the message is returned with the report.
enum class Returned { header, message, eight_bit_message };

struct ReportFacts {
    ReportKind kind = ReportKind::failure;
    spool::MessageId id;      ///< of the report
    spool::MessageId parent;  ///< of the message that it is on
    std::string hostname;
    mail::Address to;               ///< who gets the report
    mail::ReversePath sender = {};  ///< of the message
    Instant arrived{};
    Instant now{};
    Instant until{};  ///< of a delay: the last try
    std::vector<ReportedRecipient> recipients = {};
    std::string header = {};       ///< of the message, whole lines with CRLF, as much as is to be told
    bool has_utf8_header = false;  ///< and it was declared to be UTF-8 (RFC 6532)
    std::string envid = {};        ///< RFC 3461 §4.4, xtext; "" = not said
    std::optional<Instant> release_at = std::nullopt;  ///< RFC 4865
    Returned returned = Returned::header;
};

/// Does it name an international address, or is the header of the message one?
bool is_international(const ReportFacts& facts);

/// Content of a report that returns the header, CRLF line ends.
std::string report_text(const ReportFacts& facts, const ReportTemplate& words);

/// Content of a report that returns the message: what stands before it and behind it.
struct ReportFrame {
    std::string before, after;
};
ReportFrame report_frame(const ReportFacts& facts, const ReportTemplate& words);

}  // namespace postern::runner
