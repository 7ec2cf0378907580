// SPDX-License-Identifier: BSD-2-Clause
// What a reply, or the lack of one, means for a recipient. Pure translations for the client.
#pragma once

#include "smtp/client.hpp"

namespace postern::smtp {

/// The result that this reply to `step` gives to those who depend on it.
ClientResult result_of(ClientStep step, const Reply& reply);

/// The host spoke when nothing was asked.
ClientResult result_of_unasked(const Reply& reply);

/// No reply will come any more.
ClientResult result_of(End why);

/// What was received breaks the protocol.
ClientResult result_of_garbage();

/// RFC 5321 §4.5.3.1.10: does the reply to RCPT say that the transaction has too many recipients already?
/// 552 did so in RFC 821, and is then no permanent failure.
bool says_too_many_recipients(const Reply& reply);

/// The reply in one line of bounded length, code first.
std::string one_line(const Reply& reply);

}  // namespace postern::smtp
