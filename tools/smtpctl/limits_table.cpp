// SPDX-License-Identifier: BSD-2-Clause
#include "limits_table.hpp"

#include "toolbox.hpp"

namespace postern::smtpctl {

namespace {

constexpr unsigned kTableMode = 0660;  // as sessions make it

}  // namespace

Result<sys::SharedTable> open_limits(const config::Config& config) {
    return sys::SharedTable::open(policy::limit_table_in(config.directories.run), policy::kLimitShape,
                                  kTableMode);
}

Result<policy::Subject> parse_source(const std::string& text) {
    if (const auto source = policy::Subject::parse_source(text)) return *source;
    return Error(Fault::permanent,
                 "'" + printable(text) + "' is no source: an IPv4 address, or an IPv6 address or /64");
}

}  // namespace postern::smtpctl
