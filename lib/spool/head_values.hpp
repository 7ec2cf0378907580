// SPDX-License-Identifier: BSD-2-Clause
// Collects the members of line 1 while they are read, and says whether they make a whole envelope.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "spool/head.hpp"

namespace postern::spool {

class HeadValues {
public:
    /// Each returns false when the value cannot stand under this key; other keys are ignored.
    bool take(std::string_view key, const std::string& value);
    bool take_peer(std::string_view key, const std::string& value);
    bool take_recipient(std::string_view key, const std::string& value);
    bool end_recipient();

    /// What the values were refused for; `otherwise` when none was.
    std::string trouble(std::string_view otherwise) const;
    /// Nothing when something that must be said was not.
    std::optional<Head> head() &&;

private:
    bool refuse(std::string_view key);
    bool take_reverse_path(const std::string& value);

    mail::Envelope envelope_;
    std::optional<MessageId> id_, parent_;
    std::optional<Lane> lane_;
    std::optional<Instant> not_before_, received_;
    std::optional<mail::Address> address_, on_behalf_of_;
    std::string notify_, orcpt_;
    std::string refused_;
    bool has_version_ = false;
    bool has_reverse_path_ = false;
};

}  // namespace postern::spool
