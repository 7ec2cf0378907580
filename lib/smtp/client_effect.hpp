// SPDX-License-Identifier: BSD-2-Clause
// What an SMTP client wants from its driver, and what it tells of the messages that it was given.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mail/envelope.hpp"
#include "smtp/effect.hpp"

namespace postern::smtp {

/// What goes into RCPT.
struct ClientRecipient {
    ClientRecipient(mail::Address to, std::string notify_value = {}, std::string orcpt_value = {})
        : address(std::move(to)), notify(std::move(notify_value)), orcpt(std::move(orcpt_value)) {}

    mail::Address address;
    std::string notify;  ///< RFC 3461 §4.1; only for hosts that offer DSN
    std::string orcpt;   ///< RFC 3461 §4.2, likewise
};

/// One transaction: what goes into MAIL and RCPT.
struct ClientMessage {
    enum class Content { seven_bit, eight_bit, binary };
    /// Does it need a host with SMTPUTF8 (RFC 6531), whoever its recipients are?
    enum class International {
        no,
        declared,  ///< no, but it was declared to do so: a host that offers it hears of it
        needed     ///< its reverse-path or its header is UTF-8
    };
    /// To ask is to go no further than RCPT: is the recipient accepted?
    enum class Aim { deliver, ask };

    mail::ReversePath reverse_path = {};
    std::vector<ClientRecipient> recipients = {};  ///< at least one
    std::uint64_t size = 0;                        ///< octets of content
    Content content = Content::seven_bit;
    bool ends_line = true;  ///< does the content end in CRLF?
    International international = International::no;
    mail::ReturnedPart ret = mail::ReturnedPart::unsaid;  ///< RFC 3461 §4.3
    std::string envid = {};                               ///< RFC 3461 §4.4
    bool requires_tls = false;                            ///< RFC 8689; only for hosts that offer it
    Aim aim = Aim::deliver;
};

/// What became of a recipient, or of the whole host.
struct ClientResult {
    enum class Kind {
        accepted,    ///< the host has taken the responsibility
        deferred,    ///< not now
        failed,      ///< never
        crowded_out  ///< too many recipients in this transaction: try it in the next one
    };
    Kind kind = Kind::deferred;
    std::string status = {};  ///< RFC 3463: "5.1.1"
    std::string reason = {};  ///< in Postern's words: "the host refused the recipient"
    std::string reply = {};   ///< in the host's, code first: "550 5.1.1 who?"; "" = it said nothing
    bool operator==(const ClientResult&) const = default;
};

/// Greeted and ready: give it a message with Client::begin, or end with Client::quit.
struct NeedMessage {};

/// The host waits for content: Client::body as often as there is some, then Client::end_body.
struct NeedBody {};

/// The transaction is over. If the connection is lost, Close follows, else NeedMessage.
struct MessageDone {
    /// Was the content sent to its end, so that the host may have taken the message although it did not
    /// say so?
    enum class Content { not_sent, sent };
    std::vector<ClientResult> recipients;  ///< one for each of ClientMessage
    Content content = Content::not_sent;
    bool dsn = false;  ///< the host offers DSN, so it was told what the sender asks of reports
};

/// This host takes no mail from us: greeting or EHLO refused, or the connection lost before. No message
/// will be asked for.
struct HostRefused {
    ClientResult why;
};

/// StartTls, between greeting and the first NeedMessage, where the client was told that it may: the handshake
/// is to be done, and Client::tls_started to be told of it; receive_end when it has failed.
using ClientEffect = std::variant<Send, StartTls, NeedMessage, NeedBody, MessageDone, HostRefused, Close>;

}  // namespace postern::smtp
