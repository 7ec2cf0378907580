// SPDX-License-Identifier: BSD-2-Clause
#include "settings_in_use.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "config/check.hpp"
#include "config/load.hpp"
#include "sys/posix_files.hpp"

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

constexpr std::size_t kLongestAnswer = 64 * 1024;
constexpr std::chrono::seconds kPatience{10};

/// In the helper: each packet asks whether the file is sound; the answer is "+", or "-" and why it is not.
void answer_questions(sys::PacketEnd& asker, const std::string& root) {
    sys::PosixFiles files;
    for (;;) {
        const auto question = asker.receive(std::nullopt, kLongestAnswer);
        if (!question || !*question) return;
        const auto sound = expect_sound_file(files, root);
        if (!asker.send(sound ? "+" : "-" + sound.error().what())) return;
    }
}

/// Without a helper the next process may find out.
Status ask(sys::HelperProcess& helper) {
    auto& end = helper.other_end();
    if (!end.send("?")) return done;
    const auto answer = end.receive(std::chrono::steady_clock::now() + kPatience, kLongestAnswer);
    if (!answer || !*answer || !(*answer)->starts_with('-')) return done;
    return Error(Fault::configuration, (*answer)->substr(1));
}

}  // namespace

SettingsInUse::SettingsInUse(sys::FileSystem& files, const std::string& root)
    : files_(files), root_(root), seen_(files.info(config::config_path(root))) {}

void SettingsInUse::keep_to(const std::vector<sys::PathRule>& paths) {
    for (const auto& [path, rights] : paths) {
        auto info = files_.info(path);
        if (!info || info->kind == sys::FileKind::regular) beside_.push_back({path, std::move(info)});
    }
}

bool SettingsInUse::is_outdated(const Seen& seen) const {
    return !is_same_file(files_.info(seen.path), seen.info);
}

Status SettingsInUse::begin_asking() {
    POSTERN_ASSIGN(auto helper, sys::HelperProcess::start(
                                    [this](sys::PacketEnd& asker) { answer_questions(asker, root_); }));
    helper_.emplace(std::move(helper));
    return done;
}

bool SettingsInUse::are_outdated(Log& log) {
    if (std::ranges::any_of(beside_, [this](const Seen& seen) { return is_outdated(seen); })) return true;
    auto info = files_.info(config::config_path(root_));
    if (is_same_file(info, seen_)) return false;
    seen_ = std::move(info);
    const auto sound = helper_ ? ask(*helper_) : expect_sound_file(files_, root_);
    if (!sound) log.write(Severity::err, "settings_not_taken", {{"reason", sound.error().what()}});
    return static_cast<bool>(sound);
}

}  // namespace postern::tools
