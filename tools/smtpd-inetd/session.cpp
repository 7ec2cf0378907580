// SPDX-License-Identifier: BSD-2-Clause
#include "session.hpp"

#include <utility>

#include "accounts/file_accounts.hpp"
#include "accounts/full_mailboxes.hpp"
#include "base/base32.hpp"
#include "base/ip_networks.hpp"
#include "caller.hpp"
#include "confinements.hpp"
#include "inquiries.hpp"
#include "limiter.hpp"
#include "login_desk.hpp"
#include "peer_facts.hpp"
#include "policy/verification.hpp"
#include "runner/content_filter.hpp"
#include "runner/wake.hpp"
#include "server/reception.hpp"
#include "smtp/replies.hpp"
#include "spool/requests.hpp"
#include "spool/stopped.hpp"
#include "standing.hpp"
#include "startup.hpp"
#include "sys/fd_stream.hpp"
#include "sys/fields_log.hpp"
#include "sys/free_space.hpp"
#include "sys/peer.hpp"
#include "sys/random.hpp"
#include "tls_service.hpp"

namespace postern::tools {

namespace {

using smtp::Reply;

constexpr std::chrono::seconds kTimeToTakeRefusal{5};

/// Says one reply in the place of the greeting (RFC 5321 §3.1).
void turn_away(sys::FdStream& stream, const Reply& reply) {
    (void)stream.write(smtp::to_wire(reply), std::chrono::steady_clock::now() + kTimeToTakeRefusal);
    stream.close_gracefully();
}

/// One session after start_up.
class Connection {
public:
    Connection(Startup& startup, const Options& options, sys::FdStream& stream, Caller caller,
               Limiter& limiter)
        : startup_(startup),
          limiter_(limiter),
          limits_(limiter.limits()),
          config_(startup.config),
          stream_(stream),
          peer_(caller.peer),
          local_user_(caller.local_user),
          first_octets_(std::move(caller.first_octets)),
          peers_(options.peers),
          sandbox_(options.sandbox),
          service_(smtp::rules_of(config_.server.services, options.service)),
          id_(random_session_id(randomness_)),
          log_(*startup.log, log_fields(facts_of(peer_, options, id_), takes_local_clients())),
          standing_(startup, limits_, log_, peer_, facts_of(peer_, options, id_)),
          tls_(*startup.files, config_.tls, stream_, log_),
          inquiries_(config_, log_) {
        limits_.report_to(log_);
    }

    /// Serves, or says why not.
    void run();

private:
    bool takes_local_clients() const;
    std::optional<Reply> reason_to_refuse();
    Status open_and_serve();
    void converse(spool::Door door, runner::Waker& waker);
    Result<std::unique_ptr<sys::Directory>> open_quarantine(const spool::Layout& layout);
    bool is_listed(const std::vector<IpNetwork>& networks) const;
    bool keeps_tls_required() const;
    bool has_what_requiring_tls_takes() const;
    bool speaks_for_many() const;
    void refuse(const Reply& reply);
    wire::Deadlines deadlines() const;
    smtp::SessionFacts session_facts() const;
    bool begin_tls();
    Status leave_request(const spool::Layout& layout, const std::string& domain, runner::Waker& waker);
    smtp::LoginVerdict log_in(const smtp::AskLogin& asked);
    std::optional<smtp::TlsFacts> start_tls(sys::Deadline deadline);
    std::optional<Reply> trouble(const Error& error);

    Startup& startup_;
    Limiter& limiter_;
    policy::Limits& limits_;
    const config::Config& config_;
    sys::FdStream& stream_;
    std::optional<sys::Peer> peer_;
    std::optional<std::uint32_t> local_user_;
    std::string first_octets_;
    Options::Peers peers_;
    sys::Sandbox sandbox_;
    smtp::ServiceRules service_;
    sys::SystemRandomness randomness_;
    std::string id_;
    sys::FieldsLog log_;
    Standing standing_;
    TlsService tls_;
    bool can_require_tls_ = false;
    std::optional<smtp::TlsFacts> tls_facts_ = std::nullopt;  ///< where it is spoken from the beginning
    Inquiries inquiries_;
    std::unique_ptr<LoginDesk> login_desk_;  ///< where the service offers AUTH
};

void Connection::run() {
    if (const auto refusal = reason_to_refuse()) return refuse(*refusal);
    if (const auto served = open_and_serve(); !served) {
        log_.write(Severity::err, "trouble", {{"reason", served.error().what()}});
        turn_away(stream_, smtp::replies::misconfigured);
    }
}

void Connection::refuse(const Reply& reply) {
    log_.write(Severity::notice, "refused", {{"reason", reply.text}});
    limits_.leave();
    turn_away(stream_, reply);
}

/// Clients without an address: with --local whoever it is, else a user of this machine where that is enough.
bool Connection::takes_local_clients() const {
    if (peers_ == Options::Peers::local_too) return true;
    const bool for_users =
        service_.clients == smtp::Clients::by_user || service_.dialect == smtp::Dialect::lmtp;
    return for_users && local_user_.has_value();
}

std::optional<Reply> Connection::reason_to_refuse() {
    if (!peer_ && !takes_local_clients()) return smtp::replies::peer_unknown;
    if (peer_ && service_.clients == smtp::Clients::by_user) return smtp::replies::not_of_this_machine;
    const auto stopped = spool::is_stopped(*startup_.files, config_.directories.state);
    if (!stopped) return trouble(stopped.error());
    if (*stopped) return smtp::replies::stopped;
    return peer_ ? limiter_.admit(peer_->address, speaks_for_many()) : std::nullopt;
}

/// Everything is open before confine(), and nothing that the peer says is read before that but the header of
/// a proxy that is listed: what rights the session has follows from it.
Status Connection::open_and_serve() {
    const spool::Layout layout(config_.directories.spool);
    POSTERN_ASSIGN(const auto received_now,
                   startup_.files->open_directory(layout.now(spool::Lane::received)));
    const bool by_user = service_.clients == smtp::Clients::by_user;
    POSTERN_ASSIGN(const auto refusal, standing_.find_out(by_user ? local_user_ : std::nullopt));
    if (refusal) return refuse(*refusal), done;
    runner::PipeWaker waker(config_.directories.run, config_.runner.runners);
    POSTERN_ASSIGN(const auto quarantine, open_quarantine(layout));
    POSTERN_TRY(inquiries_.start(sandbox_));
    if (service_.auth) login_desk_ = open_login_desk(startup_, randomness_, log_);
    service_.auth = login_desk_ != nullptr;
    tls_.look(service_.tls, startup_.clock->now());
    can_require_tls_ = service_.tls != smtp::Tls::off && has_what_requiring_tls_takes();
    POSTERN_TRY(confine(session_confinement(config_, service_), sandbox_, log_));
    converse({*startup_.files, layout, *received_now, quarantine.get()}, waker);
    return done;
}

/// Null when nothing can go there.
Result<std::unique_ptr<sys::Directory>> Connection::open_quarantine(const spool::Layout& layout) {
    if (config_.server.validation.mode != smtp::ValidationMode::quarantine)
        return std::unique_ptr<sys::Directory>();
    return startup_.files->open_directory(layout.quarantine());
}

/// A content filter would send it back without; and mxrun could not tell whom to believe.
bool Connection::keeps_tls_required() const {
    return can_require_tls_ && !runner::goes_to_filter(config_.runner.filter, {.peer = standing_.facts()});
}

bool Connection::has_what_requiring_tls_takes() const {
    return startup_.files->info(config_.relay.trust_anchor) &&
           startup_.files->info(config_.relay.tls.authorities);
}

void Connection::converse(spool::Door door, runner::Waker& waker) {
    const accounts::FileAccounts accounts(*startup_.files, config_.accounts);
    const accounts::FullMailboxes full_mailboxes(*startup_.files, config_.directories.state);
    const policy::Senders senders(
        accounts, service_, standing_.client(), [this] { return standing_.relaying(); },
        inquiries_.domains());
    const policy::Recipients recipients(
        accounts, config_.policy, [this] { return service_.relays ? standing_.relaying() : false; },
        [&](const accounts::Mailbox& mailbox, std::uint64_t size) {
            return full_mailboxes.have_room(mailbox, size);
        },
        inquiries_.servers(peer_ ? std::optional(peer_->address) : std::nullopt), inquiries_.domains());
    const auto free_space = [&] { return sys::free_space(config_.directories.spool); };
    const policy::Verification verification(
        accounts, recipients, config_.policy, [this] { return standing_.relaying(); },
        [this] { return !standing_.facts().user.empty(); });
    if (service_.tls == smtp::Tls::implicit && !begin_tls()) return stream_.close_gracefully();
    smtp::Session session(session_facts());
    server::Reception reception(
        {door,
         senders,
         recipients,
         free_space,
         *startup_.clock,
         randomness_,
         log_,
         config_.server.hostname,
         [&] { waker.wake(spool::Lane::received); },
         config_.server.reserve,
         service_.repairs,
         config_.server.validation.mode,
         [&](const auto& asked) { return verification.answer(asked); },
         [this](const auto& asked) { return standing_.speak_for(asked); },
         [&](const auto& domain) { return leave_request(door.layout, domain, waker); },
         [&] { return tls_.prepare(startup_.clock->now()); },
         [this](sys::Deadline deadline) { return start_tls(deadline); },
         [this](const auto& asked) { return login_desk_->gatekeeper().find_keys(asked); },
         [this](const auto& asked) { return log_in(asked); },
         &limits_});
    session.receive(first_octets_);
    wire::serve(session, tls_.stream(), reception, deadlines());
    tls_.stream().close(std::chrono::steady_clock::now() + kTimeToTakeRefusal);
    stream_.close_gracefully();
}

/// Those who may relay are known: nobody has to find out what they are like.
wire::Deadlines Connection::deadlines() const {
    const auto& server = config_.server;
    return {.idle = server.command_timeout,
            .session = std::chrono::steady_clock::now() + server.session,
            .content_idle = server.content_idle,
            .minimum_rate = server.minimum_rate,
            .rate_window = server.rate_window,
            .before_greeting = standing_.may_relay() ? std::chrono::milliseconds(0) : server.early_talker};
}

smtp::SessionFacts Connection::session_facts() const {
    const auto& server = config_.server;
    const bool mends = standing_.may_relay() && is_listed(server.bare_newline_from);
    auto peer = standing_.facts();
    if (tls_facts_) peer.tls = smtp::to_string(*tls_facts_);
    return {.hostname = server.hostname,
            .peer = std::move(peer),
            .limits = server.limits,
            .service = service_,
            .holds = standing_.hold_limits(),
            .validation = server.validation,
            .pipelining = server.pipelining,
            .newlines = mends ? smtp::Newlines::mended : smtp::Newlines::strict,
            .speaks_for_others = is_listed(server.xclient_from),
            .asks_for_mail = standing_.may_ask_for_mail(),
            .can_start_tls = tls_.is_available(),
            .keeps_tls_required = keeps_tls_required(),
            .tls = tls_facts_};
}

/// TLS from the first octet on; without it there is nothing to say.
bool Connection::begin_tls() {
    if (const Status prepared = tls_.prepare(startup_.clock->now()); !prepared) {
        log_.write(Severity::err, "tls_failed", {{"reason", prepared.error().what()}});
        return false;
    }
    // What stood behind a proxy's header was not said under TLS; it is where TLS begins.
    tls_facts_ = tls_.start(std::exchange(first_octets_, {}),
                            std::chrono::steady_clock::now() + config_.server.command_timeout);
    return tls_facts_.has_value();
}

bool Connection::is_listed(const std::vector<IpNetwork>& networks) const {
    return peer_ && is_in_any(networks, peer_->address);
}

/// Another mail server of this site, or a proxy: what comes from there is not one client's doing.
bool Connection::speaks_for_many() const {
    return service_.dialect == smtp::Dialect::lmtp || is_listed(config_.server.xclient_from);
}

smtp::LoginVerdict Connection::log_in(const smtp::AskLogin& asked) {
    auto login = login_desk_->gatekeeper().judge(asked);
    if (login.verdict.accepted()) standing_.log_in(login);
    return login;
}

std::optional<smtp::TlsFacts> Connection::start_tls(sys::Deadline deadline) {
    auto facts = tls_.start({}, deadline);
    if (facts) standing_.forget_login();
    return facts;
}

/// mxrun has the queue; a session only asks.
Status Connection::leave_request(const spool::Layout& layout, const std::string& domain,
                                 runner::Waker& waker) {
    POSTERN_TRY(spool::leave_request(*startup_.files, layout, domain));
    waker.wake(spool::Lane::relay);
    return done;
}

std::optional<Reply> Connection::trouble(const Error& error) {
    log_.write(Severity::err, "trouble", {{"reason", error.what()}});
    return smtp::replies::misconfigured;
}

}  // namespace

int serve_connection(const Options& options, int input, int output) {
    sys::FdStream stream(input, output);
    auto startup = start_up(kProgram, options.root, OwnerOf::incoming);
    if (!startup) {
        const int status = report(kProgram, startup.error());
        if (startup.error().fault() == Fault::usage) return status;
        turn_away(stream, smtp::replies::misconfigured);
        return 0;
    }
    Limiter limiter(*startup);
    if (const auto refusal = limiter.enter(input)) return turn_away(stream, *refusal), 0;
    auto caller = find_caller(input, stream, startup->config.server, *startup->log);
    if (caller)
        Connection(*startup, options, stream, *std::move(caller), limiter).run();
    else
        stream.close_gracefully();
    return 0;
}

}  // namespace postern::tools
