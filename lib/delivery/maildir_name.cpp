// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir_name.hpp"

#include <chrono>

#include "base/hash.hpp"

namespace postern::delivery {

std::string maildir_name(const spool::MessageId& id, Instant received, const accounts::Mailbox& mailbox) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(received).time_since_epoch().count();
    return std::to_string(seconds) + "." + id.text() + "-" + hash_hex(4, mailbox.to_string()) + ".postern";
}

std::string with_size(const std::string& name, std::uint64_t octets) {
    return name + ",S=" + std::to_string(octets);
}

bool is_copy_named(std::string_view found, std::string_view name) {
    if (!found.starts_with(name)) return false;
    const std::string_view rest = found.substr(name.size());
    return rest.empty() || rest.front() == ',' || rest.front() == ':';
}

}  // namespace postern::delivery
