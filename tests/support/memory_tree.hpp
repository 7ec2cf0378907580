// SPDX-License-Identifier: BSD-2-Clause
// Inodes and directory entries in memory, each twice: as programs see them and as a power cut leaves them.
// A file's content becomes durable by its own sync. A change of names becomes durable as a whole (a rename
// never loses its file, as on every journaling file system) when one of its directories is synced, together
// with earlier changes of the same names; nothing else does.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sys/file_system.hpp"

namespace postern::test {

struct Inode {
    using Entries = std::map<std::string, std::shared_ptr<Inode>, std::less<>>;

    sys::FileKind kind = sys::FileKind::regular;
    std::uint64_t number = 0;
    std::uint64_t links = 0;
    Instant modified{};
    std::string content = {};
    std::string durable_content = {};
    Entries entries = {};
    Entries durable_entries = {};
    const void* lock_holder = nullptr;

    /// Null when there is none; so for every name in what is no directory.
    std::shared_ptr<Inode> child(std::string_view name) const;
    bool is_directory() const { return kind == sys::FileKind::directory; }
};
using InodePtr = std::shared_ptr<Inode>;

/// One name in one directory.
struct Place {
    InodePtr directory;
    std::string name;
    InodePtr inode() const { return directory->child(name); }
};

class MemoryTree {
public:
    MemoryTree();

    InodePtr make_inode(sys::FileKind kind);
    /// Null when there is none. "a/b", "/a/b" and "./a/b" are the same.
    InodePtr find(const std::string& path) const;
    /// Nothing when the directory is missing.
    std::optional<Place> place(const std::string& path) const;

    struct Change {
        Place place;
        InodePtr inode;  ///< null: the name goes
    };
    /// Seen at once; durable later, all together.
    void change(std::vector<Change> changes);
    void sync_directory(const InodePtr& directory);
    /// Of directories that change from now on.
    void set_time(Instant now) { now_ = now; }
    /// What was not made durable is gone, and so are all locks.
    void crash();
    void release_locks();

private:
    using Number = std::uint64_t;                        ///< of a change, in order
    using Name = std::pair<std::uint64_t, std::string>;  ///< a directory's inode number, and a name there
    using Numbers = std::set<Number>;

    static Name name_of(const Place& place) { return {place.directory->number, place.name}; }
    Numbers changes_in(const Inode& directory) const;
    void add_earlier_ones_of_the_same_names(Numbers& numbers) const;
    void make_durable(Number number);

    InodePtr root_;
    std::map<Number, std::vector<Change>> pending_;  ///< not durable yet
    std::map<Name, Numbers> pending_of_;             ///< the same by the names that they change
    Number last_change_ = 0;
    std::uint64_t last_number_ = 0;
    Instant now_{};
};

}  // namespace postern::test
