// SPDX-License-Identifier: BSD-2-Clause
// Which name means what in the spool: directories, lanes, minutes. Pure; postern-spool(5), FILES.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "spool/message_id.hpp"

namespace postern::spool {

enum class Lane { received, relay };
std::string_view to_string(Lane lane);
std::optional<Lane> parse_lane(std::string_view text);

inline constexpr int kUsualPriority = 5;

/// What stands in a name instead of a domain: there are several; they go to the content filter, all of them.
inline constexpr std::string_view kSeveralDomains = "+";
inline constexpr std::string_view kToFilter = "=";

/// "P.ID@DOMAIN". A domain over 200 octets is 32 hex digits of its hash.
struct RelayName {
    int priority = kUsualPriority;
    MessageId id;
    std::string domain;
    std::string to_string() const;
    bool tells_domain() const { return domain != kSeveralDomains && domain != kToFilter; }
    static std::optional<RelayName> parse(std::string_view name);
};

/// The id in a name that is legal for the lane.
std::optional<MessageId> id_in_name(Lane lane, std::string_view name);

class Layout {
public:
    explicit Layout(std::string directory) : directory_(std::move(directory)) {}

    const std::string& directory() const { return directory_; }
    std::string incoming() const { return directory_ + "/incoming"; }
    std::string staged() const { return directory_ + "/staged"; }
    std::string hold() const { return directory_ + "/hold"; }
    std::string quarantine() const { return directory_ + "/quarantine"; }
    std::string damaged() const { return directory_ + "/damaged"; }
    std::string requests() const { return directory_ + "/requests"; }
    std::string lane(Lane lane) const;
    std::string now(Lane lane) const { return this->lane(lane) + "/now"; }
    std::string minute(Lane lane, Minute minute) const;
    /// The lane in which a directory (now/ or a minute) stands.
    std::optional<Lane> lane_of(std::string_view directory) const;

private:
    std::string directory_;
};

}  // namespace postern::spool
