// SPDX-License-Identifier: BSD-2-Clause
#include "limits_source.hpp"

#include "toolbox.hpp"

namespace postern::smtpctl {

Result<policy::Subject> parse_source(const std::string& text) {
    if (const auto source = policy::Subject::parse_source(text)) return *source;
    return Error(Fault::permanent,
                 "'" + printable(text) + "' is no source: an IPv4 address, or an IPv6 address or /64");
}

}  // namespace postern::smtpctl
