// SPDX-License-Identifier: BSD-2-Clause
// The part of MemoryFiles that only tests see: faults, crashes, looking and preparing.
#include <algorithm>

#include "support/memory_files.hpp"

namespace postern::test {

namespace {

void collect(const Inode& directory, const std::string& prefix, std::map<std::string, std::string>& files) {
    for (const auto& [name, inode] : directory.entries) {
        if (inode->is_directory())
            collect(*inode, prefix + name + "/", files);
        else
            files[prefix + name] = inode->content;
    }
}

}  // namespace

Status FaultPlan::begin(std::string_view call, const std::string& path) {
    calls_.push_back(std::string(call) + " " + path);
    ++count_;
    if (is_due()) {
        reached_ = true;
        return Error::from_errno(calls_.back(), error_number_);
    }
    if (const auto bad = bad_paths_.find(path); bad != bad_paths_.end())
        return Error::from_errno(calls_.back(), bad->second);
    return done;
}

bool FaultPlan::is_due() const {
    if (fail_at_ == 0) return false;
    return extent_ == Extent::one ? count_ == fail_at_ : count_ >= fail_at_;
}

void FaultPlan::fail_at(std::size_t operation, int error_number, Extent extent) {
    fail_at_ = count_ + operation;
    error_number_ = error_number;
    extent_ = extent;
    reached_ = false;
}

void FaultPlan::clear() {
    fail_at_ = 0;
    bad_paths_.clear();
}

void MemoryFiles::crash() {
    plan_.clear();
    tree_.crash();
}

void MemoryFiles::set_time(Instant now) {
    now_ = now;
    tree_.set_time(now);
}

void MemoryFiles::restart() {
    plan_.clear();
    tree_.release_locks();
}

void MemoryFiles::make_directories(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const auto place = tree_.place(path.substr(0, end));
        if (place && !place->inode()) {
            tree_.change({{*place, tree_.make_inode(sys::FileKind::directory)}});
            tree_.sync_directory(place->directory);
        }
        if (end == std::string::npos) return;
    }
}

void MemoryFiles::put(const std::string& path, std::string content) {
    if (const auto slash = path.rfind('/'); slash != std::string::npos && slash > 0)
        make_directories(path.substr(0, slash));
    const auto place = tree_.place(path).value();
    InodePtr inode = place.inode();
    if (!inode) tree_.change({{place, inode = tree_.make_inode(sys::FileKind::regular)}});
    inode->content = inode->durable_content = std::move(content);
    inode->modified = now_;
    tree_.sync_directory(place.directory);
}

std::optional<std::string> MemoryFiles::content(const std::string& path) const {
    const InodePtr inode = tree_.find(path);
    if (!inode || inode->is_directory()) return std::nullopt;
    return inode->content;
}

std::vector<std::string> MemoryFiles::names(const std::string& directory) const {
    std::vector<std::string> names;
    if (const InodePtr inode = tree_.find(directory))
        for (const auto& [name, child] : inode->entries) names.push_back(name);
    return names;
}

std::map<std::string, std::string> MemoryFiles::all_files() const {
    std::map<std::string, std::string> files;
    collect(*tree_.find("/"), "", files);
    return files;
}

std::size_t MemoryFiles::count_of(std::string_view call) const {
    const std::string start = std::string(call) + " ";
    return static_cast<std::size_t>(
        std::count_if(calls().begin(), calls().end(),
                      [&](const std::string& made) { return made.compare(0, start.size(), start) == 0; }));
}

std::size_t MemoryFiles::syncs() const {
    return count_of("sync") + count_of("sync_data") + count_of("sync_directory");
}

}  // namespace postern::test
