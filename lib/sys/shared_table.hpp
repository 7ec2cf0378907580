// SPDX-License-Identifier: BSD-2-Clause
// A file of fixed size that processes share as memory: what they know of each other without a daemon.
// It is made whole, with blocks that are really there, before it bears its name, so that no process dies
// of touching it when the disk is full. One whose header or size is wrong is made anew. Any octet of it may
// be a lie, since every process that has it open may write there: who reads a value checks it.
//
// A range of it can be held by a lock that ends with its process, however that ends: an open file description
// lock, which belongs to this object and not to the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

class SharedTable {
public:
    /// What a file must be to be used. Another layout wants another `kind`.
    struct Shape {
        std::uint64_t kind = 0;
        std::size_t octets = 0;  ///< of what is shared, without the header
    };
    static constexpr std::size_t kHeaderOctets = 4096;

    /// Opens `path`, or makes it with `mode`; its octets are zero then.
    static Result<SharedTable> open(const std::string& path, const Shape& shape, unsigned mode);

    SharedTable(SharedTable&& other) noexcept;
    SharedTable& operator=(SharedTable&&) = delete;
    ~SharedTable();

    /// Page-aligned.
    std::span<std::byte> octets() const { return {memory_ + kHeaderOctets, octets_}; }
    /// open() found something else under that name and has replaced it.
    bool was_damaged() const { return was_damaged_; }

    /// False when another process (or another SharedTable of this one) holds an octet of the range.
    Result<bool> try_lock(std::size_t from, std::size_t octets);
    /// Whether somebody else does.
    Result<bool> is_locked(std::size_t from, std::size_t octets) const;
    Status unlock(std::size_t from, std::size_t octets);

private:
    SharedTable(UniqueFd descriptor, std::byte* memory, std::size_t octets, bool was_damaged)
        : descriptor_(std::move(descriptor)), memory_(memory), octets_(octets), was_damaged_(was_damaged) {}

    UniqueFd descriptor_;
    std::byte* memory_;
    std::size_t octets_;
    bool was_damaged_;
};

}  // namespace postern::sys
