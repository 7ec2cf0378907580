// SPDX-License-Identifier: BSD-2-Clause
#include "runner/sweep.hpp"

#include <algorithm>

#include "spool/queue.hpp"
#include "spool/queue_orders.hpp"
#include "spool/spool_file.hpp"

namespace postern::runner {

namespace {

bool names(const spool::Message& parent, const spool::MessageId& child) {
    const auto& children = parent.history().children();
    return std::any_of(children.begin(), children.end(),
                       [&](const spool::Child& named) { return named.id == child; });
}

/// Where the parent is. Looked for twice: a runner may move it from a directory that is to be listed yet
/// into one that has been listed.
Result<std::optional<std::string>> find_parent(const Tools& tools, const spool::MessageId& id) {
    for (int i = 0; i < 2; ++i) {
        const auto found = spool::find_by_id(tools.files, tools.layout, id);
        if (found) return std::optional(found->path());
        if (!found.failed_with(Fault::not_found)) return found.error();
    }
    return std::optional<std::string>();
}

/// Files or unlinks a child that was finished. What the parent says of it counts only while the parent is
/// claimed: another runner may be just about to name it.
Status judge_finished(const Tools& tools, const std::string& path, const spool::Head& head) {
    if (!head.parent) return done;  // nothing of ours
    POSTERN_ASSIGN(const auto parent, find_parent(tools, *head.parent));
    if (!parent) return file_locked(tools, path, head);
    POSTERN_ASSIGN(const auto claimed, spool::Message::claim(tools.files, *parent));
    if (const auto* why = std::get_if<spool::NotClaimed>(&claimed)) {
        const bool is_damaged = why->why == spool::NotClaimed::Why::damaged;  // then it will name nobody
        return is_damaged ? file_locked(tools, path, head) : Status(done);
    }
    const bool is_named = names(std::get<spool::Message>(claimed), head.id);
    return is_named ? file_locked(tools, path, head) : tools.files.unlink(path);
}

/// What nobody holds goes, whatever stands in it: no 250 was said for it.
Result<Found> sweep_incoming(const Tools& tools, const std::string& path, const sys::File&) {
    POSTERN_TRY(tools.files.unlink(path));
    return Found::nothing;
}

Result<Found> sweep_staged(const Tools& tools, const std::string& path, const sys::File& file) {
    POSTERN_ASSIGN(const auto told, spool::read_spool_file(file));
    if (const auto* child = std::get_if<spool::SpoolFile>(&told)) {
        POSTERN_TRY(judge_finished(tools, path, child->head));
        return Found::nothing;
    }
    const auto& damage = std::get<spool::Damage>(told);
    if (damage.kind == spool::Damage::Kind::unfinished) {  // so nobody has named it
        POSTERN_TRY(tools.files.unlink(path));
        return Found::nothing;
    }
    POSTERN_TRY(put_into_damaged(tools, path, damage.what));
    return Found::trouble;
}

/// One file in trouble does not keep the others from being swept.
template <class SweepFile>
Result<Found> sweep_directory(const Tools& tools, const std::string& directory, SweepFile sweep_file) {
    POSTERN_ASSIGN(const auto listed, tools.files.list(directory));
    auto found = Found::nothing;
    for (const std::string& name : listed) {
        if (!spool::MessageId::parse(name)) continue;
        const std::string path = directory + "/" + name;
        const auto locked = spool::lock_file(tools.files, path);
        const auto* file = locked ? std::get_if<spool::LockedFile>(&*locked) : nullptr;
        if (locked && file == nullptr) continue;
        const Result<Found> swept = file ? sweep_file(tools, path, **file) : Result<Found>(locked.error());
        if (!swept) tools.log.write(Severity::err, "not_swept", {{"reason", swept.error().what()}});
        if (swept && *swept == Found::trouble) found = Found::trouble;
    }
    return found;
}

/// Was an order synced, and the step that must follow was not taken?
bool is_ordered_out(const sys::File& file) {
    const auto told = spool::read_spool_file(file, spool::Sum::unchecked);
    if (!told || !std::holds_alternative<spool::SpoolFile>(*told)) return false;
    const auto& log = std::get<spool::SpoolFile>(*told).log;
    return !log.empty() && (std::holds_alternative<spool::Retried>(log.back().event) ||
                            std::holds_alternative<spool::Released>(log.back().event) ||
                            std::holds_alternative<spool::Removed>(log.back().event));
}

Status let_out(const Tools& tools, const std::string& path) {
    const auto file = tools.files.open(path, sys::Access::read);
    if (!file || !is_ordered_out(**file)) return done;  // looked at without a lock: claimed below
    POSTERN_ASSIGN(auto claimed, spool::Message::claim(tools.files, path));
    auto* message = std::get_if<spool::Message>(&claimed);
    if (message == nullptr) return done;
    if (message->history().is_removed()) return message->remove();
    return message->history().is_held() ? Status(done) : move_into_lane(tools.layout, *message);
}

/// Reading what was parked because it kills its readers must not kill this one again and again.
Status sweep_hold(const Tools& tools, Suspects& suspects) {
    POSTERN_ASSIGN(const auto listed, tools.files.list(tools.layout.hold()));
    for (const std::string& name : listed) {
        const auto relay = spool::RelayName::parse(name);
        const auto id = relay ? relay->id : spool::MessageId::parse(name);
        if (!id || suspects.deaths(*id) > 0) continue;
        suspects.note(*id);
        const Status let = let_out(tools, tools.layout.hold() + "/" + name);
        suspects.forget();
        if (!let) tools.log.write(Severity::err, "not_swept", {{"reason", let.error().what()}});
    }
    return done;
}

}  // namespace

Result<Found> sweep(const Tools& tools, Suspects& suspects) {
    POSTERN_TRY(sweep_directory(tools, tools.layout.incoming(), sweep_incoming));
    POSTERN_TRY(sweep_hold(tools, suspects));
    return sweep_directory(tools, tools.layout.staged(), sweep_staged);
}

}  // namespace postern::runner
