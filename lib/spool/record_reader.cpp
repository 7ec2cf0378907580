// SPDX-License-Identifier: BSD-2-Clause
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "spool/record_codec.hpp"

namespace postern::spool {

namespace {

using Json = nlohmann::json;

/// A member's text without its %XX; "" when there is none.
std::string text_in(const Json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || !found->is_string()) return {};
    return unescape(found->get_ref<const std::string&>()).value_or("");
}

RecipientSet recipients_in(const Json& line) {
    return parse_recipient_set(text_in(line, "recipients")).value_or(RecipientSet{});
}

std::optional<Event> read_members(const Json& line) {
    const auto of = line.find("of"), to = line.find("to");
    if (of == line.end() || !of->is_number_unsigned() || to == line.end() || !to->is_array())
        return std::nullopt;
    Members members{of->get<std::size_t>(), {}};
    if (line.contains("from")) {
        members.from = mail::Address::parse(text_in(line, "from"));
        if (!members.from) return std::nullopt;
    }
    for (const Json& member : *to) {
        if (!member.is_string()) return std::nullopt;
        auto address = mail::Address::parse(unescape(member.get_ref<const std::string&>()).value_or(""));
        if (!address) return std::nullopt;
        members.to.push_back(*std::move(address));
    }
    return members;
}

Outcome::Reach reach_in(const Json& line) {
    const std::string dsn = text_in(line, "dsn");
    if (dsn == "relayed") return Outcome::Reach::silent_host;
    return dsn == "passed_on" ? Outcome::Reach::reporting_host : Outcome::Reach::mailbox;
}

Event read_outcome(const Json& line, Outcome::Kind kind) {
    return Outcome{kind,
                   recipients_in(line),
                   text_in(line, "status"),
                   text_in(line, "reason"),
                   text_in(line, "host"),
                   text_in(line, "reply"),
                   parse_rfc3339(text_in(line, "next")),
                   reach_in(line)};
}

std::optional<Event> read_child(const Json& line) {
    auto id = MessageId::parse(text_in(line, "id"));
    const auto lane = parse_lane(text_in(line, "lane"));
    if (!id || !lane) return std::nullopt;
    return Child{*std::move(id), text_in(line, "purpose"), *lane, recipients_in(line)};
}

std::optional<Event> read_event(const Json& line) {
    const std::string event = text_in(line, "event");
    if (event == "begun") return Begun{text_in(line, "runner")};
    if (event == "members") return read_members(line);
    if (event == "expanded") return Expanded{};
    if (event == "delivered") return read_outcome(line, Outcome::Kind::delivered);
    if (event == "deferred") return read_outcome(line, Outcome::Kind::deferred);
    if (event == "failed") return read_outcome(line, Outcome::Kind::failed);
    if (event == "child") return read_child(line);
    if (event == "held") return Held{text_in(line, "reason"), text_in(line, "by")};
    if (event == "retried") return Retried{};
    if (event == "left") return Left{};
    if (event == "released") return Released{text_in(line, "by")};
    if (event == "removed") return Removed{text_in(line, "by")};
    return std::nullopt;
}

}  // namespace

std::optional<Record> parse_log_line(std::string_view line) {
    const Json parsed = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!parsed.is_object()) return std::nullopt;
    const auto at = parse_rfc3339(text_in(parsed, "at"));
    auto event = read_event(parsed);
    if (!at || !event) return std::nullopt;
    return Record{*at, *std::move(event)};
}

}  // namespace postern::spool
