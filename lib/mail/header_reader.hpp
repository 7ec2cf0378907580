// SPDX-License-Identifier: BSD-2-Clause
// Finds the fields of a message's header (RFC 5322 §2.2) in content that arrives in pieces of any size.
// The header ends at an empty line, or at a line that is no field: then the rest is taken as body.
// Keeps a field's name at most; values are handed on as they come. Lines end in CRLF.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace postern::mail {

class HeaderReader {
public:
    /// `on_field` is called with each field's name, as given, when its colon has been read; `on_value` with
    /// pieces of that field's value, which together are all of it but the line feeds.
    explicit HeaderReader(std::function<void(std::string_view name)> on_field = {},
                          std::function<void(std::string_view piece)> on_value = {});

    /// Returns what lies behind the header, or behind the octet that was none of it.
    std::string_view read(std::string_view content);
    /// There is no more: a line that was begun and has no colon is no field.
    void finish();
    /// Nothing that is read from now on belongs to the header.
    bool has_ended() const { return state_ == State::ended || state_ == State::broken; }
    /// It has ended at a line that is no field.
    bool is_broken() const { return state_ == State::broken; }
    /// How many octets the whole lines of the header have so far, without the empty line that ends it: where
    /// the line begins that is being read.
    std::uint64_t octets() const { return octets_; }
    /// How many octets were read; within `on_value`: before that piece.
    std::uint64_t octets_read() const { return read_; }

private:
    enum class State { line_start, empty_line, name, blank_after_name, value, ended, broken };

    void take(char c);
    void begin_line(char c);
    void take_name(char c);
    void take_value(char c);

    std::function<void(std::string_view)> on_field_, on_value_;
    State state_ = State::line_start;
    std::string name_;
    std::uint64_t read_ = 0;
    std::uint64_t octets_ = 0;
    bool any_field_ = false;
};

}  // namespace postern::mail
