// SPDX-License-Identifier: BSD-2-Clause
#include "policy/limit_table.hpp"

namespace postern::policy {

namespace {

constexpr sys::SharedTable::Shape kShape{.kind = LimitMap::kKind, .octets = sizeof(LimitMap)};
constexpr unsigned kTableMode = 0660;  // sessions may have a user of their own, in the group of the tree

}  // namespace

std::string limit_table_in(const std::string& run_directory) { return run_directory + "/limits"; }

Result<sys::SharedTable> open_limit_table(const std::string& run_directory) {
    return sys::SharedTable::open(limit_table_in(run_directory), kShape, kTableMode);
}

}  // namespace postern::policy
