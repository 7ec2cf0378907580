// SPDX-License-Identifier: BSD-2-Clause
// Sources that are not served for a time: a file each in state/bans, so that a ban survives a restart, can be
// seen with ls, and costs a connection one system call. The file's name is the source, escaped; its line says
// until when, and why. Any file that is no ban counts as none.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "policy/subject.hpp"
#include "sys/file_system.hpp"

namespace postern::policy {

struct Ban {
    Subject source;
    Instant until;
    std::string reason;  ///< one line
};

class Bans {
public:
    /// state/bans below the directory of state.
    static std::string directory_in(const std::string& state_directory) { return state_directory + "/bans"; }

    Bans(sys::FileSystem& files, std::string directory) : files_(files), directory_(std::move(directory)) {}

    Result<std::optional<Ban>> find(Subject source, Instant now) const;
    /// What a session does, which may do no more than make and write files. False when there is one, which
    /// stays.
    Result<bool> add(const Ban& ban, Instant now);
    /// Durably, in the place of another one. Waits so long for who has that one locked, a session or `tidy`;
    /// then Fault::temporary.
    Status set(const Ban& ban, std::chrono::milliseconds patience);
    /// False when there was none.
    Result<bool> lift(Subject source);
    /// In the order of their ends, without those that are over.
    Result<std::vector<Ban>> list(Instant now) const;
    /// Takes away some that are over, and some files of sources that have held no ban for a minute: all of
    /// them in the end when it is called now and then, and none of its calls takes long. Sessions may take
    /// nothing away. The first trouble that it met; it has done the rest nevertheless.
    Status tidy(Instant now);

private:
    Result<std::vector<Subject>> sources() const;
    Status remove_if_over(Subject source, Instant now);
    Result<bool> is_over_or_none(Subject source, const sys::File& file, Instant now) const;
    /// Over or not.
    Result<std::optional<Ban>> read(Subject source) const;
    std::string path_of(Subject source) const;

    sys::FileSystem& files_;
    std::string directory_;
};

}  // namespace postern::policy
