// SPDX-License-Identifier: BSD-2-Clause
#include "runner/onward_content.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "mail/trace.hpp"

namespace postern::runner {

namespace {

constexpr std::size_t kBlock = 64 * 1024;

bool is_all_ascii(std::string_view text) { return std::ranges::all_of(text, ascii::is_ascii); }

std::string top_for(const mail::Address* name) { return name ? mail::delivered_to_field(*name) : ""; }

}  // namespace

Result<bool> has_only_ascii(const spool::Message& message) {
    std::string block(kBlock, '\0');
    for (std::uint64_t offset = 0; offset < message.content_size();) {
        POSTERN_ASSIGN(const auto count, message.read_content(offset, block));
        if (count == 0) break;
        if (!is_all_ascii(std::string_view(block).substr(0, count))) return false;
        offset += count;
    }
    return true;
}

OnwardContent::OnwardContent(const spool::Message& message, std::size_t recipient)
    : message_(message), top_(top_for(message.history().on_behalf_of(recipient))) {}

Result<std::size_t> OnwardContent::read(std::uint64_t offset, std::span<char> into) const {
    if (offset >= top_.size()) return message_.read_content(offset - top_.size(), into);
    return top_.copy(into.data(), into.size(), offset);
}

}  // namespace postern::runner
