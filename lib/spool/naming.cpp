// SPDX-License-Identifier: BSD-2-Clause
#include "spool/naming.hpp"

namespace postern::spool {

namespace {

/// Puts together what stands behind the @ of a relay name, host by host.
class DomainPart {
public:
    void add(const mail::Address& recipient) {
        const std::string host = recipient.host_text();
        if (text_.empty())
            text_ = host;
        else if (text_ != host)
            text_ = kSeveralDomains;
    }
    std::string text() const { return text_.empty() ? std::string(kSeveralDomains) : text_; }

private:
    std::string text_;
};

}  // namespace

std::string name_in(Lane lane, const Head& head) {
    if (lane == Lane::received) return head.id.text();
    DomainPart domain;
    for (const mail::Recipient& recipient : head.envelope.recipients) domain.add(recipient.address);
    return RelayName{kUsualPriority, head.id, domain.text()}.to_string();
}

std::string name_in(Lane lane, const MessageId& id, const History& history, int priority) {
    if (lane == Lane::received) return id.text();
    DomainPart domain;
    for (const std::size_t index : history.open()) domain.add(history.recipients()[index].address);
    return RelayName{priority, id, domain.text()}.to_string();
}

int priority_in_name(std::string_view name) {
    const auto relay = RelayName::parse(name);
    return relay ? relay->priority : kUsualPriority;
}

}  // namespace postern::spool
