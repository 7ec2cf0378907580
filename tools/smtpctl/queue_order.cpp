// SPDX-License-Identifier: BSD-2-Clause
#include "queue_order.hpp"

#include "administrator.hpp"
#include "sys/log_file.hpp"
#include "wake_runners.hpp"

namespace postern::smtpctl {

namespace {

constexpr std::chrono::seconds kPatience{2};  // for a runner that has claimed the message

std::string_view event_of(spool::Order order) {
    switch (order) {
        case spool::Order::retry: return "retried";
        case spool::Order::hold: return "held";
        case spool::Order::release: return "released";
        case spool::Order::remove: return "removed";
        case spool::Order::give_back: return "returned";
    }
    return "";
}

/// Gives one order to message after message.
class OrderGiver {
public:
    OrderGiver(Toolbox& tools, const config::Config& config, Shelf shelf, spool::Ordered ordered)
        : tools_(tools), layout_(config.directories.spool), shelf_(shelf), ordered_(std::move(ordered)) {
        auto log = sys::open_log(config.log, "smtpctl", tools.clock);
        if (log) log_ = *std::move(log);
    }

    void give_to(const std::string& text) {
        if (const auto id = spool::MessageId::parse(text))
            note(give_to(*id, {}));
        else
            note({status::bad_value, "'" + printable(text) + "' is no message id: 26 letters and digits"});
    }

    void give_to_all(const Selection& selection) {
        const auto queued = select(tools_, layout_, selection);
        if (!queued) return note(queued.error());
        for (const spool::QueuedFile& file : *queued)
            if (Ending ending = give_to(file.id, file.path()); ending.status != status::no_such_id)
                note(std::move(ending));
    }

    Ending ending() const {
        if (troubles_ < 2) return first_;
        const std::size_t more = troubles_ - 1;
        return {first_.status, first_.what + " (and trouble with " + std::to_string(more) + " more)"};
    }

private:
    Ending give_to(const spool::MessageId& id, const std::string& seen_at) {
        const auto obeyed =
            shelf_ == Shelf::queue
                ? spool::carry_out(tools_.files, layout_, id, ordered_, kPatience, seen_at)
                : spool::carry_out_in_quarantine(tools_.files, layout_, id, ordered_, kPatience);
        if (obeyed.failed_with(Fault::not_found))
            return {status::no_such_id, "no message has the id " + id.text()};
        if (!obeyed) return obeyed.error();
        if (log_ && *obeyed == spool::Obeyed::now)
            log_->write(Severity::notice, event_of(ordered_.order),
                        {{"id", id.text()}, {"by", ordered_.by}, {"reason", ordered_.reason}});
        return done;
    }

    void note(Ending ending) {
        if (ending.status == 0) return;
        if (troubles_++ == 0) first_ = std::move(ending);
    }

    Toolbox& tools_;
    spool::Layout layout_;
    Shelf shelf_;
    spool::Ordered ordered_;
    std::unique_ptr<Log> log_;
    Ending first_ = done;
    std::size_t troubles_ = 0;
};

}  // namespace

Ending order_each(Toolbox& tools, const Selection& selection, spool::Order order, const std::string& reason) {
    if (Ending wrong = check_usage(selection); wrong.status != 0) return wrong;
    const std::string by = administrator();
    POSTERN_ASSIGN(const config::Config config, tools.config());
    OrderGiver giver(tools, config, selection.shelf, {order, tools.clock.now(), by, reason});
    for (const std::string& id : selection.ids) giver.give_to(id);
    if (!selection.is_by_id()) giver.give_to_all(selection);
    wake_runners(tools.files, config);
    return giver.ending();
}

}  // namespace postern::smtpctl
