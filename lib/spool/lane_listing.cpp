// SPDX-License-Identifier: BSD-2-Clause
#include "spool/lane_listing.hpp"

#include <algorithm>
#include <tuple>

namespace postern::spool {

namespace {

Status append_legal(sys::FileSystem& files, Lane lane, const std::string& directory,
                    std::vector<DueFile>& due) {
    const auto names = files.list(directory);
    if (names.failed_with(Fault::not_found)) return done;  // a minute that another runner removed
    if (!names) return names.error();
    for (const std::string& name : *names)
        if (id_in_name(lane, name)) due.push_back({directory, name});
    return done;
}

/// Lists a minute's files; an empty one goes. That it is still empty is the kernel's to say.
Status append_minute(sys::FileSystem& files, Lane lane, const std::string& directory,
                     std::vector<DueFile>& due) {
    const std::size_t before = due.size();
    POSTERN_TRY(append_legal(files, lane, directory, due));
    if (due.size() == before) (void)files.remove_directory(directory);
    return done;
}

}  // namespace

Result<std::vector<DueFile>> list_due(sys::FileSystem& files, const Layout& layout, Lane lane, Instant now) {
    std::vector<DueFile> due;
    POSTERN_TRY(append_legal(files, lane, layout.now(lane), due));
    POSTERN_ASSIGN(const auto directories, files.list(layout.lane(lane)));
    for (const std::string& name : directories)
        if (const auto minute = parse_minute(name); minute && *minute <= now)
            POSTERN_TRY(append_minute(files, lane, layout.minute(lane, *minute), due));
    std::sort(due.begin(), due.end(), [](const DueFile& a, const DueFile& b) {
        return std::tie(a.name, a.directory) < std::tie(b.name, b.directory);
    });
    return due;
}

Result<std::optional<Minute>> next_minute(sys::FileSystem& files, const Layout& layout, Lane lane,
                                          Instant now) {
    POSTERN_ASSIGN(const auto directories, files.list(layout.lane(lane)));
    std::optional<Minute> next;
    for (const std::string& name : directories)
        if (const auto minute = parse_minute(name); minute && *minute > now)
            next = std::min(next.value_or(*minute), *minute);
    return next;
}

}  // namespace postern::spool
