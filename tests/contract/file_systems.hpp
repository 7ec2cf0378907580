// SPDX-License-Identifier: BSD-2-Clause
// The two file systems that the contract holds for, and what its cases say about them.
#pragma once

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "support/memory_files.hpp"
#include "support/temporary_directory.hpp"
#include "sys/posix_files.hpp"

namespace postern::test {

struct OnDisk {
    TemporaryDirectory directory;
    sys::PosixFiles files;
    std::string at(const std::string& name) const { return directory.path(name); }
};

struct InMemory {
    InMemory() { files.make_directories("base"); }
    MemoryFiles files;
    std::string at(const std::string& name) const { return "base/" + name; }
};

using Both = std::tuple<OnDisk, InMemory>;
using Names = std::vector<std::string>;

template <class World>
void write_file(World& world, const std::string& name, std::string_view content) {
    const auto file = world.files.create(world.at(name), 0660);
    BOOST_REQUIRE(file);
    BOOST_REQUIRE((*file)->write_at(0, content));
}

template <class World>
std::string text_of(World& world, const std::string& name) {
    const auto text = sys::read_whole_file(world.files, world.at(name));
    return text ? *text : "error: " + text.error().what();
}

template <class World>
std::vector<std::string> sorted_names(World& world, const std::string& name) {
    const auto names = world.files.list(world.at(name));
    BOOST_REQUIRE(names);
    auto sorted = *names;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

template <class T>
Fault fault_of(const Result<T>& result) {
    BOOST_REQUIRE(!result);
    return result.error().fault();
}

}  // namespace postern::test

BOOST_TEST_DONT_PRINT_LOG_VALUE(postern::Fault)
BOOST_TEST_DONT_PRINT_LOG_VALUE(postern::sys::FileKind)
