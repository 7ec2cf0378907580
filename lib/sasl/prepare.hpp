// SPDX-License-Identifier: BSD-2-Clause
// SASLprep (RFC 4013): names and passwords in the one form in which they are compared and hashed, however a
// keyboard has composed them. By the normalization of libunistring, which is newer than the RFC's
// Unicode 3.2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace postern::sasl {

/// Nothing for what is no UTF-8, or has a character that §2.3 prohibits or a mixture of directions that §2.4
/// does. Printable ASCII is left as it is.
std::optional<std::string> prepare(std::string_view text);

}  // namespace postern::sasl
