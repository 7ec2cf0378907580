// SPDX-License-Identifier: BSD-2-Clause
// Turns a message with 8-bit content into one that every host takes (RFC 6152 §3): bodies that are 8-bit
// become quoted-printable, and whatever contains them says 7bit. A body without a Content-Type gets one, of
// the charset that RFC 1428 has for it. Content arrives in pieces of any size, its lines end in CRLF. Memory:
// a header field or a line of at most 64 KiB, a boundary for each level.
//
// It cannot be done where a header is 8-bit, or what must not be encoded (RFC 2045 §6.4); or where the
// structure is not clear.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/content_type.hpp"

namespace postern::mail {

class SevenBit {
public:
    /// Whether Content-Transfer-Encoding is believed where it says, or leaves open, that a body is 7-bit.
    enum class Labels { trusted, ignored };
    enum class Trouble {
        none,
        unlabelled,  ///< 8-bit octets stand where none were declared: ignore the labels
        impossible
    };

    explicit SevenBit(Labels labels) : labels_(labels) {}

    /// What can be given on so far. Worth nothing once there is trouble.
    std::string convert(std::string_view content);
    std::string finish();
    Trouble trouble() const { return trouble_; }

private:
    struct Multipart {
        std::string boundary;
        bool is_digest;  ///< its parts are messages unless they say otherwise (RFC 2046 §5.1.5)
    };
    struct Delimiter {
        std::size_t level;
        bool is_last;
    };
    /// What the header of an entity says.
    struct Entity {
        bool is_message = true;  ///< and no part of one
        bool in_digest = false;
        bool has_version = false;
        bool has_type = false;
        std::optional<ContentType> type = std::nullopt;
        std::optional<std::string> encoding = std::nullopt;  ///< as written
    };
    enum class State {
        header,
        body,         ///< goes on as it is, and must be 7-bit
        encoded_body  ///< becomes quoted-printable
    };

    void take_line(std::string_view line);
    void take_header_line(std::string_view line);
    void take_body_line(std::string_view line);
    void end_field();
    void end_header();
    void cut_header();
    void begin_body(const ContentType& type);
    void begin_composite(const ContentType& type);
    void begin_leaf(const ContentType& type);
    void write_encoding(std::string_view encoding);
    std::optional<Delimiter> find_delimiter(std::string_view line) const;
    void take_delimiter(const Delimiter& delimiter, std::string_view line);
    void begin_entity(bool is_message, bool in_digest);
    bool is_encoded() const;
    bool says_eight_bit() const;
    void note(Trouble trouble);

    Labels labels_;
    Trouble trouble_ = Trouble::none;
    State state_ = State::header;
    Entity entity_;
    Trouble if_eight_bit_ = Trouble::impossible;  ///< what it means in a body that goes on as it is
    std::vector<Multipart> open_;                 ///< the innermost one last
    std::string field_;                           ///< that is being read, folds and all
    std::string line_;                            ///< begun, and not ended yet
    std::string out_;
};

}  // namespace postern::mail
