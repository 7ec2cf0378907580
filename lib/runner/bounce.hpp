// SPDX-License-Identifier: BSD-2-Clause
// The report to a sender whose message failed for some recipients: multipart/report (RFC 6522) with words
// for people, a message/delivery-status part (RFC 3464) and the header of the message. Pure, 7-bit, and
// nothing that came from outside can end a line in it.
#pragma once

#include <string>
#include <vector>

#include "base/time.hpp"
#include "mail/address.hpp"
#include "spool/message_id.hpp"
#include "spool/record.hpp"

namespace postern::runner {

struct FailedRecipient {
    mail::Address address;
    std::optional<mail::Address> addressed_as = std::nullopt;  ///< the alias that the sender wrote to
    std::string orcpt = {};                                    ///< RFC 3461 §4.2, xtext; "" = not said
    spool::Outcome outcome = {};
};

struct BounceFacts {
    spool::MessageId id;      ///< of the report
    spool::MessageId parent;  ///< of the message that failed
    std::string hostname;
    mail::Address sender;  ///< reverse-path of the message: who gets the report
    Instant arrived{};
    Instant now{};
    std::vector<FailedRecipient> failed = {};
    std::string header = {};  ///< of the message, whole lines with CRLF, as much as is to be told
};

/// Content of the report, CRLF line ends.
std::string bounce_text(const BounceFacts& facts);

}  // namespace postern::runner
