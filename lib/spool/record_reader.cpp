// SPDX-License-Identifier: BSD-2-Clause
#include "spool/log_line.hpp"
#include "spool/record_codec.hpp"

namespace postern::spool {

namespace {

RecipientSet recipients_in(const LogLine& line) {
    return parse_recipient_set(line.text("recipients")).value_or(RecipientSet{});
}

std::optional<Event> read_members(const LogLine& line) {
    if (!line.of || !line.to) return std::nullopt;
    Members members{*line.of, {}};
    if (const auto* from = line.find("from")) {
        members.from = mail::Address::parse(*from);
        if (!members.from) return std::nullopt;
    }
    for (const std::string& member : *line.to) {
        auto address = mail::Address::parse(member);
        if (!address) return std::nullopt;
        members.to.push_back(*std::move(address));
    }
    return members;
}

Outcome::Reach reach_in(const LogLine& line) {
    const std::string dsn = line.text("dsn");
    if (dsn == "relayed") return Outcome::Reach::silent_host;
    return dsn == "passed_on" ? Outcome::Reach::reporting_host : Outcome::Reach::mailbox;
}

Event read_outcome(const LogLine& line, Outcome::Kind kind) {
    return Outcome{kind,
                   recipients_in(line),
                   line.text("status"),
                   line.text("reason"),
                   line.text("host"),
                   line.text("reply"),
                   parse_rfc3339(line.text("next")),
                   reach_in(line),
                   line.text("tls")};
}

std::optional<Event> read_child(const LogLine& line) {
    auto id = MessageId::parse(line.text("id"));
    const auto lane = parse_lane(line.text("lane"));
    if (!id || !lane) return std::nullopt;
    return Child{*std::move(id), line.text("purpose"), *lane, recipients_in(line)};
}

std::optional<Event> read_event(const LogLine& line) {
    const std::string event = line.text("event");
    if (event == "begun") return Begun{line.text("runner")};
    if (event == "members") return read_members(line);
    if (event == "expanded") return Expanded{};
    if (event == "delivered") return read_outcome(line, Outcome::Kind::delivered);
    if (event == "deferred") return read_outcome(line, Outcome::Kind::deferred);
    if (event == "failed") return read_outcome(line, Outcome::Kind::failed);
    if (event == "child") return read_child(line);
    if (event == "held") return Held{line.text("reason"), line.text("by")};
    if (event == "retried") return Retried{};
    if (event == "left") return Left{};
    if (event == "released") return Released{line.text("by")};
    if (event == "removed") return Removed{line.text("by")};
    return std::nullopt;
}

}  // namespace

std::optional<Record> parse_log_line(std::string_view line) {
    const auto told = read_log_line(line);
    if (!told) return std::nullopt;
    const auto at = parse_rfc3339(told->text("at"));
    auto event = read_event(*told);
    if (!at || !event) return std::nullopt;
    return Record{*at, *std::move(event)};
}

}  // namespace postern::spool
