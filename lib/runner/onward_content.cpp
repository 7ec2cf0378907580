// SPDX-License-Identifier: BSD-2-Clause
#include "runner/onward_content.hpp"

#include <algorithm>

#include "mail/trace.hpp"

namespace postern::runner {

namespace {

std::string top_for(const mail::Address* name) { return name ? mail::delivered_to_field(*name) : ""; }

}  // namespace

OnwardContent::OnwardContent(const spool::Message& message, std::size_t recipient)
    : message_(message), top_(top_for(message.history().on_behalf_of(recipient))) {}

Result<std::size_t> OnwardContent::read(std::uint64_t offset, std::span<char> into) const {
    if (offset >= top_.size()) return message_.read_content(offset - top_.size(), into);
    return top_.copy(into.data(), into.size(), offset);
}

}  // namespace postern::runner
