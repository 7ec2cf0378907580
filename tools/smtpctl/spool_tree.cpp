// SPDX-License-Identifier: BSD-2-Clause
#include "spool_tree.hpp"

#include <cerrno>
#include <optional>

#include <sys/stat.h>

#include "spool/layout.hpp"
#include "sys/posix_files.hpp"
#include "tree.hpp"

namespace postern::smtpctl {

namespace {

using What = WrongDirectory::What;

std::string octal(unsigned mode) {
    std::string digits;
    for (; mode != 0 || digits.size() < 4; mode /= 8) digits.insert(0, 1, static_cast<char>('0' + mode % 8));
    return digits;
}

/// Only sessions may have a user of their own there; whoever it is, the group is the tree's.
bool may_be_anybodys(const config::Config& config, const std::string& path) {
    return path == spool::Layout(config.directories.spool).incoming();
}

std::optional<WrongDirectory> check(const config::Config& config, const Place& place,
                                    const struct stat& tree) {
    struct stat is {};
    if (::lstat(place.path.c_str(), &is) != 0)
        return WrongDirectory{place.path, What::missing, Error::from_errno("look", errno).what()};
    if (!S_ISDIR(is.st_mode)) return WrongDirectory{place.path, What::owner, "it is no directory"};
    const bool is_owned = is.st_uid == tree.st_uid || may_be_anybodys(config, place.path);
    if (!is_owned || is.st_gid != tree.st_gid)
        return WrongDirectory{place.path, What::owner,
                              "it belongs to " + std::to_string(is.st_uid) + ":" + std::to_string(is.st_gid) +
                                  ", not to " + std::to_string(tree.st_uid) + ":" +
                                  std::to_string(tree.st_gid)};
    const unsigned mode = is.st_mode & 07777U;
    if (mode == place.mode) return std::nullopt;
    return WrongDirectory{place.path, What::mode,
                          "its mode is " + octal(mode) + ", not " + octal(place.mode)};
}

}  // namespace

std::vector<WrongDirectory> check_spool_tree(const config::Config& config) {
    std::vector<WrongDirectory> found;
    struct stat tree {};
    if (::stat(config.directories.root.c_str(), &tree) != 0) return found;
    const std::string& spool = config.directories.spool;
    for (const Place& place : places(config))
        if (place.path == spool || place.path.starts_with(spool + "/"))
            if (auto wrong = check(config, place, tree)) found.push_back(*std::move(wrong));
    return found;
}

Status mend(const config::Config& config, const WrongDirectory& wrong) {
    sys::PosixFiles files;
    switch (wrong.what) {
        case What::missing: return make_tree(files, config);
        case What::owner: return Error(Fault::no_permission, "root has to see to that");
        case What::mode: break;
    }
    for (const Place& place : places(config))
        if (place.path == wrong.path && ::chmod(place.path.c_str(), place.mode) != 0)
            return Error::from_errno("chmod " + place.path, errno);
    return done;
}

}  // namespace postern::smtpctl
