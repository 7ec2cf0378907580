// SPDX-License-Identifier: BSD-2-Clause
#include "settings_in_use.hpp"

#include <utility>

#include "config/check.hpp"
#include "config/load.hpp"

namespace postern::tools {

namespace {

bool is_same_file(const Result<sys::FileInfo>& a, const Result<sys::FileInfo>& b) {
    if (!a || !b) return !a && !b;
    return a->device == b->device && a->inode == b->inode && a->size == b->size && a->modified == b->modified;
}

/// Two settings that belong together are often changed one after the other.
Status expect_sound_file(sys::FileSystem& files, const std::string& root) {
    POSTERN_ASSIGN(const auto config, config::load(files, root));
    const auto problems = config::check_together(config);
    return problems.empty() ? Status(done) : Error(Fault::configuration, problems.front());
}

}  // namespace

SettingsInUse::SettingsInUse(sys::FileSystem& files, const std::string& root)
    : files_(files), root_(root), seen_(files.info(config::config_path(root))) {}

bool SettingsInUse::are_outdated(Log& log) {
    auto info = files_.info(config::config_path(root_));
    if (is_same_file(info, seen_)) return false;
    seen_ = std::move(info);
    const auto sound = expect_sound_file(files_, root_);
    if (!sound) log.write(Severity::err, "settings_not_taken", {{"reason", sound.error().what()}});
    return static_cast<bool>(sound);
}

}  // namespace postern::tools
