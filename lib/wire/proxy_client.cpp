// SPDX-License-Identifier: BSD-2-Clause
#include "wire/proxy_client.hpp"

#include <array>

namespace postern::wire {

namespace {

/// Enough for every line and for what proxies put into a block; longer ones take some reads more.
constexpr std::size_t kReadAtOnce = 1024;

const char* explain(sys::ReadEnd::Why why) {
    switch (why) {
        case sys::ReadEnd::Why::closed: return "it closed the connection";
        case sys::ReadEnd::Why::timed_out: return "it took too long";
        case sys::ReadEnd::Why::told_to_stop: return "the service is stopping";
        default: return "the connection was lost";
    }
}

}  // namespace

Result<ProxyBeginning> read_proxy_header(sys::Stream& stream, sys::Deadline deadline) {
    std::string received;
    std::array<char, kReadAtOnce> buffer;
    for (;;) {
        const auto got = stream.read(buffer, deadline);
        if (got.why != sys::ReadEnd::Why::bytes)
            return Error(Fault::temporary, std::string("no whole PROXY header: ") + explain(got.why));
        received.append(buffer.data(), got.count);
        const auto reading = smtp::read_proxy_header(received);
        if (const auto* header = std::get_if<smtp::ProxyHeader>(&reading))
            return ProxyBeginning{*header, received.substr(header->octets)};
        if (std::holds_alternative<smtp::NoProxyHeader>(reading))
            return Error(Fault::permanent, "what the proxy sent is no PROXY header");
    }
}

}  // namespace postern::wire
