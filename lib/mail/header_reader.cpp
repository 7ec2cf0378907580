// SPDX-License-Identifier: BSD-2-Clause
#include "mail/header_reader.hpp"

#include "base/ascii.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestName = 998;  // a line's length: no field name can be longer

/// ftext of RFC 5322 §2.2: printable ASCII but the colon, and no space.
bool is_name_octet(char c) { return ascii::is_printable(c) && c != ' ' && c != ':'; }

}  // namespace

HeaderReader::HeaderReader(std::function<void(std::string_view)> on_field,
                           std::function<void(std::string_view)> on_value)
    : on_field_(std::move(on_field)), on_value_(std::move(on_value)) {}

std::string_view HeaderReader::read(std::string_view content) {
    while (!content.empty() && !has_ended()) {
        if (state_ == State::value) {  // most of a header: go to the line's end at once
            const auto end = content.find('\n');
            const auto skipped = end == std::string_view::npos ? content.size() : end;
            if (on_value_ && skipped > 0) on_value_(content.substr(0, skipped));
            read_ += skipped;
            content.remove_prefix(skipped);
            if (content.empty()) return content;
        }
        take(content.front());
        content.remove_prefix(1);
    }
    return content;
}

void HeaderReader::finish() {
    if (state_ == State::name || state_ == State::blank_after_name) state_ = State::broken;
}

void HeaderReader::take(char c) {
    switch (state_) {
        case State::line_start: begin_line(c); break;
        case State::empty_line: state_ = c == '\n' ? State::ended : State::broken; break;
        case State::name:
        case State::blank_after_name: take_name(c); break;
        case State::value: take_value(c); break;
        case State::ended:
        case State::broken: break;
    }
    ++read_;
}

void HeaderReader::begin_line(char c) {
    name_.clear();
    if (c == '\r') {
        state_ = State::empty_line;
    } else if (ascii::is_blank(c)) {  // a folded line, unless there is nothing that it could continue
        state_ = any_field_ ? State::value : State::broken;
        if (on_value_ && any_field_) on_value_(std::string_view(&c, 1));
    } else {
        state_ = State::name;
        take_name(c);
    }
}

void HeaderReader::take_name(char c) {
    if (c == ':' && !name_.empty()) {
        any_field_ = true;
        state_ = State::value;
        if (on_field_) on_field_(name_);
    } else if (ascii::is_blank(c)) {  // obsolete syntax: "Subject : x" (RFC 5322 §4.5.8)
        state_ = State::blank_after_name;
    } else if (state_ == State::name && is_name_octet(c) && name_.size() < kLongestName) {
        name_ += c;
    } else {
        state_ = State::broken;
    }
}

void HeaderReader::take_value(char c) {
    if (c != '\n') return;
    octets_ = read_ + 1;
    state_ = State::line_start;
}

}  // namespace postern::mail
