// SPDX-License-Identifier: BSD-2-Clause
// Adds to a message that is submitted what its author left out (RFC 6409 §8.2, §8.3), while it streams
// through: which fields are missing is known at the header's end, and there they are put. A header that ends
// in a line that is no field is left as it is. Holds back the beginning of one line at most.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "mail/header_reader.hpp"

namespace postern::mail {

class HeaderCompletion {
public:
    using Sink = std::function<void(std::string_view)>;

    /// `date` and `message_id`: the values of the fields, if they should be missing.
    HeaderCompletion(std::string date, std::string message_id);
    HeaderCompletion(const HeaderCompletion&) = delete;
    HeaderCompletion& operator=(const HeaderCompletion&) = delete;

    /// Hands the content on with what is added, piece by piece.
    void read(std::string_view content, const Sink& sink);
    /// The content has ended; it may have been a header alone.
    void finish(const Sink& sink);

private:
    std::string missing_fields() const;
    void see_field(std::string_view name);
    /// How many octets are the header's for certain; what was read behind them is kept back.
    std::uint64_t certain() const { return std::max(header_.octets(), known_); }

    std::string date_, message_id_;  ///< "" once the message is seen to have one
    bool is_done_ = false;
    std::string kept_;         ///< read, not handed on: may be the line before which the fields go
    std::uint64_t known_ = 0;  ///< octets up to which the line that is being read is known to be a field
    HeaderReader header_;
};

}  // namespace postern::mail
