// SPDX-License-Identifier: BSD-2-Clause
// Asks another server to send the mail that waits there for domains of ours: ETRN (RFC 1985), from greeting
// to QUIT.
#pragma once

#include <string>
#include <vector>

#include "smtp/reply.hpp"
#include "sys/stream.hpp"

namespace postern::wire {

struct Released {
    std::string domain;
    smtp::Reply reply;  ///< the server's to ETRN
};

/// `hostname`: of this server, for EHLO. An Error, always temporary, when the conversation breaks off, the
/// server refuses it or offers no ETRN.
Result<std::vector<Released>> ask_for_releases(sys::Stream& stream, const std::string& hostname,
                                               const std::vector<std::string>& domains,
                                               sys::Deadline deadline);

}  // namespace postern::wire
