// SPDX-License-Identifier: BSD-2-Clause
// The fields that say how a MIME entity is built: Content-Type (RFC 2045 §5) and
// Content-Transfer-Encoding (§6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::mail {

struct ContentType {
    std::string type = "text", subtype = "plain";  ///< lower case
    std::optional<std::string> boundary = std::nullopt;

    bool is_multipart() const { return type == "multipart"; }
    bool is(std::string_view a_type, std::string_view a_subtype) const {
        return type == a_type && subtype == a_subtype;
    }
};

/// Nothing when it cannot be read, or names a boundary twice. A semicolon at its end is forgiven.
std::optional<ContentType> parse_content_type(std::string_view value);

/// 1 to 70 octets that may stand in a boundary, the last one no space (RFC 2046 §5.1.1).
bool is_legal_boundary(std::string_view boundary);

/// Whether a body of this encoding can be looked into as it is.
enum class TransferEncoding { identity, encoded };
/// Nothing for what RFC 2045 does not name.
std::optional<TransferEncoding> parse_transfer_encoding(std::string_view value);

}  // namespace postern::mail
