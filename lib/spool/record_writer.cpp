// SPDX-License-Identifier: BSD-2-Clause
#include "base/hash.hpp"
#include "base/json_text.hpp"
#include "spool/record_codec.hpp"

namespace postern::spool {

namespace {

constexpr std::size_t kChainOctets = 16;
constexpr std::string_view kChainKey = R"(,"chain":")";
constexpr std::string_view kLineEnd = R"("})";
constexpr std::size_t kChainPart = kChainKey.size() + 2 * kChainOctets + kLineEnd.size();

std::string next_chain(std::string_view previous, std::string_view line) {
    return Hash(kChainOctets).add(previous).add(line).finish_hex();
}

std::string_view name_of(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::delivered: return "delivered";
        case Outcome::Kind::deferred: return "deferred";
        case Outcome::Kind::failed: return "failed";
    }
    return "";
}

std::string_view name_of(Outcome::Reach reach) {
    switch (reach) {
        case Outcome::Reach::silent_host: return "relayed";
        case Outcome::Reach::reporting_host: return "passed_on";
        case Outcome::Reach::mailbox: break;
    }
    return "";
}

/// Writes an event's name and members.
struct EventWriter {
    JsonWriter& json;

    void operator()(const Begun& begun) { json.member("event", "begun").member("runner", begun.runner); }
    void operator()(const Members& members) {
        json.member("event", "members").member("of", members.of);
        if (members.from) json.member("from", members.from->to_string());
        json.key("to").open_array();
        for (const mail::Address& member : members.to) json.value(member.to_string());
        json.close_array();
    }
    void operator()(const Expanded&) { json.member("event", "expanded"); }
    void operator()(const Outcome& outcome) {
        json.member("event", name_of(outcome.kind)).member("recipients", to_string(outcome.recipients));
        json.member_unless_empty("status", outcome.status).member_unless_empty("reason", outcome.reason);
        json.member_unless_empty("host", outcome.host).member_unless_empty("reply", outcome.reply);
        if (outcome.next) json.member("next", format_rfc3339(*outcome.next));
        json.member_unless_empty("dsn", name_of(outcome.reach)).member_unless_empty("tls", outcome.tls);
    }
    void operator()(const Child& child) {
        json.member("event", "child").member("id", child.id.text()).member("purpose", child.purpose);
        json.member("lane", to_string(child.lane)).member("recipients", to_string(child.recipients));
    }
    void operator()(const Held& held) {
        json.member("event", "held").member("reason", held.reason).member_unless_empty("by", held.by);
    }
    void operator()(const Retried&) { json.member("event", "retried"); }
    void operator()(const Left&) { json.member("event", "left"); }
    void operator()(const Released& released) {
        json.member("event", "released").member_unless_empty("by", released.by);
    }
    void operator()(const Removed& removed) {
        json.member("event", "removed").member_unless_empty("by", removed.by);
    }
};

}  // namespace

void append_log_line(std::string& out, const Record& record, std::string& chain) {
    std::string line;
    JsonWriter json(line);
    json.open_object().member("at", format_rfc3339(record.at));
    std::visit(EventWriter{json}, record.event);
    chain = next_chain(chain, line);
    out += line;
    out += kChainKey;
    out += chain;
    out += kLineEnd;
    out += '\n';
}

bool continues_chain(std::string_view line, std::string& chain) {
    if (line.size() <= kChainPart) return false;
    const std::string_view own = line.substr(0, line.size() - kChainPart);
    const std::string expected = next_chain(chain, own);
    const std::string_view part = line.substr(own.size());
    if (!part.starts_with(kChainKey) || !part.ends_with(kLineEnd)) return false;
    if (part.substr(kChainKey.size(), expected.size()) != expected) return false;
    chain = expected;
    return true;
}

bool calls_for_children(const Record& record) {
    return !std::holds_alternative<Begun>(record.event) && !std::holds_alternative<Left>(record.event);
}

}  // namespace postern::spool
