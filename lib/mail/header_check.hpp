// SPDX-License-Identifier: BSD-2-Clause
// Holds one header against the rules, in pieces of any size: the message's own, or that of a MIME part.
// Keeps the value of one field, and of it no more than 16 KiB.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "mail/content_type.hpp"
#include "mail/flaw.hpp"
#include "mail/header_reader.hpp"
#include "mail/utf8_reader.hpp"
#include "mail/validation_rules.hpp"

namespace postern::mail {

/// What a header says of the body behind it (RFC 2045 §3).
struct MimeFacts {
    std::optional<ContentType> type = std::nullopt;
    TransferEncoding encoding = TransferEncoding::identity;
    std::uint64_t type_offset = 0, encoding_offset = 0;  ///< of the fields
};

class HeaderCheck {
public:
    enum class Of { message, part };

    /// The header begins at this offset of the content. `on_field` hears the name of each field.
    HeaderCheck(const ValidationRules& rules, Of of, std::uint64_t offset,
                std::function<void(std::string_view name)> on_field = {});
    HeaderCheck(const HeaderCheck&) = delete;
    HeaderCheck& operator=(const HeaderCheck&) = delete;

    /// Returns what lies behind the header.
    std::string_view read(std::string_view content);
    /// The content ends here, or the part does.
    void finish();
    bool has_ended() const { return has_ended_; }

    const std::optional<Flaw>& flaw() const { return flaw_; }
    const MimeFacts& mime() const { return mime_; }
    /// In the content: where the body begins, once the header has ended.
    std::uint64_t offset_behind() const { return offset_ + reader_.octets_read(); }

private:
    struct KnownField;
    static const KnownField kKnownFields[];

    void begin_field(std::string_view name);
    void take_value(std::string_view piece);
    void end_field();
    void end();
    void judge_octets(std::string_view piece);
    void judge_from();
    void judge_date();
    void judge_version();
    void keep_type();
    void keep_encoding();
    void require(std::string_view name, std::string_view rule);
    bool has(std::string_view name) const;
    bool is_strict() const { return rules_.strictness == Strictness::strict; }
    void note(std::string_view rule, std::string place, std::uint64_t offset);
    void note(std::string_view rule) { note(rule, name_, field_offset_); }

    ValidationRules rules_;
    Of of_;
    std::uint64_t offset_;
    std::function<void(std::string_view)> on_field_;
    HeaderReader reader_;
    bool has_ended_ = false;
    std::uint32_t seen_ = 0;             ///< a bit for each known field
    const KnownField* field_ = nullptr;  ///< the one that is being read, when it is known
    std::string name_ = {};              ///< as it is written
    std::uint64_t field_offset_ = 0;     ///< of its line
    std::string value_ = {};             ///< so far, if the field is one to judge
    Utf8Reader utf8_ = {};
    MimeFacts mime_ = {};
    std::optional<Flaw> flaw_ = std::nullopt;  ///< the first one
};

}  // namespace postern::mail
