// SPDX-License-Identifier: BSD-2-Clause
// Takes messages to other hosts. For each: room for its records is made sure of before its host hears of it,
// and what became of its recipients is recorded before the next step (postern-spool(5), A TRY). It knows
// nothing of the queue, and may carry several messages at once.
#pragma once

#include <vector>

#include "relay/connector.hpp"
#include "relay/parts.hpp"
#include "relay/recipients.hpp"
#include "relay/routes.hpp"
#include "relay/selection.hpp"

namespace postern::relay {

class Courier {
public:
    Courier(const Parts& parts, const Options& options, const Selection& selection, Routes& routes,
            HostStatus& hosts)
        : parts_(parts), options_(options), selection_(selection), routes_(routes), hosts_(hosts) {}

    /// Tries all recipients that may be tried now, and settles the message; or leaves it where it is when
    /// told to stop while names are looked up. An Error is this machine's.
    Task<Status> carry(spool::Message message, Connector& connector);

private:
    struct Load {
        spool::Message message;
        Connector& connector;
        std::vector<Outcome> unrecorded;
        bool is_left = false;  ///< told to stop before its way was known: the next pass has it
    };

    SortedRecipients sort(const spool::Message& message) const;
    Task<Status> deliver(Load& load, Consignment consignment);
    enum class Sent {
        some,  ///< those that are decided are taken out of `recipients`
        lost,  ///< the connection was lost before the content: try the next host
        late,  ///< the host had ended the conversation after an earlier message: call it again
    };
    /// One transaction for a part of `recipients`.
    Task<Result<Sent>> send_some(Load& load, spool::RecipientSet& recipients, Conversation& conversation);
    Status record(Load& load);
    Sent judge(const smtp::MessageDone& sent, const Conversation& conversation);

    Parts parts_;
    const Options& options_;
    const Selection& selection_;
    Routes& routes_;
    HostStatus& hosts_;
};

}  // namespace postern::relay
