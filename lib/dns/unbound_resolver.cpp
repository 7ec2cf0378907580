// SPDX-License-Identifier: BSD-2-Clause
#include "dns/unbound_resolver.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unbound.h>
#include <unistd.h>

#include "dns/rdata.hpp"
#include "dns/reverse_name.hpp"
#include "sys/system_call.hpp"

namespace postern::dns {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// How often those who wait look whether they are told to stop.
constexpr std::chrono::milliseconds kBetweenLooks{250};

enum class Type { a = 1, ptr = 12, mx = 15, aaaa = 28 };  // IANA: DNS resource record types
constexpr int kClassInternet = 1;
constexpr int kNoError = 0;  // RCODE
constexpr int kNxDomain = 3;

std::string_view to_string(Type type) {
    switch (type) {
        case Type::a: return "A";
        case Type::ptr: return "PTR";
        case Type::mx: return "MX";
        case Type::aaaa: return "AAAA";
    }
    return "?";
}

struct FreeContext {
    void operator()(ub_ctx* context) const { ub_ctx_delete(context); }
};
struct FreeResult {
    void operator()(ub_result* result) const { ub_resolve_free(result); }
};
using OwnedResult = std::unique_ptr<ub_result, FreeResult>;

/// Zones that libunbound answers itself, with NXDOMAIN, unless told not to. Whoever names a server
/// wants that server's answers.
constexpr std::array<const char*, 6> kBuiltInZones{"localhost.",        "test.",      "invalid.",
                                                   "127.in-addr.arpa.", "home.arpa.", "onion."};

std::string server_text(const Server& server) {
    return server.address.to_string() + "@" + std::to_string(server.port);
}

/// Where the asynchronous call leaves its outcome.
struct Pending {
    bool finished = false;
    int error = 0;
    OwnedResult result;
};

void finish(void* pending, int error, ub_result* result) {
    auto& target = *static_cast<Pending*>(pending);
    target.finished = true;
    target.error = error;
    target.result.reset(result);
}

int milliseconds_until(SteadyClock::time_point deadline) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - SteadyClock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

std::string why_bogus(const ub_result& result) {
    return result.why_bogus != nullptr ? result.why_bogus : "validation failed";
}

template <class Record>
Result<Lookup<Record>> read_records(const ub_result& result,
                                    const std::function<std::optional<Record>(std::string_view)>& read) {
    using Kind = typename Lookup<Record>::Kind;
    if (result.nxdomain != 0) return Lookup<Record>{Kind::no_such_name, {}};
    if (result.havedata == 0) return Lookup<Record>{};
    Lookup<Record> lookup{Kind::found, {}, result.secure != 0};
    for (int i = 0; result.data[i] != nullptr; ++i)
        if (auto record = read({result.data[i], static_cast<std::size_t>(result.len[i])}))
            lookup.records.push_back(std::move(*record));
    // Records that nobody can read are not the same as none: a domain without MX is its own mail host.
    if (lookup.records.empty())
        return Error(Fault::temporary, "the records of " + std::string(result.qname) + " cannot be read");
    return lookup;
}

}  // namespace

/// One libunbound context, set up by the options. Several threads may wait for answers at once: one of them
/// reads what libunbound has to say, for all.
class UnboundResolver::Context {
public:
    /// `trust_anchor`: the file; "" = it validates nothing.
    static Result<std::unique_ptr<Context>> create(const Options& options, const std::string& trust_anchor);
    Status trust(const std::string& anchor);
    Result<OwnedResult> resolve(const std::string& name, Type type, const Options& options);

private:
    explicit Context(ub_ctx* context) : context_(context) {}
    Status use_servers(const std::vector<Server>& servers);
    Status set(const char* option, const char* value);
    /// False when there is no answer in time; there will be none then.
    bool wait_for(const Pending& pending, int query, const Options& options);
    void read_answers(std::unique_lock<std::mutex>& lock, SteadyClock::time_point deadline);

    std::unique_ptr<ub_ctx, FreeContext> context_;
    std::mutex mutex_;  ///< held wherever answers are taken in, and so over everything that is Pending
    std::condition_variable somebody_stopped_reading_;
    bool is_read_ = false;  ///< somebody is at it
};

Result<std::unique_ptr<UnboundResolver::Context>> UnboundResolver::Context::create(
    const Options& options, const std::string& trust_anchor) {
    std::unique_ptr<Context> context(new Context(ub_ctx_create()));
    if (!context->context_) return Error(Fault::temporary, "libunbound: cannot create a context");
    ub_ctx_async(context->context_.get(), 1);                              // a thread, not a forked process
    if (!trust_anchor.empty()) POSTERN_TRY(context->trust(trust_anchor));  // nothing can be set behind a zone
    if (!options.servers.empty()) POSTERN_TRY(context->use_servers(options.servers));
    return context;
}

/// libunbound reads the file with its first look-up, and then only says that something is wrong.
Status UnboundResolver::Context::trust(const std::string& anchor) {
    if (::access(anchor.c_str(), R_OK) != 0) return sys::errno_error("dns.trust_anchor:", anchor);
    if (const int error = ub_ctx_add_ta_file(context_.get(), anchor.c_str()); error != 0)
        return Error(Fault::configuration, "dns.trust_anchor: " + anchor + ": " + ub_strerror(error));
    return done;
}

Status UnboundResolver::Context::set(const char* option, const char* value) {
    if (const int error = ub_ctx_set_option(context_.get(), option, value); error != 0)
        return Error(Fault::internal, std::string("libunbound: ") + option + " " + ub_strerror(error));
    return done;
}

Status UnboundResolver::Context::use_servers(const std::vector<Server>& servers) {
    POSTERN_TRY(set("do-not-query-localhost:", "no"));
    POSTERN_TRY(set("unblock-lan-zones:", "yes"));
    for (const auto& server : servers)
        if (const int error = ub_ctx_set_fwd(context_.get(), server_text(server).c_str()); error != 0)
            return Error(Fault::configuration,
                         "dns.servers: " + server_text(server) + ": " + ub_strerror(error));
    for (const char* zone : kBuiltInZones) ub_ctx_zone_remove(context_.get(), zone);  // may not be there
    return done;
}

bool UnboundResolver::Context::wait_for(const Pending& pending, int query, const Options& options) {
    const auto deadline = SteadyClock::now() + options.patience;
    std::unique_lock lock(mutex_);
    while (!pending.finished && SteadyClock::now() < deadline && !options.told_to_stop()) {
        const auto next_look = std::min(deadline, SteadyClock::now() + kBetweenLooks);
        if (is_read_)
            somebody_stopped_reading_.wait_until(lock, next_look);
        else
            read_answers(lock, next_look);
    }
    if (!pending.finished) ub_cancel(context_.get(), query);
    return pending.finished;
}

void UnboundResolver::Context::read_answers(std::unique_lock<std::mutex>& lock,
                                            SteadyClock::time_point deadline) {
    is_read_ = true;
    lock.unlock();
    pollfd readable{ub_fd(context_.get()), POLLIN, 0};
    const bool is_ready = poll(&readable, 1, milliseconds_until(deadline)) > 0;
    lock.lock();
    if (is_ready) ub_process(context_.get());
    is_read_ = false;
    somebody_stopped_reading_.notify_all();
}

Result<OwnedResult> UnboundResolver::Context::resolve(const std::string& name, Type type,
                                                      const Options& options) {
    const auto trouble = [&](std::string_view what) {
        return Error(Fault::temporary,
                     std::string(to_string(type)) + " of " + name + ": " + std::string(what));
    };
    if (options.told_to_stop()) return trouble("told to stop");
    Pending pending;
    int query = 0;
    const std::string absolute = name + ".";
    if (const int error = ub_resolve_async(context_.get(), absolute.c_str(), static_cast<int>(type),
                                           kClassInternet, &pending, finish, &query);
        error != 0)
        return trouble(ub_strerror(error));
    if (!wait_for(pending, query, options)) return trouble("no answer in time");
    if (pending.error != 0) return trouble(ub_strerror(pending.error));
    if (pending.result->bogus != 0) return trouble("DNSSEC: " + why_bogus(*pending.result));
    if (pending.result->rcode != kNoError && pending.result->rcode != kNxDomain)
        return trouble("the DNS server failed (RCODE " + std::to_string(pending.result->rcode) + ")");
    return std::move(pending.result);
}

UnboundResolver::UnboundResolver(Options options) : options_(std::move(options)) {}
UnboundResolver::~UnboundResolver() = default;

Result<UnboundResolver::Context*> UnboundResolver::context() {
    const std::lock_guard lock(creation_);
    if (!context_) {
        POSTERN_ASSIGN(context_, Context::create(options_, ""));
    }
    return context_.get();
}

Result<UnboundResolver::Context*> UnboundResolver::validating_context() {
    const std::lock_guard lock(creation_);
    if (!validating_context_) {
        POSTERN_ASSIGN(validating_context_, Context::create(options_, options_.trust_anchor));
    }
    return validating_context_.get();
}

Result<Lookup<MxRecord>> UnboundResolver::mail_exchangers(const std::string& domain) {
    POSTERN_ASSIGN(auto* ready, context());
    POSTERN_ASSIGN(const auto result, ready->resolve(domain, Type::mx, options_));
    return read_records<MxRecord>(*result, read_mx);
}

Result<Lookup<MxRecord>> UnboundResolver::proven_mail_exchangers(const std::string& domain) {
    POSTERN_ASSIGN(auto* ready, validating_context());
    POSTERN_ASSIGN(const auto result, ready->resolve(domain, Type::mx, options_));
    return read_records<MxRecord>(*result, read_mx);
}

Result<Lookup<IpAddress>> UnboundResolver::addresses(const std::string& host, IpAddress::Family family) {
    POSTERN_ASSIGN(auto* ready, context());
    const auto type = family == IpAddress::Family::v4 ? Type::a : Type::aaaa;
    POSTERN_ASSIGN(const auto result, ready->resolve(host, type, options_));
    return read_records<IpAddress>(*result,
                                   [family](std::string_view rdata) { return read_address(rdata, family); });
}

Result<Lookup<std::string>> UnboundResolver::names_of(const IpAddress& address) {
    POSTERN_ASSIGN(auto* ready, context());
    POSTERN_ASSIGN(const auto result, ready->resolve(reverse_name(address), Type::ptr, options_));
    return read_records<std::string>(*result, read_name);
}

}  // namespace postern::dns
