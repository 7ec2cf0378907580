// SPDX-License-Identifier: BSD-2-Clause
// Is this a message that mail programs will all read alike (RFC 5322, 6532; strictly also RFC 2045, 2046)?
// Content comes in pieces of any size, and the answer does not depend on them. Finds the first flaw, and
// forgives what mailers do wrong every day; postern.conf(5) lists the rules under validation.strictness.
// Memory: one field's value, of at most 16 KiB, one line, and a boundary for each of at most 20 levels.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "mail/flaw.hpp"
#include "mail/header_check.hpp"
#include "mail/mime_structure.hpp"
#include "mail/validation_rules.hpp"

namespace postern::mail {

class Validation {
public:
    /// `on_field` hears the name of each field of the message's header, whatever is wrong with it.
    explicit Validation(const ValidationRules& rules,
                        std::function<void(std::string_view name)> on_field = {});

    void read(std::string_view content);
    /// There is no more content.
    void finish();
    /// The first flaw, as soon as it was read.
    const std::optional<Flaw>& flaw() const { return flaw_ ? flaw_ : header_.flaw(); }

private:
    std::size_t fitting(std::string_view content);
    void read_fitting(std::string_view content);
    void end_header();
    void note(const std::optional<Flaw>& flaw);

    ValidationRules rules_;
    HeaderCheck header_;
    std::optional<MimeStructure> structure_;
    std::uint64_t read_ = 0;       ///< octets
    std::size_t line_octets_ = 0;  ///< of the line that is being read
    std::optional<Flaw> flaw_;
};

}  // namespace postern::mail
