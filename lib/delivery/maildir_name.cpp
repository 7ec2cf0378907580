// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir_name.hpp"

#include <chrono>

#include "base/hash.hpp"

namespace postern::delivery {

std::string maildir_name(const spool::MessageId& id, Instant received, const accounts::Mailbox& mailbox) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(received).time_since_epoch().count();
    return std::to_string(seconds) + "." + id.text() + "-" + hash_hex(4, mailbox.to_string()) + ".postern";
}

bool is_copy_named(std::string_view found, std::string_view name) {
    return found.starts_with(name) && (found.size() == name.size() || found[name.size()] == ':');
}

}  // namespace postern::delivery
