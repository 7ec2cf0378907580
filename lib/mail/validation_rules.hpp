// SPDX-License-Identifier: BSD-2-Clause
// By what a message is measured; postern.conf(5) tells each rule under validation.strictness.
#pragma once

#include "mail/author_list.hpp"

namespace postern::mail {

enum class Strictness {
    headers,  ///< the message's header
    strict,   ///< and its date, the structure of its body, the length of lines
};

/// RFC 6532: UTF-8 in a header only where SMTPUTF8 was declared.
enum class HeaderOctets { ascii, utf8 };

/// RFC 3030: lines of a BINARYMIME message have no limit.
enum class LineLengths { at_most_998, any };

/// Whoever takes the message may add the Date that is missing (RFC 6409 §8.2).
enum class MissingDate { refused, added };

struct ValidationRules {
    Strictness strictness = Strictness::headers;
    HeaderOctets header = HeaderOctets::ascii;
    LineLengths lines = LineLengths::at_most_998;
    NullAuthor null_author = NullAuthor::refused;
    MissingDate missing_date = MissingDate::refused;
};

}  // namespace postern::mail
