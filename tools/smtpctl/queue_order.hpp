// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "queue_selection.hpp"
#include "spool/queue_orders.hpp"

namespace postern::smtpctl {

/// Carries an order out for each message that is meant, says so in the log, and goes on after one that cannot
/// be had. Ends with the first trouble; a message that went while a selection was read is none.
Ending order_each(Toolbox& tools, const Selection& selection, spool::Order order,
                  const std::string& reason = {});

}  // namespace postern::smtpctl
