// SPDX-License-Identifier: BSD-2-Clause
#include "tls/store.hpp"

#include "base/escape.hpp"
#include "tls/glance.hpp"

namespace postern::tls {

namespace {

constexpr std::size_t kLargestFile = 256 * 1024;
constexpr std::size_t kLongestName = 253;  // a longer one is no domain, nor the name of a file

}  // namespace

std::string certificate_path(const std::string& directory, std::string_view name, std::string_view kind) {
    return directory + '/' + escape_file_name(name) + '.' + std::string(kind) + ".pem";
}

Found Store::find(std::string_view name, Instant now) const {
    Found found;
    for (const auto kind : kKeyKinds) {
        const std::string path = certificate_path(directory_, name, kind);
        auto pem = sys::read_whole_file(files_, path, kLargestFile);
        if (pem.failed_with(Fault::not_found)) continue;
        if (!pem) {
            found.unusable.push_back(pem.error());
            continue;
        }
        Wiped text(*std::move(pem));
        if (const Status good = check_at_a_glance(text.view(), now); !good)
            found.unusable.push_back(good.error().in(path));
        else
            found.usable.push_back(std::move(text));
    }
    return found;
}

Found Store::find_for(std::string_view server_name, Instant now) const {
    if (server_name.empty() || server_name.size() > kLongestName) return {};
    Found found = find(server_name, now);
    const auto dot = server_name.find('.');
    if (!found.usable.empty() || dot == std::string_view::npos) return found;
    Found wildcard = find('*' + std::string(server_name.substr(dot)), now);
    return wildcard.usable.empty() ? std::move(found) : std::move(wildcard);
}

}  // namespace postern::tls
