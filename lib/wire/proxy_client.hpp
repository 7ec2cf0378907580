// SPDX-License-Identifier: BSD-2-Clause
// The beginning of a connection that comes through a proxy: its header (smtp/proxy_header.hpp), before
// anything is said. Whoever calls this has made sure that the other end is a proxy to be believed.
#pragma once

#include <string>

#include "base/result.hpp"
#include "smtp/proxy_header.hpp"
#include "sys/stream.hpp"

namespace postern::wire {

struct ProxyBeginning {
    smtp::ProxyHeader header;
    std::string behind_it = {};  ///< octets of the client that came along; the session is to have them first
};

/// An Error when there is no header, or not all of it before the deadline; the connection is to be closed.
Result<ProxyBeginning> read_proxy_header(sys::Stream& stream, sys::Deadline deadline);

}  // namespace postern::wire
