// SPDX-License-Identifier: BSD-2-Clause
#include "relay/switchboard.hpp"

#include <algorithm>
#include <utility>

namespace postern::relay {

Task<void> Switchboard::take_seat(Ticket& ticket) {
    if (!ticket.has_seat_) co_await wait_at(nowhere_, ticket, nullptr);
}

Task<bool> Switchboard::take_place(Ticket& ticket, const NextHop& hop) {
    auto& host = hosts_[hop.endpoint()];
    const bool is_there =
        ticket.host_ == &host && (!ticket.conversation || ticket.conversation->hop() == hop);
    if (is_there) co_return !status_.is_down(hop);
    co_await leave_host(ticket);
    co_return co_await wait_at(host, ticket, &hop);
}

Task<bool> Switchboard::wait_at(Host& host, Ticket& ticket, const NextHop* hop) {
    Waiter waiter{ticket, hop};
    if (host.waiting.empty()) queues_.push_back(&host);
    // Those with a seat first: they have a message in hand.
    auto place = host.waiting.end();
    if (ticket.has_seat_)
        place =
            std::ranges::find_if(host.waiting, [](const auto* other) { return !other->ticket.has_seat_; });
    host.waiting.insert(place, &waiter);
    ++waiting_;
    if (ticket.has_seat_) ++waiting_seated_;
    serve();
    while (waiter.state == Waiter::State::waiting) co_await waiter.bell.wait();
    co_return waiter.state == Waiter::State::let_in;
}

/// The seat stays, for the next host; what is kept here needs one of its own.
Task<void> Switchboard::leave_host(Ticket& ticket) {
    auto conversation = std::move(ticket.conversation);
    if (ticket.host_ == nullptr) co_return;
    auto& host = *std::exchange(ticket.host_, nullptr);
    if (conversation && conversation->is_open() && in_use() >= options_.concurrency)
        co_await conversation->quit();
    --host.busy;
    if (conversation && conversation->is_open()) keep(host, std::move(conversation));
    serve();
}

void Switchboard::leave(Ticket& ticket) {
    auto conversation = std::move(ticket.conversation);
    if (auto* host = std::exchange(ticket.host_, nullptr)) {
        --host->busy;
        if (conversation && conversation->is_open()) keep(*host, std::move(conversation));
    }
    if (std::exchange(ticket.has_seat_, false)) --taken_;
    serve();
}

/// It may be called while it is at work, by those whom it wakes or sends away.
void Switchboard::serve() {
    serve_again_ = true;
    if (std::exchange(is_serving_, true)) return;
    while (std::exchange(serve_again_, false)) serve_each_in_turn();
    is_serving_ = false;
}

void Switchboard::serve_each_in_turn() {
    for (std::size_t in_vain = 0; in_vain < queues_.size();) {
        if (in_use() >= options_.concurrency && kept_.empty() && waiting_seated_ == 0) return;
        auto& host = *queues_.front();
        in_vain = serve_one(host) ? 0 : in_vain + 1;
        queues_.pop_front();
        if (!host.waiting.empty()) queues_.push_back(&host);
    }
}

/// Has somebody who waits there been helped on?
bool Switchboard::serve_one(Host& host) {
    auto& waiter = *host.waiting.front();
    const bool is_down = waiter.hop != nullptr && status_.is_down(*waiter.hop);
    if (!is_down && !(has_place(host, waiter) && has_seat(waiter))) return false;
    host.waiting.pop_front();
    --waiting_;
    if (waiter.ticket.has_seat_) --waiting_seated_;
    if (is_down)
        waiter.state = Waiter::State::turned_away;
    else
        let_in(host, waiter);
    waiter.bell.ring();
    return true;
}

void Switchboard::let_in(Host& host, Waiter& waiter) {
    if (const auto kept = kept_for(waiter); kept != kept_.end()) waiter.ticket.conversation = take(kept);
    if (!std::exchange(waiter.ticket.has_seat_, true)) ++taken_;
    if (waiter.hop != nullptr) {
        ++host.busy;
        waiter.ticket.host_ = &host;
    }
    waiter.state = Waiter::State::let_in;
}

bool Switchboard::has_place(const Host& host, const Waiter& waiter) {
    if (waiter.hop == nullptr || kept_for(waiter) != kept_.end()) return true;
    const auto limit = status_.is_up(waiter.hop->endpoint()) ? options_.per_host : 1U;
    if (host.busy + host.kept + host.closing < limit) return true;
    if (host.kept > host.closing) dismiss(kept_at(host));  // those of other names, to make room
    return false;
}

bool Switchboard::has_seat(const Waiter& waiter) {
    if (waiter.ticket.has_seat_ || kept_for(waiter) != kept_.end()) return true;
    if (in_use() < options_.concurrency) return true;
    if (!kept_.empty() && closing_ < waiting_) dismiss(kept_.begin());
    return false;
}

Switchboard::KeptList::iterator Switchboard::kept_for(const Waiter& waiter) {
    if (waiter.hop == nullptr) return kept_.end();
    return std::ranges::find_if(kept_,
                                [&](const Kept& kept) { return kept.conversation->hop() == *waiter.hop; });
}

Switchboard::KeptList::iterator Switchboard::kept_at(const Host& host) {
    return std::ranges::find(kept_, &host, &Kept::host);
}

void Switchboard::keep(Host& host, std::unique_ptr<Conversation> conversation) {
    ++host.kept;
    kept_.push_back({&host, std::move(conversation)});
}

std::unique_ptr<Conversation> Switchboard::take(KeptList::iterator kept) {
    auto conversation = std::move(kept->conversation);
    --kept->host->kept;
    kept_.erase(kept);
    return conversation;
}

void Switchboard::dismiss(KeptList::iterator kept) {
    auto& host = *kept->host;
    ++host.closing;
    ++closing_;
    crew_.start(see_off(host, take(kept)));
}

Task<void> Switchboard::see_off(Host& host, std::unique_ptr<Conversation> conversation) {
    co_await conversation->quit();
    conversation.reset();
    --host.closing;
    --closing_;
    serve();
}

void Switchboard::hang_up_unused() {
    for (auto kept = kept_.begin(); kept != kept_.end();) {
        const auto here = kept++;
        if (std::exchange(here->is_old, true)) dismiss(here);
    }
}

void Switchboard::hang_up_all() {
    while (!kept_.empty()) dismiss(kept_.begin());
}

}  // namespace postern::relay
