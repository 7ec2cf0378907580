// SPDX-License-Identifier: BSD-2-Clause
// For whom a message was delivered or sent on before it came (back) here: the Delivered-To: fields of its
// header. A name that is met a second time is a loop. The header is read in pieces, whatever its size.
#pragma once

#include <set>

#include "accounts/expansion.hpp"
#include "spool/message.hpp"

namespace postern::delivery {

class EarlierDeliveries {
public:
    static Result<EarlierDeliveries> read(const spool::Message& message);

    /// Was it there before: for this address, or for the account or alias that the address comes to? A
    /// message that passed through more than a hundred names is in a loop whatever they are.
    bool include(const mail::Address& recipient, const accounts::Destination& destination) const;

private:
    std::set<accounts::Mailbox> names_;
    bool are_too_many_ = false;
};

}  // namespace postern::delivery
