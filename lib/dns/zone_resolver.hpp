// SPDX-License-Identifier: BSD-2-Clause
// A resolver that answers from a zone file and knows nothing else: to rehearse routing, and for tests
// without a network. It follows CNAMEs and knows wildcards (RFC 4592).
#pragma once

#include "dns/resolver.hpp"
#include "dns/zone_file.hpp"

namespace postern::dns {

class ZoneResolver : public Resolver {
public:
    explicit ZoneResolver(Zone zone) : zone_(std::move(zone)) {}

    Result<Lookup<MxRecord>> mail_exchangers(const std::string& domain) override;
    /// Nobody else has a hand in the file.
    Result<Lookup<MxRecord>> proven_mail_exchangers(const std::string& domain) override;
    Result<Lookup<IpAddress>> addresses(const std::string& host, IpAddress::Family family) override;
    Result<Lookup<std::string>> names_of(const IpAddress& address) override;

private:
    /// The node of a name behind its CNAMEs; null when there is no such name.
    Result<const ZoneNode*> find(const std::string& name) const;
    const ZoneNode* find_exact_or_wildcard(const std::string& name) const;
    bool has_names_below(const std::string& name) const;

    Zone zone_;
};

}  // namespace postern::dns
