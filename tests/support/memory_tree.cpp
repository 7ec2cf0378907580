// SPDX-License-Identifier: BSD-2-Clause
#include "support/memory_tree.hpp"

#include <algorithm>
#include <iterator>

namespace postern::test {

namespace {

/// Takes the first name off a path; "" when none is left.
std::string_view take_name(std::string_view& path) {
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view name = path.substr(0, end);
        path.remove_prefix(std::min(end + 1, path.size()));
        if (!name.empty() && name != ".") return name;
    }
    return {};
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

InodePtr Inode::child(std::string_view name) const {
    const auto found = entries.find(name);
    return found == entries.end() ? nullptr : found->second;
}

MemoryTree::MemoryTree() : root_(make_inode(sys::FileKind::directory)) {}

InodePtr MemoryTree::make_inode(sys::FileKind kind) {
    auto inode = std::make_shared<Inode>();
    inode->kind = kind;
    inode->number = ++last_number_;
    return inode;
}

InodePtr MemoryTree::find(const std::string& path) const {
    std::string_view rest = path;
    InodePtr inode = root_;
    for (auto name = take_name(rest); inode && !name.empty(); name = take_name(rest))
        inode = inode->child(name);
    return inode;
}

std::optional<Place> MemoryTree::place(const std::string& path) const {
    std::string_view rest = path, name = take_name(rest);
    if (name.empty()) return std::nullopt;
    InodePtr directory = root_;
    for (auto below = take_name(rest); directory && !below.empty(); below = take_name(rest)) {
        directory = directory->child(name);
        name = below;
    }
    if (!directory || !directory->is_directory()) return std::nullopt;
    return Place{std::move(directory), std::string(name)};
}

void MemoryTree::change(std::vector<Change> changes) {
    const Number number = ++last_change_;
    for (const auto& [place, inode] : changes) {
        if (const InodePtr old = place.inode()) --old->links;
        if (inode) ++inode->links;
        put(place.directory->entries, place.name, inode);
        place.directory->modified = now_;
        pending_of_[name_of(place)].insert(number);
    }
    pending_.emplace(number, std::move(changes));
}

void MemoryTree::sync_directory(const InodePtr& directory) {
    Numbers due = changes_in(*directory);
    add_earlier_ones_of_the_same_names(due);
    for (const Number number : due) make_durable(number);
}

MemoryTree::Numbers MemoryTree::changes_in(const Inode& directory) const {
    Numbers found;
    for (auto of = pending_of_.lower_bound({directory.number, ""});
         of != pending_of_.end() && of->first.first == directory.number; ++of)
        found.insert(of->second.begin(), of->second.end());
    return found;
}

/// From the newest down, so that those of the ones that come in are found, too.
void MemoryTree::add_earlier_ones_of_the_same_names(Numbers& numbers) const {
    for (auto at = numbers.end(); at != numbers.begin();) {
        const Number number = *--at;
        for (const Change& change : pending_.at(number)) {
            const Numbers& same = pending_of_.at(name_of(change.place));
            if (const auto here = same.find(number); here != same.begin()) numbers.insert(*std::prev(here));
        }
    }
}

void MemoryTree::make_durable(Number number) {
    const auto changes = pending_.extract(number);
    for (const auto& [place, inode] : changes.mapped()) {
        put(place.directory->durable_entries, place.name, inode);
        const auto of = pending_of_.find(name_of(place));
        of->second.erase(number);
        if (of->second.empty()) pending_of_.erase(of);
    }
}

void MemoryTree::crash() {
    release_locks();
    pending_.clear();
    pending_of_.clear();
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
