// SPDX-License-Identifier: BSD-2-Clause
// A command line of the client, divided into verb and argument (RFC 5321 §4.1.1, §2.4: case of a verb
// means nothing). What the argument must look like is the matter of each command.
#pragma once

#include <string_view>

namespace postern::smtp {

/// `not_offered`: the RFCs have it, this server does not.
enum class Verb {
    unknown,
    not_offered,
    ehlo,
    helo,
    lhlo,
    mail,
    rcpt,
    data,
    bdat,
    rset,
    noop,
    vrfy,
    expn,
    xclient,
    etrn,
    starttls,
    auth,
    help,
    quit
};

struct Command {
    Verb verb = Verb::unknown;
    std::string_view argument = {};  ///< behind the first space; "" when there is none
};

/// `line` is without its CRLF. Blanks at its end are ignored (§4.1.1).
Command parse_command(std::string_view line);

/// Is this the first line of an HTTP request? Browsers can be led to talk to mail servers.
bool is_http_request(std::string_view line);

/// Takes "FROM:" or "TO:" off the front, whatever its case. False when it is not there.
bool take_keyword(std::string_view& text, std::string_view keyword);

}  // namespace postern::smtp
