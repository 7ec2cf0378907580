// SPDX-License-Identifier: BSD-2-Clause
#include "spool/queue.hpp"

#include <algorithm>
#include <tuple>

#include "spool/spool_file.hpp"

namespace postern::spool {

namespace {

/// A name of either lane, as it stands in hold/ and damaged/ too (there perhaps with ".2" behind it).
std::optional<QueuedFile> read_name(Place place, const std::string& directory, const std::string& name) {
    if (auto relay = RelayName::parse(name); relay && place != Place::received)
        return QueuedFile{place, directory, name, std::move(relay->id), relay->priority, relay->domain};
    const std::size_t dot = place == Place::damaged ? name.find('.') : std::string::npos;
    if (place == Place::relay) return std::nullopt;
    if (auto id = MessageId::parse(name.substr(0, dot)))
        return QueuedFile{place, directory, name, *std::move(id)};
    return std::nullopt;
}

Status append_directory(sys::FileSystem& files, Place place, const std::string& directory,
                        std::optional<Minute> due, std::vector<QueuedFile>& found) {
    const auto names = files.list(directory);
    if (names.failed_with(Fault::not_found)) return done;  // a minute that a runner removed
    if (!names) return names.error();
    for (const std::string& name : *names) {
        auto file = read_name(place, directory, name);
        if (!file) continue;
        file->due = due;
        found.push_back(*std::move(file));
    }
    return done;
}

Status append_lane(sys::FileSystem& files, const Layout& layout, Lane lane, std::vector<QueuedFile>& found) {
    const Place place = lane == Lane::received ? Place::received : Place::relay;
    POSTERN_ASSIGN(const auto directories, files.list(layout.lane(lane)));
    for (const std::string& name : directories)
        if (const auto minute = parse_minute(name))
            POSTERN_TRY(append_directory(files, place, layout.minute(lane, *minute), minute, found));
    return append_directory(files, place, layout.now(lane), std::nullopt, found);
}

void sort(std::vector<QueuedFile>& files) {
    std::sort(files.begin(), files.end(), [](const QueuedFile& a, const QueuedFile& b) {
        return std::tie(a.place, a.due, a.name) < std::tie(b.place, b.due, b.name);
    });
}

Result<QueuedFile> find(const std::vector<QueuedFile>& files, const MessageId& id, const std::string& where) {
    const auto found = std::ranges::find(files, id, &QueuedFile::id);
    if (found == files.end()) return Error(Fault::not_found, "no message " + id.text() + " " + where);
    return *found;
}

}  // namespace

std::string_view to_string(Place place) {
    switch (place) {
        case Place::received: return "received";
        case Place::relay: return "relay";
        case Place::hold: return "hold";
        case Place::quarantine: return "quarantine";
        case Place::damaged: return "damaged";
    }
    return "";
}

Result<std::vector<QueuedFile>> list_all(sys::FileSystem& files, const Layout& layout) {
    std::vector<QueuedFile> found;
    POSTERN_TRY(append_lane(files, layout, Lane::received, found));
    POSTERN_TRY(append_lane(files, layout, Lane::relay, found));
    POSTERN_TRY(append_directory(files, Place::hold, layout.hold(), std::nullopt, found));
    POSTERN_TRY(append_directory(files, Place::damaged, layout.damaged(), std::nullopt, found));
    sort(found);
    return found;
}

Result<std::vector<QueuedFile>> list_quarantine(sys::FileSystem& files, const Layout& layout) {
    std::vector<QueuedFile> found;
    POSTERN_TRY(append_directory(files, Place::quarantine, layout.quarantine(), std::nullopt, found));
    sort(found);
    return found;
}

Result<QueuedFile> find_by_id(sys::FileSystem& files, const Layout& layout, const MessageId& id) {
    POSTERN_ASSIGN(const auto all, list_all(files, layout));
    return find(all, id, "in the spool");
}

Result<QueuedFile> find_in_quarantine(sys::FileSystem& files, const Layout& layout, const MessageId& id) {
    POSTERN_ASSIGN(const auto all, list_quarantine(files, layout));
    return find(all, id, "in quarantine");
}

Result<MessageStory> read_message(sys::FileSystem& files, const std::string& path) {
    POSTERN_ASSIGN(const auto file, files.open(path, sys::Access::read));
    POSTERN_ASSIGN(auto read, read_spool_file(*file));
    if (const auto* damage = std::get_if<Damage>(&read))
        return Error(Fault::permanent, path + ": " + damage->what);
    SpoolFile& told = std::get<SpoolFile>(read);
    History history(told.head.envelope);
    for (const Record& record : told.log) history.apply(record);
    return MessageStory{std::move(told.head.id), std::move(told.head.parent), std::move(told.head.envelope),
                        std::move(history),      std::move(told.log),         told.content_offset,
                        told.content_size};
}

}  // namespace postern::spool
