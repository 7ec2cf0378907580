// SPDX-License-Identifier: BSD-2-Clause
#include "server/verification.hpp"

#include "smtp/replies.hpp"

namespace postern::server {

namespace {

void log_answer(Log& log, Severity severity, std::string_view event, const callout::Question& question,
                const std::string& words) {
    const auto& server = question.server;
    log.write(severity, event,
              {{"to", question.recipient.to_string()},
               {"host", server.host + ":" + std::to_string(server.port)},
               {"reason", words}});
}

}  // namespace

smtp::Verdict verdict_on(const callout::Question& question, const callout::Answer& answer, Log& log) {
    using Kind = callout::Answer::Kind;
    switch (answer.kind) {
        case Kind::accepted: return smtp::Verdict::accept();
        case Kind::refused:
            log_answer(log, Severity::info, "refused_elsewhere", question, answer.words);
            return smtp::Verdict::refuse(smtp::replies::refused_elsewhere);
        case Kind::unknown:
        case Kind::undecided: break;
    }
    log_answer(log, Severity::notice, "not_verified", question, answer.words);
    return smtp::Verdict::refuse(smtp::replies::cannot_ask);
}

policy::MailDomain domain_by(const callout::DomainQuestion& question, const callout::Answer& answer,
                             Log& log) {
    using Kind = callout::Answer::Kind;
    switch (answer.kind) {
        case Kind::accepted: return policy::MailDomain::takes_mail;
        case Kind::refused: return policy::MailDomain::takes_none;
        case Kind::unknown: return policy::MailDomain::unknown;
        case Kind::undecided: break;
    }
    log.write(Severity::notice, "not_verified",
              {{"domain", question.domain.text()}, {"reason", answer.words}});
    return policy::MailDomain::undecided;
}

}  // namespace postern::server
