// SPDX-License-Identifier: BSD-2-Clause
// What goes on with a recipient, to another host or in a child: his address, and what the sender asks of
// reports on him (RFC 3461 §5.2). Pure.
#pragma once

#include <string>

#include "spool/message.hpp"

namespace postern::runner {

/// ORCPT for an address (RFC 3461 §4.2, RFC 6533 §3), in the form that needs no SMTPUTF8.
std::string orcpt_of(const mail::Address& address);

/// A member has the ORCPT of the name that the sender wrote to. Nothing is said of members of a list with an
/// owner: they are sent to by him.
mail::Recipient onward_recipient(const spool::Message& message, std::size_t index);

}  // namespace postern::runner
