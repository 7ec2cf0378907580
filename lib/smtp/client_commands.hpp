// SPDX-License-Identifier: BSD-2-Clause
// How a client puts a message to a host: its commands, by what the host offers. Pure.
#pragma once

#include <set>
#include <string>

#include "smtp/client_effect.hpp"
#include "smtp/extensions.hpp"

namespace postern::smtp {

bool is_question(const ClientMessage& message);

/// Without line ends.
std::string mail_command(const ClientMessage& message, const Extensions& offers);
std::string rcpt_command(const ClientRecipient& recipient, const Extensions& offers);

/// By BDAT, or by DATA?
bool goes_in_chunks(const ClientMessage& message, const Extensions& offers);

/// Which recipients fit into a transaction (RFC 9422 §4.1), one after the other.
class Seats {
public:
    explicit Seats(const TransactionLimits& limits) : limits_(limits) {}
    bool take(const mail::Address& address);

private:
    const TransactionLimits& limits_;
    std::size_t taken_ = 0;
    std::set<std::string> domains_ = {};
};

}  // namespace postern::smtp
