// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/client_result.hpp"

#include <algorithm>

#include "smtp/enhanced_status.hpp"

namespace postern::smtp {

namespace {

using Kind = ClientResult::Kind;

constexpr std::size_t kLongestQuote = 400;  // octets of a host's words that are kept

std::string_view refusal_text(ClientStep step) {
    switch (step) {
        case ClientStep::greeting: return "the host refused the connection";
        case ClientStep::ehlo:
        case ClientStep::helo: return "the host refused our name";
        case ClientStep::starttls: return "the host refused TLS";
        case ClientStep::mail: return "the host refused the sender";
        case ClientStep::recipient: return "the host refused the recipient";
        case ClientStep::reset:
        case ClientStep::data:
        case ClientStep::nothing:
        case ClientStep::chunk:
        case ClientStep::content:
        case ClientStep::quit: return "the host refused the message";
    }
    return "the host refused";
}

}  // namespace

std::string one_line(const Reply& reply) {
    std::string line = std::to_string(reply.code);
    if (!reply.status.empty()) line += " " + reply.status;
    if (!reply.text.empty()) line += " " + reply.text.substr(0, kLongestQuote);
    std::ranges::replace(line, '\n', ' ');
    return line;
}

ClientResult result_of(ClientStep step, const Reply& reply) {
    if (reply.code == 421) return {Kind::deferred, status_of(reply), "the host closed down", one_line(reply)};
    if (reply.is_permanent())
        return {Kind::failed, status_of(reply), std::string(refusal_text(step)), one_line(reply)};
    if (reply.is_temporary())
        return {Kind::deferred, status_of(reply), std::string(refusal_text(step)) + " for now",
                one_line(reply)};
    if ((step == ClientStep::content || step == ClientStep::chunk) && reply.code < 300)
        return {Kind::accepted, status_of(reply), "", one_line(reply)};
    return {Kind::deferred, "4.5.0", "the host's reply makes no sense here", one_line(reply)};
}

ClientResult result_of_unasked(const Reply& reply) {
    if (reply.code == 421) return result_of(ClientStep::nothing, reply);
    return {Kind::deferred, "4.5.0", "the host spoke when nothing was asked", one_line(reply)};
}

ClientResult result_of(End why) {
    switch (why) {
        case End::closed: return {Kind::deferred, "4.4.2", "the host closed the connection", ""};
        case End::out_of_time:
        case End::too_slow:
        case End::timed_out: return {Kind::deferred, "4.4.2", "the host did not answer in time", ""};
        case End::told_to_stop: return {Kind::deferred, "4.3.2", "this server was told to stop", ""};
        case End::broken: break;
    }
    return {Kind::deferred, "4.4.2", "the connection broke", ""};
}

ClientResult result_of_garbage() {
    return {Kind::deferred, "4.5.0", "the host does not speak SMTP as it should", ""};
}

bool says_too_many_recipients(const Reply& reply) {
    if (reply.code == 452) return reply.status.empty() || reply.status == "4.5.3";
    return reply.code == 552 && (reply.status.empty() || reply.status == "5.5.3");
}

}  // namespace postern::smtp
