// SPDX-License-Identifier: BSD-2-Clause
// The records of a spool file's log, as values (postern-spool(5), THE LOG). Readers skip events they do not
// know.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "mail/address.hpp"
#include "spool/layout.hpp"
#include "spool/message_id.hpp"

namespace postern::spool {

/// Indices of recipients, ascending; in the file as "0-12,14".
using RecipientSet = std::vector<std::size_t>;
std::string to_string(const RecipientSet& recipients);
std::optional<RecipientSet> parse_recipient_set(std::string_view text);

/// A runner begins to work on the file. Not synced; left unfinished by a crash. Members that no Expanded has
/// closed before it count for nothing.
struct Begun {
    std::string runner;
};
/// Recipient `of` is an alias; these addresses get the next indices. In force only after Expanded.
struct Members {
    std::size_t of = 0;
    std::vector<mail::Address> to;
    std::optional<mail::Address> from = {};  ///< their reverse-path, when it is another than that of `of`
};
struct Expanded {};

/// What became of recipients in one attempt.
struct Outcome {
    enum class Kind { delivered, deferred, failed };
    /// Where what was delivered has come to, and with it the duty to report on it (RFC 3461 §5.2).
    enum class Reach {
        mailbox,         ///< to its end
        silent_host,     ///< to a host that was not asked for reports, since it does not offer DSN
        reporting_host,  ///< to a host that has taken over what the sender asks of reports
    };
    Kind kind = Kind::delivered;
    RecipientSet recipients;
    std::string status = {};           ///< RFC 3463: "2.0.0", "4.4.1", "5.1.1"
    std::string reason = {};           ///< in Postern's words: "no such user here"
    std::string host = {};             ///< remote host, "mx.example.net [192.0.2.1]"
    std::string reply = {};            ///< its words, code first: "550 5.1.1 who?"
    std::optional<Instant> next = {};  ///< deferred: not before
    Reach reach = Reach::mailbox;      ///< delivered
    std::string tls = {};              ///< in which the host was spoken to; "" = plain text
};

inline constexpr std::string_view kBouncePurpose = "bounce";
inline constexpr std::string_view kDelayPurpose = "delay";
inline constexpr std::string_view kSuccessPurpose = "success";

/// A child file was staged: it reports that these recipients failed (purpose "bounce"), are late ("delay")
/// or have got it ("success"), or takes them over.
struct Child {
    MessageId id;
    std::string purpose;
    Lane lane = Lane::received;
    RecipientSet recipients;
};
struct Held {
    std::string reason;
    std::string by = {};  ///< the administrator who said so; "": a runner
};
/// An administrator wants it tried now; ends a hold, too.
struct Retried {};

/// The runner ended its work in good order, but with nothing to record: the `begun` before it was no crash.
struct Left {};

/// An administrator ends a hold; when it is tried next stays as it was.
struct Released {
    std::string by;
};
/// An administrator took the message away: the file is to be unlinked, and nobody told.
struct Removed {
    std::string by;
};

using Event = std::variant<Begun, Members, Expanded, Outcome, Child, Held, Retried, Left, Released, Removed>;

struct Record {
    Instant at;
    Event event;
};

}  // namespace postern::spool
