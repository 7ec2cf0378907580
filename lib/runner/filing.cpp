// SPDX-License-Identifier: BSD-2-Clause
#include "runner/filing.hpp"

namespace postern::runner {

namespace {

constexpr std::string_view kSeveral = "+";

/// Puts together what stands behind the @ of a relay name, host by host.
class DomainPart {
public:
    void add(const mail::Address& recipient) {
        const std::string host = recipient.host_text();
        if (text_.empty())
            text_ = host;
        else if (text_ != host)
            text_ = kSeveral;
    }
    std::string text() const { return text_.empty() ? std::string(kSeveral) : text_; }

private:
    std::string text_;
};

int priority_of(const std::string& path) {
    const auto name = spool::RelayName::parse(path.substr(path.rfind('/') + 1));
    return name ? name->priority : spool::kUsualPriority;
}

}  // namespace

std::string name_in(spool::Lane lane, const spool::Head& head) {
    if (lane == spool::Lane::received) return head.id.text();
    DomainPart domain;
    for (const mail::Recipient& recipient : head.envelope.recipients) domain.add(recipient.address);
    return spool::RelayName{spool::kUsualPriority, head.id, domain.text()}.to_string();
}

std::string name_in(spool::Lane lane, const spool::Message& message) {
    if (lane == spool::Lane::received) return message.id().text();
    DomainPart domain;
    for (const std::size_t index : message.history().open())
        domain.add(message.history().recipients()[index].address);
    return spool::RelayName{priority_of(message.path()), message.id(), domain.text()}.to_string();
}

Status file_by_history(const spool::Layout& layout, spool::Message& message, spool::Lane lane, Instant now) {
    const auto due = message.history().due();
    const bool is_at_once = !due || *due <= now;
    return message.move_to(is_at_once ? layout.now(lane) : layout.minute(lane, minute_not_before(*due)),
                           name_in(lane, message));
}

}  // namespace postern::runner
