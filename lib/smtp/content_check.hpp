// SPDX-License-Identifier: BSD-2-Clause
// What is looked for in content while it streams through, in one pass: how many hops it has made, and
// whether it is a valid message. The answers do not depend on the pieces in which it comes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mail/header_reader.hpp"
#include "mail/validation.hpp"
#include "smtp/reply.hpp"

namespace postern::smtp {

/// What becomes of a message that is not valid.
enum class ValidationMode { off, reject, quarantine, discard };

struct ValidationOptions {
    ValidationMode mode = ValidationMode::off;  ///< off: nobody looks
    mail::Strictness strictness = mail::Strictness::headers;
};

class ContentCheck {
public:
    /// `rules.strictness` is that of `options`. With more hops than `most_hops` the message is in a loop.
    ContentCheck(std::size_t most_hops, const ValidationOptions& options, mail::ValidationRules rules);
    ContentCheck(const ContentCheck&) = delete;
    ContentCheck& operator=(const ContentCheck&) = delete;

    void read(std::string_view content);
    /// There is no more content.
    void finish();

    /// Why the message is refused, the first reason, as soon as it was read.
    std::optional<Reply> refusal() const;
    /// What is wrong with a message that is not refused for it.
    std::optional<mail::Flaw> flaw() const;

private:
    void count_hop(std::string_view field);
    bool is_refused_for_flaw() const;

    std::size_t most_hops_, hops_ = 0;
    ValidationMode mode_;
    std::optional<mail::HeaderReader> header_;    ///< when nobody validates
    std::optional<mail::Validation> validation_;  ///< else
};

}  // namespace postern::smtp
