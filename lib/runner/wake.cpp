// SPDX-License-Identifier: BSD-2-Clause
#include "runner/wake.hpp"

namespace postern::runner {

std::vector<std::string> names_of_runners(spool::Lane lane, unsigned delivers) {
    if (lane == spool::Lane::relay) return {"mxrun"};
    std::vector<std::string> names;
    for (unsigned i = 0; i < delivers; ++i) names.push_back("deliver." + std::to_string(i));
    return names;
}

std::string pipes_directory(const std::string& run_directory) { return run_directory + "/wake.d"; }

PipeWaker::PipeWaker(const std::string& run_directory, unsigned delivers, std::string itself)
    : pipes_(sys::FifoDirectory::open(pipes_directory(run_directory))),
      delivers_(delivers),
      itself_(std::move(itself)) {}

void PipeWaker::wake(spool::Lane lane) {
    for (const std::string& name : names_of_runners(lane, delivers_))
        if (name != itself_) (void)pipes_.knock(name);
}

}  // namespace postern::runner
