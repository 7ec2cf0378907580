// SPDX-License-Identifier: BSD-2-Clause
#include "kick.hpp"

#include <chrono>

#include "caller.hpp"
#include "confinements.hpp"
#include "limiter.hpp"
#include "runner/wake.hpp"
#include "server/kick_hosts.hpp"
#include "smtp/replies.hpp"
#include "spool/requests.hpp"
#include "spool/stopped.hpp"
#include "startup.hpp"
#include "sys/fd_stream.hpp"
#include "sys/fields_log.hpp"
#include "sys/peer.hpp"

namespace postern::tools {

namespace {

using smtp::Reply;

constexpr std::chrono::seconds kTimeToTakeReply{5};

std::string text_of(const std::vector<std::string>& releases) {
    std::string text;
    for (const auto& release : releases) text += (text.empty() ? "" : " ") + release;
    return text;
}

class Kick {
public:
    Kick(Startup& startup, const std::optional<sys::Peer>& peer, Limiter& limiter, sys::Sandbox sandbox)
        : startup_(startup),
          limiter_(limiter),
          peer_(peer),
          sandbox_(sandbox),
          log_(*startup.log, {{"peer", peer ? peer->address.to_string() : "unknown"}}) {}

    Reply answer() {
        const auto stopped = spool::is_stopped(*startup_.files, startup_.config.directories.state);
        if (!stopped) return trouble(stopped.error());
        if (*stopped) return refuse(smtp::replies::stopped);
        if (const auto limited = peer_ ? limiter_.admit(peer_->address, false) : std::nullopt)
            return refuse(*limited);
        const auto releases = releases_of_peer();
        if (releases.empty()) return refuse(smtp::replies::no_kicks_from_there);
        runner::PipeWaker waker(startup_.config.directories.run, startup_.config.runner.runners);
        const auto confinement = kick_confinement(startup_.config);
        if (const Status confined = confine(confinement, sandbox_, log_); !confined)
            return trouble(confined.error());
        if (const Status left = leave(releases); !left) return trouble(left.error());
        waker.wake(spool::Lane::relay);
        log_.write(Severity::info, "kicked", {{"domains", text_of(releases)}});
        return smtp::replies::mail_released;
    }

private:
    std::vector<std::string> releases_of_peer() const {
        if (!peer_) return {};
        return server::releases_of(startup_.config.server.kick_hosts, peer_->address);
    }

    Status leave(const std::vector<std::string>& releases) {
        const spool::Layout layout(startup_.config.directories.spool);
        for (const auto& release : releases)
            POSTERN_TRY(spool::leave_request(*startup_.files, layout, release));
        return done;
    }

    Reply refuse(const Reply& reply) {
        log_.write(Severity::notice, "refused", {{"reason", "kick: " + reply.text}});
        return reply;
    }

    Reply trouble(const Error& error) {
        log_.write(Severity::err, "trouble", {{"reason", error.what()}});
        return smtp::reply_for(error);
    }

    Startup& startup_;
    Limiter& limiter_;
    std::optional<sys::Peer> peer_;
    sys::Sandbox sandbox_;
    sys::FieldsLog log_;
};

int say_last(sys::FdStream& stream, const Reply& reply) {
    (void)stream.write(smtp::to_wire(reply), std::chrono::steady_clock::now() + kTimeToTakeReply);
    stream.close_gracefully();
    return 0;
}

}  // namespace

int serve_kick(const Options& options, int input, int output) {
    sys::FdStream stream(input, output);
    auto startup = start_up(kProgram, options.root, OwnerOf::incoming);
    Reply reply = smtp::replies::misconfigured;
    if (startup) {
        Limiter limiter(*startup);
        if (const auto refusal = limiter.enter(input)) return say_last(stream, *refusal);
        const auto caller = find_caller(input, stream, startup->config.server, *startup->log);
        if (!caller) return stream.close_gracefully(), 0;
        reply = Kick(*startup, caller->peer, limiter, options.sandbox).answer();
    } else {
        const int status = report(kProgram, startup.error());
        if (startup.error().fault() == Fault::usage) return status;
    }
    return say_last(stream, reply);
}

}  // namespace postern::tools
