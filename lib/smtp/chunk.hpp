// SPDX-License-Identifier: BSD-2-Clause
// Chunks of content behind BDAT (RFC 3030 §2): as many octets as the command says, whatever they are. Where
// the message is not BINARYMIME they are still lines of text: the checker finds what must not stand in them,
// in pieces of any size, as DotDecoder does behind DATA.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "smtp/dot_coder.hpp"

namespace postern::smtp {

/// "BDAT 1000 LAST".
struct ChunkCommand {
    enum class Form { legal, illegal, endless } form = Form::illegal;  ///< endless: no message is so large
    std::uint64_t size = 0;  ///< octets that follow, also where the form is illegal; 0 = unreadable
    bool is_last = false;
};
ChunkCommand parse_chunk_command(std::string_view argument);

class ChunkChecker {
public:
    /// How many octets of this piece stand before the first flaw; all when there is none.
    std::size_t read(std::string_view piece);
    /// The message has ended; its last line need not have a line end, but no half of one.
    void finish();
    std::optional<ContentFlaw> flaw() const { return flaw_; }

private:
    void take(char c);

    std::size_t line_octets_ = 0;
    bool after_cr_ = false;
    std::optional<ContentFlaw> flaw_ = std::nullopt;
};

}  // namespace postern::smtp
