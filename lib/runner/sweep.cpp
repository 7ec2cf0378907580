// SPDX-License-Identifier: BSD-2-Clause
#include "runner/sweep.hpp"

#include <algorithm>

#include "runner/children.hpp"
#include "spool/queue.hpp"
#include "spool/spool_file.hpp"

namespace postern::runner {

namespace {

/// Removes what nobody holds, whatever stands in it: no 250 was said for it.
Status remove_unlocked(sys::FileSystem& files, const std::string& path) {
    POSTERN_ASSIGN(const auto locked, spool::lock_file(files, path));
    return std::holds_alternative<spool::LockedFile>(locked) ? files.unlink(path) : Status(done);
}

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
Status judge_finished(const Tools& tools, const spool::SpoolFile& child, const std::string& path) {
    const spool::Head& head = child.head;
    if (!head.parent) return done;  // nothing of ours
    POSTERN_ASSIGN(const auto parent, find_parent(tools, *head.parent));
    if (!parent) return file_staged(tools, head.id, head.lane);
    POSTERN_ASSIGN(const auto claimed, spool::Message::claim(tools.files, *parent));
    if (const auto* why = std::get_if<spool::NotClaimed>(&claimed)) {
        const bool is_damaged = why->why == spool::NotClaimed::Why::damaged;  // then it will name nobody
        return is_damaged ? file_staged(tools, head.id, head.lane) : Status(done);
    }
    if (names(std::get<spool::Message>(claimed), head.id)) return file_staged(tools, head.id, head.lane);
    return remove_unlocked(tools.files, path);
}

Status judge_staged(const Tools& tools, const std::string& path) {
    auto file = tools.files.open(path, sys::Access::read);
    if (file.failed_with(Fault::not_found)) return done;
    if (!file) return file.error();
    POSTERN_ASSIGN(const auto told, spool::read_spool_file(**file));
    if (const auto* child = std::get_if<spool::SpoolFile>(&told)) return judge_finished(tools, *child, path);
    if (std::get<spool::Damage>(told).kind == spool::Damage::Kind::unfinished)
        return remove_unlocked(tools.files, path);  // so nobody has named it
    POSTERN_ASSIGN(const bool is_moved, spool::put_aside(tools.files, path, tools.layout.damaged()));
    if (is_moved) tools.log.write(Severity::err, "damaged", {{"path", path}});
    return done;
}

/// One file in trouble does not keep the others from being swept.
Status sweep_directory(const Tools& tools, const std::string& directory, auto&& sweep_file) {
    POSTERN_ASSIGN(const auto names, tools.files.list(directory));
    for (const std::string& name : names) {
        if (!spool::MessageId::parse(name)) continue;
        if (const Status swept = sweep_file(directory + "/" + name); !swept)
            tools.log.write(Severity::err, "not_swept", {{"reason", swept.error().what()}});
    }
    return done;
}

}  // namespace

Status sweep(Tools tools) {
    POSTERN_TRY(sweep_directory(tools, tools.layout.incoming(),
                                [&](const std::string& path) { return remove_unlocked(tools.files, path); }));
    return sweep_directory(tools, tools.layout.staged(),
                           [&](const std::string& path) { return judge_staged(tools, path); });
}

}  // namespace postern::runner
