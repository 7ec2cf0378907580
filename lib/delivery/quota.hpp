// SPDX-License-Identifier: BSD-2-Clause
// The quota of one Maildir, kept as Maildir++ wants it, so that IMAP servers see what was delivered and we
// see what they removed. maildirsize is a cache and never synced: where it is missing, too long, damaged or
// of another quota, the Maildir is counted anew; so it is before a message is refused, unless it was just
// counted. Several who deliver at once may together go beyond the quota by what they deliver at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "delivery/maildirsize.hpp"
#include "sys/file_system.hpp"

namespace postern::delivery {

class Quota {
public:
    struct Place {
        std::string maildir;
        std::uint64_t octets;   ///< the quota
        std::string temporary;  ///< a name in tmp/ that nobody else uses
    };
    Quota(sys::FileSystem& files, const Clock& clock, Place place)
        : files_(files), clock_(clock), place_(std::move(place)) {}

    /// Octets that are left for a message of `octets`: the count is right if these are too few.
    Result<std::uint64_t> room_for(std::uint64_t octets);
    /// What is in the Maildir, as far as maildirsize can be believed.
    Result<Use> use();
    /// A message has come. What cannot be written makes the next one count anew.
    void add(std::uint64_t octets);
    /// Nobody can say whether maildirsize is right: it goes, and the next one counts anew.
    void distrust();

private:
    struct Noted {
        Use use;
        std::size_t lines;
        Instant written;
    };
    std::string path() const { return place_.maildir + "/maildirsize"; }
    Result<std::optional<Noted>> read();
    Result<bool> was_just_counted(const Noted& noted);
    Result<Use> count_anew();
    Status write(const Use& use);
    std::uint64_t room(const Use& use) const;

    sys::FileSystem& files_;
    const Clock& clock_;
    Place place_;
};

}  // namespace postern::delivery
