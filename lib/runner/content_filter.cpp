// SPDX-License-Identifier: BSD-2-Clause
#include "runner/content_filter.hpp"

#include <algorithm>

namespace postern::runner {

bool goes_to_filter(const std::optional<ContentFilter>& filter, const mail::Envelope& envelope) {
    return filter && std::ranges::find(filter->services, envelope.peer.service) != filter->services.end();
}

}  // namespace postern::runner
