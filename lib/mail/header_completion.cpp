// SPDX-License-Identifier: BSD-2-Clause
#include "mail/header_completion.hpp"

#include <utility>

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

/// More than a field's name can have: what takes longer to show its colon is no field.
constexpr std::size_t kLongestKept = 1000;

}  // namespace

HeaderCompletion::HeaderCompletion(std::string date, std::string message_id)
    : date_(std::move(date)),
      message_id_(std::move(message_id)),
      header_([this](std::string_view name) { see_field(name); },
              [this](std::string_view piece) { known_ = header_.octets_read() + piece.size(); }) {}

void HeaderCompletion::see_field(std::string_view name) {
    known_ = header_.octets_read();
    if (ascii::equals_ignoring_case(name, "Date")) date_.clear();
    if (ascii::equals_ignoring_case(name, "Message-ID")) message_id_.clear();
}

std::string HeaderCompletion::missing_fields() const {
    std::string fields;
    if (!date_.empty()) fields += "Date: " + date_ + "\r\n";
    if (!message_id_.empty()) fields += "Message-ID: " + message_id_ + "\r\n";
    return fields;
}

void HeaderCompletion::read(std::string_view content, const Sink& sink) {
    if (is_done_) return sink(content);
    const auto handed_on = header_.octets_read() - kept_.size();
    header_.read(content);
    kept_ += content;
    const auto sure = certain() - handed_on;
    sink(std::string_view(kept_).substr(0, sure));
    kept_.erase(0, sure);
    if (header_.has_ended() && !header_.is_broken()) sink(missing_fields());
    if (!header_.has_ended() && kept_.size() <= kLongestKept) return;
    is_done_ = true;
    sink(std::exchange(kept_, {}));
}

void HeaderCompletion::finish(const Sink& sink) {
    if (is_done_) return;
    header_.finish();
    const bool ends_in_line = header_.octets() == header_.octets_read();
    sink(kept_);
    if (!header_.is_broken()) sink((ends_in_line ? "" : "\r\n") + missing_fields());
}

}  // namespace postern::mail
