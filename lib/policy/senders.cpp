// SPDX-License-Identifier: BSD-2-Clause
#include "policy/senders.hpp"

#include "smtp/replies.hpp"

namespace postern::policy {

smtp::Verdict judge_sender(const smtp::AskSender& question, std::uint64_t free_space, std::uint64_t reserve) {
    const bool fits = free_space >= reserve && question.size <= free_space - reserve;
    return fits ? smtp::Verdict::accept() : smtp::Verdict::refuse(smtp::replies::no_space);
}

}  // namespace postern::policy
