// SPDX-License-Identifier: BSD-2-Clause
// Who may talk to which host. A pass has `relay.concurrency` seats: whoever carries a message has one, and
// each conversation that is kept for the next message takes one up. A host has `relay.per_host` places, but
// a single one until it has greeted us: while one finds out whether it is there, the others wait for what
// he learns, with no message in hand.
//
// Seat and place are given together, so nobody keeps a place at a host while he waits for a seat. Hence
// those who have a seat and wait for a place (a message for several domains; a better host that is down)
// always come to it.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>

#include "relay/bell.hpp"
#include "relay/conversation.hpp"
#include "relay/crew.hpp"
#include "relay/host_status.hpp"
#include "relay/options.hpp"

namespace postern::relay {

class Switchboard {
    struct Host;

public:
    Switchboard(const Options& options, const HostStatus& status, Crew& crew)
        : options_(options), status_(status), crew_(crew) {}

    /// What somebody who carries messages holds; to be left at the end.
    class Ticket {
    public:
        /// With the host where the place is; nothing before it was called.
        std::unique_ptr<Conversation> conversation;

    private:
        friend class Switchboard;
        bool has_seat_ = false;
        Host* host_ = nullptr;
    };

    /// Waits for a seat.
    Task<void> take_seat(Ticket& ticket);
    /// Waits for a place at the host, and for a seat; a place at another host is given up first. A
    /// conversation that somebody has kept comes with it. False when the host is down by then.
    Task<bool> take_place(Ticket& ticket, const NextHop& hop);
    /// Gives everything back; an open conversation is kept for the next one who goes there.
    void leave(Ticket& ticket);

    /// Somebody has learned something about a host.
    void hosts_changed() { serve(); }
    /// Does anybody wait for what those who sit hold?
    bool is_crowded() const { return waiting_ > 0; }
    /// Ends the kept conversations that were there at the last call already.
    void hang_up_unused();
    void hang_up_all();

private:
    struct Waiter {
        Ticket& ticket;
        const NextHop* hop;  ///< null: only a seat is wanted
        enum class State { waiting, let_in, turned_away } state = State::waiting;
        Bell bell = {};
    };
    struct Host {
        unsigned busy = 0;     ///< places taken
        unsigned kept = 0;     ///< conversations that nobody has in hand
        unsigned closing = 0;  ///< conversations that say QUIT
        std::list<Waiter*> waiting = {};
    };
    struct Kept {
        Host* host;
        std::unique_ptr<Conversation> conversation;
        bool is_old = false;
    };
    using KeptList = std::list<Kept>;

    Task<bool> wait_at(Host& host, Ticket& ticket, const NextHop* hop);
    Task<void> leave_host(Ticket& ticket);
    void serve();
    void serve_each_in_turn();
    bool serve_one(Host& host);
    bool has_place(const Host& host, const Waiter& waiter);
    bool has_seat(const Waiter& waiter);
    void let_in(Host& host, Waiter& waiter);

    unsigned in_use() const { return taken_ + static_cast<unsigned>(kept_.size()) + closing_; }
    KeptList::iterator kept_for(const Waiter& waiter);
    KeptList::iterator kept_at(const Host& host);
    void keep(Host& host, std::unique_ptr<Conversation> conversation);
    std::unique_ptr<Conversation> take(KeptList::iterator kept);
    void dismiss(KeptList::iterator kept);
    Task<void> see_off(Host& host, std::unique_ptr<Conversation> conversation);

    const Options& options_;
    const HostStatus& status_;
    Crew& crew_;
    std::map<Endpoint, Host> hosts_;
    Host nowhere_;             ///< where those wait who want only a seat
    std::list<Host*> queues_;  ///< hosts where somebody waits, in the order of their turns
    KeptList kept_;            ///< the oldest first
    unsigned taken_ = 0;       ///< seats that a ticket holds
    unsigned closing_ = 0;     ///< and those that a QUIT takes up
    unsigned waiting_ = 0;     ///< waiters, and those of them who have a seat
    unsigned waiting_seated_ = 0;
    bool is_serving_ = false;
    bool serve_again_ = false;
};

}  // namespace postern::relay
