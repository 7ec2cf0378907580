// SPDX-License-Identifier: BSD-2-Clause
#include "relay/releases.hpp"

#include "relay/pass.hpp"
#include "spool/requests.hpp"

namespace postern::relay {

Status run_releases(const Parts& parts, const Options& options, const std::function<bool()>& told_to_stop) {
    const auto& tools = parts.tools;
    POSTERN_ASSIGN(const auto releases, spool::take_requests(tools.files, tools.layout, tools.clock.now(),
                                                             options.release_interval));
    if (releases.empty()) return done;
    Selection selection;
    for (const auto& release : releases) {
        tools.log.write(Severity::info, "release", {{"domain", release}});
        selection.add_release(release);
    }
    return run_pass(parts, options, told_to_stop, selection);
}

}  // namespace postern::relay
