// SPDX-License-Identifier: BSD-2-Clause
// Requests to send the mail that waits for a domain now (ETRN, RFC 1985; kicks): one empty file for each in
// spool/requests/. Sessions leave them, since they may not touch the queue; mxrun takes them. Nothing is
// lost with a request: the mail is sent when it is due, anyway.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "spool/layout.hpp"
#include "sys/file_system.hpp"

namespace postern::spool {

/// Leaves a request for what mail::parse_release_domain() has read. One for the same that still waits is as
/// good.
Status leave_request(sys::FileSystem& files, const Layout& layout, const std::string& release);

/// Takes each request once. One for the same as was taken less than `pause` ago stays until that has passed,
/// so that nobody can have this server try without end.
Result<std::vector<std::string>> take_requests(sys::FileSystem& files, const Layout& layout, Instant now,
                                               std::chrono::milliseconds pause);

}  // namespace postern::spool
