// SPDX-License-Identifier: BSD-2-Clause
// Follows the structure of a MIME message (RFC 2045, 2046) through its body, in pieces of any size: are
// boundaries legal, present and closed, are composite bodies unencoded, is it not too deep, are there not too
// many parts? What stands in the leaves is nobody's concern. Memory: a boundary for each level, one line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/flaw.hpp"
#include "mail/header_check.hpp"

namespace postern::mail {

class MimeStructure {
public:
    static constexpr std::size_t kDeepest = 20;  ///< multiparts and messages within each other
    static constexpr std::size_t kMostParts = 1'000;

    explicit MimeStructure(const ValidationRules& rules) : rules_(rules) {}

    /// The message's header has said so; its body begins at this offset of the content.
    void begin(const MimeFacts& facts, std::uint64_t offset);
    void read(std::string_view body);
    void finish();

    const std::optional<Flaw>& flaw() const { return flaw_; }

private:
    /// A multipart whose last boundary has not come.
    struct Multipart {
        std::string boundary;
        bool is_digest;  ///< its parts are messages unless they say otherwise (RFC 2046 §5.1.5)
        bool has_parts = false;
        std::size_t depth;     ///< of its parts
        std::uint64_t offset;  ///< of the Content-Type that says so
    };
    struct Delimiter {
        std::size_t level;
        bool is_last;
    };

    std::string_view take_line_start(std::string_view body);
    std::string_view take_candidate(std::string_view body);
    std::string_view take_rest_of_line(std::string_view body);
    void end_candidate();
    std::optional<Delimiter> find_delimiter() const;
    void take(const Delimiter& delimiter);
    void give_to_header(std::string_view piece);
    void begin_header(std::uint64_t offset, bool in_digest);
    void end_header();
    void end_all_headers();
    void begin_body(const MimeFacts& facts, bool in_digest);
    void begin_multipart(const MimeFacts& facts);
    bool may_go_deeper(const MimeFacts& facts);
    void note_unclosed(const Multipart& multipart);
    void note(std::string_view rule, std::string_view field, std::uint64_t offset);

    enum class State { line_start, candidate, rest_of_line };

    ValidationRules rules_;
    State state_ = State::line_start;
    std::vector<Multipart> open_;        ///< the innermost one last
    std::string line_;                   ///< the candidate for a delimiter
    std::optional<HeaderCheck> header_;  ///< of the entity that has begun
    bool in_digest_ = false;
    std::size_t depth_ = 0;  ///< of the entity that is being read
    std::size_t parts_ = 0;
    std::uint64_t offset_ = 0;  ///< octets of content before what is read next
    std::optional<Flaw> flaw_ = std::nullopt;
};

}  // namespace postern::mail
