// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/command.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace postern::smtp {

namespace {

struct Name {
    std::string_view text;
    Verb verb;
};
constexpr std::array kVerbs{
    Name{"EHLO", Verb::ehlo},        Name{"HELO", Verb::helo},        Name{"LHLO", Verb::lhlo},
    Name{"MAIL", Verb::mail},        Name{"RCPT", Verb::rcpt},        Name{"DATA", Verb::data},
    Name{"BDAT", Verb::bdat},        Name{"RSET", Verb::rset},        Name{"NOOP", Verb::noop},
    Name{"VRFY", Verb::vrfy},        Name{"EXPN", Verb::expn},        Name{"XCLIENT", Verb::xclient},
    Name{"HELP", Verb::help},        Name{"QUIT", Verb::quit},        Name{"STARTTLS", Verb::starttls},
    Name{"AUTH", Verb::auth},        Name{"ETRN", Verb::etrn},        Name{"ATRN", Verb::not_offered},
    Name{"BURL", Verb::not_offered}, Name{"TURN", Verb::not_offered}, Name{"SEND", Verb::not_offered},
    Name{"SOML", Verb::not_offered}, Name{"SAML", Verb::not_offered}};

constexpr std::array<std::string_view, 10> kHttpMethods{"GET",     "HEAD",    "POST",  "PUT",   "DELETE",
                                                        "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI"};

Verb verb_of(std::string_view word) {
    const auto* name = std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Name& candidate) {
        return ascii::equals_ignoring_case(candidate.text, word);
    });
    return name == kVerbs.end() ? Verb::unknown : name->verb;
}

std::string_view without_trailing_blanks(std::string_view line) {
    while (!line.empty() && ascii::is_blank(line.back())) line.remove_suffix(1);
    return line;
}

}  // namespace

Command parse_command(std::string_view line) {
    line = without_trailing_blanks(line);
    const auto space = std::min(line.find(' '), line.size());
    return {verb_of(line.substr(0, space)), line.substr(std::min(space + 1, line.size()))};
}

bool is_http_request(std::string_view line) {
    const auto method = line.substr(0, line.find(' '));
    return method.size() < line.size() &&
           std::find(kHttpMethods.begin(), kHttpMethods.end(), method) != kHttpMethods.end();
}

bool take_keyword(std::string_view& text, std::string_view keyword) {
    if (!ascii::starts_ignoring_case(text, keyword)) return false;
    text.remove_prefix(keyword.size());
    return true;
}

}  // namespace postern::smtp
