// SPDX-License-Identifier: BSD-2-Clause
// What lies in a Maildir, by looking: new/ and cur/ of itself and of its folders (.NAME), but .Trash, which
// Maildir++ leaves out. Sizes are read from the names (",S=1234"), where those tell.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "delivery/maildirsize.hpp"
#include "sys/file_system.hpp"

namespace postern::delivery {

/// A Maildir that is not there has nothing in it. Messages that readers mark as deleted count until they
/// are gone.
Result<Use> count_messages(sys::FileSystem& files, const std::string& maildir);

/// When a message came, moved or went for the last time.
Result<Instant> last_change(sys::FileSystem& files, const std::string& maildir);

/// "1234" of "1795293000.x.postern,S=1234:2,S".
std::optional<std::uint64_t> size_in_name(std::string_view name);

}  // namespace postern::delivery
