// SPDX-License-Identifier: BSD-2-Clause
// What a sender asks of reports about a message (RFC 3461 §4, RFC 6533 §3): the values of NOTIFY, ENVID and
// ORCPT, checked. An envelope keeps the last two as they were given, so that they go on unchanged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

/// When a report about a recipient may be sent.
enum class ReportOn { success, failure, delay };

/// NOTIFY as an envelope keeps it: "NEVER", or those of SUCCESS, FAILURE and DELAY that were named, in this
/// order and with commas. Nothing when it is not legal.
std::optional<std::string> parse_notify(std::string_view value);

/// Does a NOTIFY so kept ask for it? "", where nothing was said, asks for failure and delay.
bool asks_for(std::string_view notify, ReportOn event);

/// The NOTIFY that asks for whatever one of the two asks for.
std::string wider_notify(const std::string& one, const std::string& other);

/// The NOTIFY that asks for the same but success.
std::string without_success(const std::string& notify);

/// xtext of 1 to 100 printable ASCII characters.
bool is_envid(std::string_view value);

/// "rfc822;" and xtext of printable ASCII, or another type before it; "utf-8;" and an address in one of its
/// two forms, of which one needs SMTPUTF8. At most 500 octets.
bool is_orcpt(std::string_view value);

}  // namespace postern::mail
