// SPDX-License-Identifier: BSD-2-Clause
// The SMTP client as a pure machine: the server's bytes in, effects out (client_effect.hpp). It knows no
// socket, clock or file; its driver keeps the time limits of RFC 5321 §4.5.3.2 by awaited().
//
//   greeting ─▶ EHLO (or HELO) ─▶ ready ─begin()─▶ MAIL RCPT… DATA ─▶ body ─▶ ready ─quit()─▶ QUIT ─▶ closed
//                 └─ STARTTLS ─▶ StartTls ─tls_started()─▶ EHLO again
//       └─ refused, lost: HostRefused         └─ refused by all: ready        └─ lost: MessageDone, Close
//
// Commands wait in `unsent_`, replies that must come in `awaited_`, in the order of RFC 5321 §4.1.4. With
// PIPELINING all commands up to DATA go out at once (RFC 2920 §3.1), else each after the reply before.
// Every reply belongs to the oldest awaited step; one that nobody waits for breaks the conversation. 421
// ends it anywhere. Each recipient keeps its own result; what is undecided when the connection is lost is
// deferred.
//
// Binary content goes out by BDAT (RFC 3030), a chunk for each piece that the driver gives; so does content
// that does not end a line, where the host offers CHUNKING; all other content by DATA. A chunk waits for the
// reply to the one before.
//
// With Dialect::lmtp it speaks LMTP (RFC 2033): LHLO, and after the dot a reply for each recipient that was
// accepted, in their order.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "smtp/client_effect.hpp"
#include "smtp/dialect.hpp"
#include "smtp/dot_coder.hpp"
#include "smtp/extensions.hpp"
#include "smtp/reply_parser.hpp"

namespace postern::smtp {

/// What the client waits for a reply to.
enum class ClientStep {
    greeting,
    ehlo,
    helo,
    starttls,
    reset,
    mail,
    recipient,
    data,
    nothing,
    chunk,
    content,
    quit
};

/// Does the client say STARTTLS to a host that offers it? `required`: no message goes without, nor to a host
/// that does not offer REQUIRETLS then (RFC 8689 §4.2.1).
enum class ClientTls { never, if_offered, required };

class Client {
public:
    /// `hostname`: of this server, for EHLO.
    explicit Client(std::string hostname, Dialect dialect = Dialect::smtp, ClientTls tls = ClientTls::never);

    void receive(std::string_view bytes);
    void receive_end(End why);
    /// After StartTls; all begins anew, from EHLO on.
    void tls_started();
    /// After NeedMessage.
    void begin(ClientMessage message);
    /// After NeedBody: content as it lies in the spool; dots are stuffed here.
    void body(std::string_view content);
    void end_body();
    /// After NeedMessage.
    void quit();

    /// The next thing to do; nothing = it waits for the reply to awaited().
    std::optional<ClientEffect> next();
    ClientStep awaited() const;
    /// What the host offers.
    const Extensions& offers() const { return extensions_; }
    /// The host takes no further message in this conversation (RFC 9422 §4.1).
    bool is_used_up() const {
        return extensions_.limits.messages > 0 && begun_ >= extensions_.limits.messages;
    }
    /// How many whole replies there were: each is a step forward, as single octets are not.
    std::size_t replies() const { return replies_; }

private:
    enum class Phase { greeting, ready, transaction, body, quitting, closed };
    struct Command {
        ClientStep step;
        std::string line;
    };
    /// Dropped as a whole at its end.
    struct Transaction {
        ClientMessage message;
        std::vector<std::optional<ClientResult>> results;  ///< decided ones, one a recipient
        std::vector<std::size_t> asked = {};               ///< recipients of whom the host hears
        std::size_t answered = 0;                          ///< RCPTs
        std::size_t accepted = 0;                          ///< RCPTs
        bool content_sent = false;
        bool in_chunks = false;
        bool chunk_refused = false;
        std::string chunk = {};  ///< that is to be sent when it is known whether it is the last
        DotEncoder encoder = {};
    };

    void take(const Reply& reply);
    void on_greeting(const Reply& reply);
    void on_ehlo(const Reply& reply);
    void on_helo(const Reply& reply);
    void on_starttls(const Reply& reply);
    void greet();
    void settle();
    void on_mail(const Reply& reply);
    void on_recipient(const Reply& reply);
    void on_data(const Reply& reply);
    void on_chunk(const Reply& reply);
    void on_content(const Reply& reply);

    bool fits(const ClientMessage& message);
    void choose_recipients();
    bool is_ready_for_chunks() const;
    void send_chunk(std::string_view last);
    void become_ready();
    void refuse_host(ClientStep step, const Reply& reply);
    void refuse_host(ClientResult why);
    void decide_rest(const ClientResult& result);
    void finish_transaction_if_answered();
    void finish_transaction();
    void report_transaction();
    void lose(const ClientResult& why);
    void close();
    void command(ClientStep step, std::string line);
    void send_commands();

    std::string hostname_;
    Dialect dialect_;
    ClientTls tls_;
    bool is_encrypted_ = false;
    ReplyParser parser_;
    Phase phase_ = Phase::greeting;
    Extensions extensions_;
    std::deque<Command> unsent_;
    std::deque<ClientStep> awaited_{ClientStep::greeting};
    std::deque<ClientEffect> effects_;
    std::optional<Transaction> transaction_;
    std::size_t replies_ = 0;
    std::size_t begun_ = 0;     ///< transactions that the host has heard of
    bool needs_reset_ = false;  ///< the server may still be in a transaction
};

}  // namespace postern::smtp
