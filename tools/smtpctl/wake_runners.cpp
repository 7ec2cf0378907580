// SPDX-License-Identifier: BSD-2-Clause
#include "wake_runners.hpp"

#include "runner/wake.hpp"

namespace postern::smtpctl {

void wake_runners(sys::FileSystem& files, const config::Config& config) {
    const std::string directory = runner::pipes_directory(config.directories.run);
    const auto names = files.list(directory);
    if (!names) return;
    const auto pipes = sys::FifoDirectory::open(directory);
    for (const std::string& name : *names) (void)pipes.knock(name);
}

}  // namespace postern::smtpctl
