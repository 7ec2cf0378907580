// SPDX-License-Identifier: BSD-2-Clause
// Parameters of MAIL and RCPT: what is taken is legal, and can be kept and sent on as it is.
#include "smtp/parameters.hpp"

#include "base/utf8.hpp"
#include "fuzz.hpp"
#include "mail/dsn_parameters.hpp"
#include "mail/xtext.hpp"

using namespace postern;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    for (const auto place : {smtp::ParameterPlace::mail, smtp::ParameterPlace::rcpt}) {
        const auto read = smtp::parse_parameters(input, place, {.future_release = true, .require_tls = true});
        const auto* said = std::get_if<smtp::Parameters>(&read);
        if (said == nullptr) continue;
        const auto envid = mail::from_xtext(said->envid);
        fuzz::require(envid && envid->size() <= 100 && utf8::is_text(*envid), "an ENVID is short xtext");
        fuzz::require(said->orcpt.size() <= 500 && utf8::is_text(said->orcpt), "an ORCPT is short text");
        fuzz::require(said->notify.empty() || mail::parse_notify(said->notify) == said->notify,
                      "a NOTIFY is kept in its one form");
    }
    return 0;
}
