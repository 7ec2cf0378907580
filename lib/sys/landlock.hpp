// SPDX-License-Identifier: BSD-2-Clause
// Landlock (landlock(7)): which files a process may still reach, and which network, from a point of its life
// on; it cannot take that back, and its children are bound by it, too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace postern::sys {

/// What may be done below a path, or to the file that it is. A right on a directory is one on all that lies
/// below it.
using PathRights = unsigned;
namespace may {
inline constexpr PathRights read = 1;             ///< open files for reading
inline constexpr PathRights write = 2;            ///< open files and pipes for writing
inline constexpr PathRights list = 4;             ///< see the names in directories
inline constexpr PathRights create = 8;           ///< make files
inline constexpr PathRights remove = 16;          ///< unlink them
inline constexpr PathRights move = 32;            ///< rename or link from one directory to another
inline constexpr PathRights make_directory = 64;  ///< and remove it
inline constexpr PathRights make_pipe = 128;
inline constexpr PathRights truncate = 256;
inline constexpr PathRights execute = 512;
inline constexpr PathRights everything = 1023;
}  // namespace may

struct PathRule {
    std::string path;
    PathRights rights;
};

/// "read, create": in the order above.
std::string to_string(PathRights rights);

enum class Network {
    none,     ///< no TCP connection is made or waited for; connections that are open stay
    connect,  ///< connections are made, to anywhere; none is waited for
};

/// What Landlock of this kernel can do: the version of its interface, 0 = there is none.
int landlock_version();
/// Renaming between directories came with this one; without it no message could be committed.
inline constexpr int kOldestLandlock = 2;
/// What a kernel of this version cannot hold back, in words; "" = it can do all of it.
std::string landlock_lacks(int version);

/// A path that is not there, or cannot be reached, gets no rule, so nothing that is made there later can.
/// Wants no_new_privs.
Status allow_only(const std::vector<PathRule>& paths, Network network);

}  // namespace postern::sys
