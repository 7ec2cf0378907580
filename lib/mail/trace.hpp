// SPDX-License-Identifier: BSD-2-Clause
// The fields that a server puts on top of a message (RFC 5321 §4.4), as text. Nothing that the peer has
// said stands in them unescaped, and no line is longer than 998 octets.
#pragma once

#include <string>
#include <string_view>

#include "mail/envelope.hpp"

namespace postern::mail {

/// "Received: from … by …;" with CRLF line ends, folded. `id` is the message's, `by` this server's name.
/// The recipient is named only when there is one: a second one must not be disclosed (§7.2).
std::string received_field(const Envelope& envelope, std::string_view by, std::string_view id);

/// "Delivered-To: …" with its CRLF: whoever delivers for a name, or sends on in its place, leaves this mark.
std::string delivered_to_field(const Address& name);

/// "Return-Path: <…>" with its CRLF, as final delivery adds it.
std::string return_path_field(const ReversePath& reverse_path);

}  // namespace postern::mail
