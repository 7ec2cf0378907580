// SPDX-License-Identifier: BSD-2-Clause
// A FileSystem in memory for failure sweeps: the n-th operation fails, a crash drops all that was not
// synced. It passes tests/contract like the real one. Files must be closed before it is destroyed.
//
//     for (int step = 1; reached; ++step) {
//         MemoryFiles files;  files.make_directories("spool/incoming");
//         files.fail_operation(step);
//         …work…;  reached = files.fault_was_reached();
//         files.crash();      // or restart(): the process died, the machine did not
//         …check what is left…
//     }
#pragma once

#include <cerrno>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/memory_tree.hpp"
#include "sys/file_system.hpp"

namespace postern::test {

/// Counts operations, remembers them, and says which of them fail.
class FaultPlan {
public:
    enum class Extent { one, all_from_there };

    /// Called by every operation first; the error that it is to fail with.
    Status begin(std::string_view call, const std::string& path);

    void fail_at(std::size_t operation, int error_number, Extent extent);
    void fail_on(const std::string& path, int error_number) { bad_paths_[path] = error_number; }
    void clear();
    bool was_reached() const { return reached_; }
    const std::vector<std::string>& calls() const { return calls_; }
    void forget_calls() { calls_.clear(); }

private:
    bool is_due() const;

    std::vector<std::string> calls_;
    std::map<std::string, int> bad_paths_;
    std::size_t count_ = 0;
    std::size_t fail_at_ = 0;  ///< 0: none
    int error_number_ = 0;
    Extent extent_ = Extent::one;
    bool reached_ = false;
};

class MemoryFiles final : public sys::FileSystem {
public:
    // What a test does to it.

    /// The n-th operation from now, counted from 1, fails with this errno and does nothing, except that a
    /// write has then written half of its octets.
    void fail_operation(std::size_t n, int error_number = EIO) {
        plan_.fail_at(n, error_number, FaultPlan::Extent::one);
    }
    /// So does every later one until crash() or restart(): what a dying process does no more, its
    /// destructors do not do either.
    void fail_from(std::size_t n, int error_number = EIO) {
        plan_.fail_at(n, error_number, FaultPlan::Extent::all_from_there);
    }
    /// Every call that names this path fails: an unreadable file, say, with EACCES.
    void fail_on(const std::string& path, int error_number) { plan_.fail_on(path, error_number); }
    bool fault_was_reached() const { return plan_.was_reached(); }
    /// Power cut: what was not synced is gone. Ends all faults and locks.
    void crash();
    /// Every process died: locks and faults end, nothing else is lost.
    void restart();

    // Looking and preparing: never fails, is not counted, and what it makes is durable.

    void make_directories(const std::string& path);
    void put(const std::string& path, std::string content);
    /// Nothing when there is no such file.
    std::optional<std::string> content(const std::string& path) const;
    bool exists(const std::string& path) const { return tree_.find(path) != nullptr; }
    /// Sorted; empty also when there is no such directory.
    std::vector<std::string> names(const std::string& directory) const;
    /// Path (without a leading slash) and content of every file.
    std::map<std::string, std::string> all_files() const;
    /// From now on it is the time of all changes of files and directories.
    void set_time(Instant now);

    /// Each operation as "rename_new a b", in order.
    const std::vector<std::string>& calls() const { return plan_.calls(); }
    void forget_calls() { plan_.forget_calls(); }
    /// How many calls have this name: "sync", "sync_data", "sync_directory", "create"…
    std::size_t count_of(std::string_view call) const;
    /// All three kinds of sync.
    std::size_t syncs() const;

    // FileSystem

    Result<std::unique_ptr<sys::File>> create(const std::string& path, unsigned mode) override;
    Result<std::unique_ptr<sys::File>> open(const std::string& path, sys::Access access) override;
    Status append(const std::string& path, std::string_view bytes) override;
    Result<std::unique_ptr<sys::Directory>> open_directory(const std::string& path) override;
    Status rename_new(const std::string& from, const std::string& to) override;
    Status rename_over(const std::string& from, const std::string& to) override;
    Status link(const std::string& from, const std::string& to) override;
    Status unlink(const std::string& path) override;
    Status make_directory(const std::string& path, unsigned mode) override;
    Status remove_directory(const std::string& path) override;
    Result<std::vector<std::string>> list(const std::string& path) override;
    Result<sys::FileInfo> info(const std::string& path) override;

private:
    friend class MemoryFile;
    friend class MemoryDirectory;

    MemoryTree tree_;
    FaultPlan plan_;
    Instant now_{};
};

}  // namespace postern::test
