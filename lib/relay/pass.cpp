// SPDX-License-Identifier: BSD-2-Clause
#include "relay/pass.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "relay/courier.hpp"
#include "relay/crew.hpp"
#include "relay/destinations.hpp"
#include "relay/run_task.hpp"

namespace postern::relay {

namespace {

// Fewer messages for a domain go over one conversation.
constexpr std::size_t kFilesAConversation = 10;
/// After so long, a conversation is left to the mail of another domain that waits for it.
constexpr std::chrono::seconds kTurn{5};
/// A conversation that nobody takes up is kept for once or twice so long.
constexpr std::chrono::seconds kKeep{5};

class Pass {
public:
    Pass(boost::asio::any_io_executor executor, const Parts& parts, const Options& options,
         const std::function<bool()>& told_to_stop, const Selection& selection)
        : parts_(parts),
          options_(options),
          selection_(selection),
          told_to_stop_(told_to_stop),
          router_(parts.resolver, parts.randomness, options),
          routes_(router_, parts.errands, told_to_stop),
          crew_(executor),
          switchboard_(options, hosts_, crew_),
          exchange_{parts.transport, hosts_, switchboard_, options, parts.tools.log},
          courier_(parts, options, selection, routes_, hosts_),
          tidying_(executor),
          tidy_timer_(executor) {}

    Task<Status> run();

private:
    Task<Status> serve_all();
    Task<void> tidy();
    Task<void> serve(Destination& destination);
    Task<void> work_off(Destination& destination, const std::vector<NextHop>& hops);
    Task<void> serve_shelved();
    /// Where the mail of a destination will go, for all that its name tells. When that is wrong it goes where
    /// it should all the same, but whoever carries it waits for a place there with a seat taken.
    std::optional<Goal> probable_goal(const Destination& destination) const;
    Task<std::vector<NextHop>> probable_hops(const Destination& destination);
    std::size_t most_workers(const Destination& destination) const;
    Task<void> carry(const spool::DueFile& file, runner::Turn turn, Connector& connector);
    /// Trouble with one message stops no other; the first is what the pass ends with.
    void note(const Status& status, const std::string& step);

    Parts parts_;
    const Options& options_;
    const Selection& selection_;
    const std::function<bool()>& told_to_stop_;
    Router router_;
    Routes routes_;
    HostStatus hosts_;
    Crew crew_;
    Switchboard switchboard_;
    Exchange exchange_;
    Courier courier_;
    Crew tidying_;
    boost::asio::steady_timer tidy_timer_;
    bool is_over_ = false;
    Status trouble_ = done;
};

Task<Status> Pass::run() {
    tidying_.start(tidy());
    auto served = co_await serve_all();
    switchboard_.hang_up_all();
    co_await crew_.all_done();
    is_over_ = true;
    tidy_timer_.cancel();
    co_await tidying_.all_done();
    co_return served;
}

Task<void> Pass::tidy() {
    while (!is_over_) {
        tidy_timer_.expires_after(kKeep);
        co_await tidy_timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
        switchboard_.hang_up_unused();
    }
}

Task<Status> Pass::serve_all() {
    note(parts_.worker.sweep(), "sweep");
    auto due = list_selected(parts_.tools.files, parts_.tools.layout, selection_, parts_.tools.clock.now());
    if (!due) co_return due.error();
    auto destinations = by_destination(*std::move(due));
    for (auto& destination : destinations) crew_.start(serve(destination));
    co_await crew_.all_done();
    co_await serve_shelved();
    co_return trouble_;
}

/// Alone: what goes wrong with one of them takes nothing else along.
Task<void> Pass::serve_shelved() {
    const auto shelved = parts_.worker.shelved();
    for (const auto& file : shelved) {
        switchboard_.hang_up_all();
        co_await crew_.all_done();
        Connector connector(exchange_);
        if (!told_to_stop_()) co_await carry(file, runner::Turn::last, connector);
    }
}

Task<void> Pass::serve(Destination& destination) {
    const auto hops = co_await probable_hops(destination);
    Crew others(co_await boost::asio::this_coro::executor);
    for (auto i = most_workers(destination); i > 1; --i) others.start(work_off(destination, hops));
    co_await work_off(destination, hops);
    co_await others.all_done();
}

std::optional<Goal> Pass::probable_goal(const Destination& destination) const {
    if (const auto& filter = parts_.worker.filter(); filter && destination.is_for_filter())
        return ToServer{filter->host, filter->port};
    const auto somebody = destination.somebody();
    if (!somebody) return std::nullopt;
    const auto way = accounts::way_of(parts_.accounts, *somebody);
    if (!way || std::holds_alternative<accounts::Local>(*way)) return std::nullopt;
    return goal_of(*somebody, *way, 0, options_);
}

Task<std::vector<NextHop>> Pass::probable_hops(const Destination& destination) {
    const auto goal = probable_goal(destination);
    if (!goal) co_return std::vector<NextHop>{};
    const auto* route = co_await routes_.to(*goal, TlsPolicy::opportunistic);
    const auto* hops = route != nullptr ? std::get_if<std::vector<NextHop>>(route) : nullptr;
    co_return hops != nullptr ? *hops : std::vector<NextHop>{};
}

/// Messages for several domains wait for hosts with a seat taken, so they never get all of them.
std::size_t Pass::most_workers(const Destination& destination) const {
    const auto wanted = (destination.files.size() + kFilesAConversation - 1) / kFilesAConversation;
    const auto most = destination.has_several_domains() ? (options_.concurrency + 1) / 2 : options_.per_host;
    return std::min<std::size_t>(wanted, most);
}

Task<void> Pass::work_off(Destination& destination, const std::vector<NextHop>& hops) {
    Connector connector(exchange_);
    auto turn_began = parts_.tools.clock.now();
    while (!told_to_stop_() && !destination.files.empty()) {  // asked after every message
        co_await connector.line_up(hops);
        if (destination.files.empty() || told_to_stop_()) break;
        const auto file = std::move(destination.files.front());
        destination.files.pop_front();
        co_await carry(file, runner::Turn::first, connector);
        co_await breathe();
        if (parts_.tools.clock.now() - turn_began < kTurn) continue;
        turn_began = parts_.tools.clock.now();
        if (switchboard_.is_crowded()) connector.let_go();
    }
}

Task<void> Pass::carry(const spool::DueFile& file, runner::Turn turn, Connector& connector) {
    auto message = parts_.worker.take_up(file, turn, selection_.schedule());
    if (!message) {
        note(message.error(), file.path());
    } else if (*message) {
        const auto status = co_await courier_.carry(*std::move(*message), connector);
        note(status, file.path());
    }
}

void Pass::note(const Status& status, const std::string& step) {
    if (status) return;
    parts_.tools.log.write(Severity::err, "trouble", {{"step", step}, {"reason", status.error().what()}});
    if (trouble_) trouble_ = status;
}

Task<Status> make_pass(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop,
                       const Selection& selection) {
    Pass pass(co_await boost::asio::this_coro::executor, parts, options, told_to_stop, selection);
    co_return co_await pass.run();
}

}  // namespace

Status run_pass(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop,
                const Selection& selection) {
    auto served = run_task(make_pass(parts, options, told_to_stop, selection));
    auto synced = parts.worker.sync_removals();
    return served ? std::move(synced) : std::move(served);
}

}  // namespace postern::relay
