// SPDX-License-Identifier: BSD-2-Clause
// The real resolver: libunbound, by forwarders (dns.servers) or by full recursion from the root. Any number
// of threads may ask it at once; they share its cache.
// What DNSSEC proves is looked up by a context of its own: validation asks more, and of more servers, than
// most mail needs.
// Creating libunbound's context costs more than starting a program, so it is made at the first look-up.
#pragma once

#include <memory>
#include <mutex>

#include "dns/options.hpp"
#include "dns/resolver.hpp"

namespace postern::dns {

class UnboundResolver : public Resolver {
public:
    explicit UnboundResolver(Options options);
    ~UnboundResolver() override;

    Result<Lookup<MxRecord>> mail_exchangers(const std::string& domain) override;
    Result<Lookup<MxRecord>> proven_mail_exchangers(const std::string& domain) override;
    Result<Lookup<IpAddress>> addresses(const std::string& host, IpAddress::Family family) override;
    Result<Lookup<std::string>> names_of(const IpAddress& address) override;

private:
    class Context;
    Result<Context*> context();
    Result<Context*> validating_context();

    Options options_;
    std::mutex creation_;
    std::unique_ptr<Context> context_;
    std::unique_ptr<Context> validating_context_;
};

}  // namespace postern::dns
