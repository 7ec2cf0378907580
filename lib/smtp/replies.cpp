// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/replies.hpp"

namespace postern::smtp::replies {

Reply greeting(std::string_view hostname, Dialect dialect) {
    return {220, "", std::string(hostname) + (dialect == Dialect::lmtp ? " LMTP" : " ESMTP") + " Postern"};
}

Reply hello(std::string_view hostname) { return {250, "", std::string(hostname)}; }

Reply challenge(std::string_view text) { return {334, "", std::string(text)}; }

Reply queued(std::string_view id) { return {250, "2.0.0", "Queued as " + std::string(id)}; }

Reply not_valid(const mail::Flaw& flaw) {
    return {554, "5.6.0", "The message is not valid: " + to_string(flaw)};
}

Reply verified(std::string_view addresses) { return {250, "2.1.5", std::string(addresses)}; }

Reply help(std::string_view commands) {
    return {214, "2.0.0",
            "Commands:" + std::string(commands) + "\nSee RFC 5321; for help by people write to postmaster"};
}

Reply explanation(std::string_view syntax, std::string_view meaning) {
    return {214, "2.0.0", std::string(syntax) + '\n' + std::string(meaning)};
}

}  // namespace postern::smtp::replies
