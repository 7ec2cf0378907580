// SPDX-License-Identifier: BSD-2-Clause
// HELP (RFC 5321 §4.1.1.8): the commands that are offered to this client, or one of them explained.
#include <algorithm>
#include <array>

#include "smtp/session.hpp"
#include "smtp/session_rules.hpp"

namespace postern::smtp {

namespace {

struct Explanation {
    Verb verb;
    std::string_view syntax;
    std::string_view meaning;
};

/// In the order in which HELP lists them.
constexpr std::array kExplanations{
    Explanation{Verb::ehlo, "EHLO name or [address]", "Greets, and asks what this server offers"},
    Explanation{Verb::helo, "HELO name or [address]", "Greets, as it was before there were extensions"},
    Explanation{Verb::lhlo, "LHLO name or [address]", "Greets, and asks what this server offers"},
    Explanation{Verb::mail, "MAIL FROM:<address> [parameters]", "Begins a message; <> for a report"},
    Explanation{Verb::rcpt, "RCPT TO:<address> [parameters]", "Names a recipient; once for each"},
    Explanation{Verb::data, "DATA", "The content follows; it ends with a dot on a line by itself"},
    Explanation{Verb::bdat, "BDAT size [LAST]", "So many octets of the content follow at once"},
    Explanation{Verb::rset, "RSET", "Drops the message that was begun"},
    Explanation{Verb::noop, "NOOP", "Does nothing"},
    Explanation{Verb::vrfy, "VRFY name or address [SMTPUTF8]", "Asks whether there is such a mailbox"},
    Explanation{Verb::expn, "EXPN list [SMTPUTF8]", "Asks who is on a list"},
    Explanation{Verb::xclient, "XCLIENT attribute=value ...", "Tells on whose behalf this host speaks"},
    Explanation{Verb::etrn, "ETRN domain or @domain", "Has the mail sent that waits for it"},
    Explanation{Verb::starttls, "STARTTLS", "Goes on in TLS"},
    Explanation{Verb::auth, "AUTH mechanism [initial-response]", "Proves who the client is"},
    Explanation{Verb::help, "HELP [command]", "Lists the commands, or explains one"},
    Explanation{Verb::quit, "QUIT", "Ends the session"},
};

}  // namespace

void Session::on_help(std::string_view argument) {
    if (argument.empty()) return say(replies::help(offered_commands()));
    const auto* found = std::ranges::find(kExplanations, parse_command(argument).verb, &Explanation::verb);
    const bool known = found != kExplanations.end() && is_offered(*find_rule(found->verb));
    if (!known) return complain(replies::no_such_help);
    say(replies::explanation(found->syntax, found->meaning));
}

std::string Session::offered_commands() const {
    std::string names;
    for (const auto& each : kExplanations)
        if (is_offered(*find_rule(each.verb)))
            names += ' ' + std::string(each.syntax.substr(0, each.syntax.find(' ')));
    return names;
}

}  // namespace postern::smtp
