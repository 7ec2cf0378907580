// SPDX-License-Identifier: BSD-2-Clause
// Whether a peer may begin a transaction. Any reverse-path may, the null one always (RFC 5321 §4.5.5);
// what counts is that there is room for the message. Pure.
#pragma once

#include <cstdint>

#include "smtp/effect.hpp"

namespace postern::policy {

/// `free_space`: octets left where the spool is, of which `reserve` are for no session. Too few for the
/// declared size (RFC 1870 §6.1): 452.
smtp::Verdict judge_sender(const smtp::AskSender& question, std::uint64_t free_space, std::uint64_t reserve);

}  // namespace postern::policy
