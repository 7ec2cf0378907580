// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/content_check.hpp"

#include "base/ascii.hpp"
#include "smtp/replies.hpp"

namespace postern::smtp {

ContentCheck::ContentCheck(std::size_t most_hops, const ValidationOptions& options,
                           mail::ValidationRules rules)
    : most_hops_(most_hops), mode_(options.mode) {
    const auto on_field = [this](std::string_view name) { count_hop(name); };
    rules.strictness = options.strictness;
    if (mode_ == ValidationMode::off)
        header_.emplace(on_field);
    else
        validation_.emplace(rules, on_field);
}

void ContentCheck::read(std::string_view content) {
    if (header_)
        header_->read(content);
    else
        validation_->read(content);
}

void ContentCheck::finish() {
    if (validation_) validation_->finish();
}

/// Behind a flaw that the message is refused for, no hop is counted: the first reason is the one to be told,
/// even if both stand in one piece of content.
void ContentCheck::count_hop(std::string_view field) {
    if (ascii::equals_ignoring_case(field, "Received") && !is_refused_for_flaw()) ++hops_;
}

bool ContentCheck::is_refused_for_flaw() const {
    return mode_ == ValidationMode::reject && validation_->flaw().has_value();
}

std::optional<Reply> ContentCheck::refusal() const {
    if (hops_ > most_hops_) return replies::too_many_hops;
    if (is_refused_for_flaw()) return replies::not_valid(*validation_->flaw());
    return std::nullopt;
}

std::optional<mail::Flaw> ContentCheck::flaw() const {
    return validation_ ? validation_->flaw() : std::nullopt;
}

}  // namespace postern::smtp
