// SPDX-License-Identifier: BSD-2-Clause
// What a peer hears when another server was asked for its recipient. That server's words go to the log: in a
// reply they would tell strangers about a host that is not theirs to see.
#pragma once

#include "base/log.hpp"
#include "callout/domain_question.hpp"
#include "callout/question.hpp"
#include "policy/mail_domain.hpp"
#include "smtp/effect.hpp"

namespace postern::server {

smtp::Verdict verdict_on(const callout::Question& question, const callout::Answer& answer, Log& log);

/// What is known of a domain; trouble with the DNS is logged.
policy::MailDomain domain_by(const callout::DomainQuestion& question, const callout::Answer& answer,
                             Log& log);

}  // namespace postern::server
