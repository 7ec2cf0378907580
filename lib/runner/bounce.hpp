// SPDX-License-Identifier: BSD-2-Clause
// A report on a message: multipart/report (RFC 6522) with words for people, a message/delivery-status part
// (RFC 3464) and the header of the message. Pure, 7-bit, and nothing that came from outside can end a line
// in it.
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
};

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
    std::string header = {};  ///< of the message, whole lines with CRLF, as much as is to be told
};

/// Content of the report, CRLF line ends.
std::string report_text(const ReportFacts& facts, const ReportTemplate& words);

}  // namespace postern::runner
