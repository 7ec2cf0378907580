// SPDX-License-Identifier: BSD-2-Clause
#include "support/memory_tree.hpp"

#include <algorithm>

namespace postern::test {

namespace {

std::vector<std::string> components(const std::string& path) {
    std::vector<std::string> names;
    std::size_t start = 0;
    while (start <= path.size()) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (std::string name = path.substr(start, end - start); !name.empty() && name != ".")
            names.push_back(std::move(name));
        start = end + 1;
    }
    return names;
}

template <class Visit>
void visit_all(const InodePtr& inode, const Visit& visit) {
    visit(*inode);
    for (const auto& [name, child] : inode->entries) visit_all(child, visit);
}

void put(Inode::Entries& entries, const std::string& name, const InodePtr& inode) {
    if (inode)
        entries[name] = inode;
    else
        entries.erase(name);
}

/// Goes back to what is durable, from here down.
void revert(const InodePtr& inode) {
    inode->content = inode->durable_content;
    inode->entries = inode->durable_entries;
    inode->links = 0;
    for (const auto& [name, child] : inode->entries) revert(child);
}

}  // namespace

InodePtr Place::inode() const {
    const auto found = directory->entries.find(name);
    return found == directory->entries.end() ? nullptr : found->second;
}

MemoryTree::MemoryTree() : root_(make_inode(sys::FileKind::directory)) {}

InodePtr MemoryTree::make_inode(sys::FileKind kind) {
    auto inode = std::make_shared<Inode>();
    inode->kind = kind;
    inode->number = ++last_number_;
    return inode;
}

InodePtr MemoryTree::find(const std::string& path) const {
    InodePtr inode = root_;
    for (const std::string& name : components(path)) {
        if (!inode || !inode->is_directory()) return nullptr;
        inode = Place{inode, name}.inode();
    }
    return inode;
}

std::optional<Place> MemoryTree::place(const std::string& path) const {
    const auto names = components(path);
    if (names.empty()) return std::nullopt;
    InodePtr directory = root_;
    for (std::size_t i = 0; i + 1 < names.size() && directory; ++i)
        directory = Place{directory, names[i]}.inode();
    if (!directory || !directory->is_directory()) return std::nullopt;
    return Place{directory, names.back()};
}

void MemoryTree::change(std::vector<Change> changes) {
    for (const auto& [place, inode] : changes) {
        if (const InodePtr old = place.inode()) --old->links;
        if (inode) ++inode->links;
        put(place.directory->entries, place.name, inode);
        place.directory->modified = now_;
    }
    pending_.push_back({std::move(changes)});
}

void MemoryTree::sync_directory(const InodePtr& directory) {
    for (Pending& pending : pending_)
        pending.is_due = std::any_of(pending.changes.begin(), pending.changes.end(),
                                     [&](const Change& c) { return c.place.directory == directory; });
    mark_earlier_ones_of_the_same_names();
    for (const Pending& pending : pending_)
        if (pending.is_due)
            for (const auto& [place, inode] : pending.changes)
                put(place.directory->durable_entries, place.name, inode);
    std::erase_if(pending_, [](const Pending& pending) { return pending.is_due; });
}

void MemoryTree::mark_earlier_ones_of_the_same_names() {
    std::vector<Place> due;
    for (auto pending = pending_.rbegin(); pending != pending_.rend(); ++pending) {
        for (const Change& change : pending->changes)
            if (std::find(due.begin(), due.end(), change.place) != due.end()) pending->is_due = true;
        if (!pending->is_due) continue;
        for (const Change& change : pending->changes) due.push_back(change.place);
    }
}

void MemoryTree::crash() {
    release_locks();
    pending_.clear();
    revert(root_);
    root_->links = 1;
    visit_all(root_, [](Inode& inode) {
        for (const auto& [name, child] : inode.entries) ++child->links;
    });
    release_locks();  // of files that the crash brought back
}

void MemoryTree::release_locks() {
    visit_all(root_, [](Inode& inode) { inode.lock_holder = nullptr; });
}

}  // namespace postern::test
