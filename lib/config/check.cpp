// SPDX-License-Identifier: BSD-2-Clause
#include "config/check.hpp"

#include "spool/layout.hpp"

namespace postern::config {

namespace {

/// Fault::configuration when it is missing, no directory, or cannot be looked at.
Result<sys::FileInfo> directory_info(sys::FileSystem& files, const std::string& path) {
    auto info = files.info(path);
    if (info.failed_with(Fault::not_found))
        return Error(Fault::configuration, path + " does not exist; 'smtpctl init' makes what is missing");
    if (info && info->kind != sys::FileKind::directory)
        return Error(Fault::configuration, path + " is no directory");
    return info;
}

void check_gateway(const relay::Options& relay, std::vector<std::string>& problems) {
    if (relay.gateway && relay.gateway->host.empty())
        problems.push_back("relay.gateway.port is set without relay.gateway.host");
    if (relay.gateway && !relay.always && relay.tries_before_gateway == 0)
        problems.push_back(
            "relay.gateway is set, but never used: set relay.always or relay.tries_before_gateway, or take "
            "out relay.gateway (set it to null)");
    if (!relay.gateway && relay.always)
        problems.push_back("relay.always is set without relay.gateway: set relay.gateway.host");
    if (!relay.gateway && relay.tries_before_gateway > 0)
        problems.push_back("relay.tries_before_gateway is set without relay.gateway: set relay.gateway.host");
    if (relay.always && relay.tries_before_gateway > 0)
        problems.push_back(
            "relay.tries_before_gateway has no effect with relay.always, which leaves no tries by MX: take "
            "one of them out");
}

}  // namespace

std::vector<std::string> check_together(const Config& config) {
    std::vector<std::string> problems;
    check_gateway(config.relay, problems);
    if (config.accounts.default_host && config.accounts.default_host->host.empty())
        problems.push_back("local.default_host.port is set without local.default_host.host");
    if (config.runner.filter && config.runner.filter->host.empty())
        problems.push_back("filter.port or filter.services is set without filter.host");
    return problems;
}

std::vector<std::string> remarks_on(const Config& config) {
    std::vector<std::string> remarks;
    if (config.runner.interval > config.runner.max_interval)
        remarks.push_back("queue.interval is longer than queue.max_interval, which counts");
    return remarks;
}

std::vector<std::string> spool_directories(const Config& config) {
    const spool::Layout layout(config.directories.spool);
    return {layout.directory(),
            layout.incoming(),
            layout.staged(),
            layout.hold(),
            layout.damaged(),
            layout.lane(spool::Lane::received),
            layout.now(spool::Lane::received),
            layout.lane(spool::Lane::relay),
            layout.now(spool::Lane::relay)};
}

Status expect_one_file_system(sys::FileSystem& files, std::span<const std::string> directories) {
    std::optional<std::uint64_t> device;
    for (const std::string& directory : directories) {
        POSTERN_ASSIGN(const sys::FileInfo info, directory_info(files, directory));
        if (device.value_or(info.device) != info.device)
            return Error(Fault::configuration, directory + " is on another file system than " +
                                                   directories.front() + "; all of the spool must be on one");
        device = info.device;
    }
    return done;
}

std::vector<std::string> check_places(sys::FileSystem& files, const Config& config) {
    std::vector<std::string> problems;
    const Directories& places = config.directories;
    for (const std::string* path : {&places.domains, &places.secrets, &places.mail, &places.state,
                                    &places.tls, &places.log, &places.run})
        if (const auto info = directory_info(files, *path); !info) problems.push_back(info.error().what());
    const spool::Layout layout(places.spool);
    auto spool = spool_directories(config);
    spool.insert(spool.end(), {layout.quarantine(), layout.requests()});
    if (const Status one = expect_one_file_system(files, spool); !one) problems.push_back(one.error().what());
    return problems;
}

}  // namespace postern::config
