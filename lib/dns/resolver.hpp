// SPDX-License-Identifier: BSD-2-Clause
// The seam to the DNS. CNAMEs are followed by whoever implements it. An Error is always
// Fault::temporary: SERVFAIL, no answer in time, an answer that cannot be read.
#pragma once

#include <string>

#include "base/ip_address.hpp"
#include "base/result.hpp"
#include "dns/records.hpp"

namespace postern::dns {

class Resolver {
public:
    virtual ~Resolver() = default;
    virtual Result<Lookup<MxRecord>> mail_exchangers(const std::string& domain) = 0;
    /// The same with its proof, where there is one; an answer whose proof is wrong is an Error. Who knows no
    /// DNSSEC has none.
    virtual Result<Lookup<MxRecord>> proven_mail_exchangers(const std::string& domain) {
        return mail_exchangers(domain);
    }
    /// A records for v4, AAAA records for v6.
    virtual Result<Lookup<IpAddress>> addresses(const std::string& host, IpAddress::Family family) = 0;
    /// PTR records: what the owner of the address claims (verified_name.hpp holds it against the names).
    virtual Result<Lookup<std::string>> names_of(const IpAddress& address) = 0;
};

}  // namespace postern::dns
