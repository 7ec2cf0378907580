// SPDX-License-Identifier: BSD-2-Clause
#include "spool/head_reader.hpp"

#include <iterator>

#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "spool/head_values.hpp"

namespace postern::spool {

namespace {

using Json = nlohmann::json;

/// Line 1, octet by octet, without its newline. An input iterator for nlohmann's parser; trouble with the
/// file ends the line and is kept.
class LineSource {
public:
    explicit LineSource(Window& window) : window_(window) { refill(); }

    bool at_end() const { return piece_.empty() || piece_.front() == '\n'; }
    bool found_newline() const { return !piece_.empty() && piece_.front() == '\n'; }
    char front() const { return piece_.front(); }
    void advance() {
        piece_.remove_prefix(1);
        ++offset_;
        if (piece_.empty()) refill();
    }
    std::uint64_t offset() const { return offset_; }
    const Status& status() const { return status_; }

private:
    void refill() {
        auto piece = window_.at(offset_);
        if (piece)
            piece_ = *piece;
        else
            status_ = piece.error();
    }

    Window& window_;
    std::uint64_t offset_ = 0;
    std::string_view piece_;
    Status status_ = done;
};

class LineIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit LineIterator(LineSource* source = nullptr) : source_(source) {}
    char operator*() const { return source_->front(); }
    LineIterator& operator++() {
        source_->advance();
        return *this;
    }
    LineIterator operator++(int) {
        source_->advance();
        return *this;
    }
    bool operator==(const LineIterator& other) const { return is_end() == other.is_end(); }

private:
    bool is_end() const { return source_ == nullptr || source_->at_end(); }
    LineSource* source_;
};

/// The parser's events: knows only how deep it is and under which key, and hands on the values.
class HeadEvents {
public:
    explicit HeadEvents(HeadValues& values) : values_(values) {}

    bool string(std::string& text) {
        const auto plain = unescape(text);
        return plain && take(*plain);
    }
    bool number_unsigned(Json::number_unsigned_t number) { return take(std::to_string(number)); }
    bool number_integer(Json::number_integer_t) { return true; }
    bool number_float(Json::number_float_t, const std::string&) { return true; }
    bool boolean(bool value) { return take(value ? "true" : "false"); }
    bool null() { return true; }
    bool binary(Json::binary_t&) { return false; }
    bool key(std::string& name) {
        (depth_ == 1 ? outer_key_ : inner_key_) = name;
        return true;
    }
    bool start_object(std::size_t) { return ++depth_ > 0; }
    bool end_object() { return --depth_ != 2 || outer_key_ != "to" || values_.end_recipient(); }
    bool start_array(std::size_t) { return ++depth_ > 0; }
    bool end_array() {
        --depth_;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception&) { return false; }

private:
    bool take(const std::string& value) {
        if (depth_ == 1) return values_.take(outer_key_, value);
        if (depth_ == 2 && outer_key_ == "peer") return values_.take_peer(inner_key_, value);
        if (depth_ == 3 && outer_key_ == "to") return values_.take_recipient(inner_key_, value);
        return true;
    }

    HeadValues& values_;
    unsigned depth_ = 0;
    std::string outer_key_, inner_key_;
};

bool parse_line(LineSource& source, HeadValues& values) {
    HeadEvents events(values);
    return Json::sax_parse(LineIterator(&source), LineIterator(), &events) && source.found_newline();
}

/// A file that was not synced may be empty after a power cut, or full of zeros.
Damage without_fixed_fields(std::string_view start) {
    if (start.empty() || start.front() == '\0')
        return {Damage::Kind::unfinished, "nothing was written to it"};
    return {Damage::Kind::broken, "the fixed fields of line 1 are not as they must be"};
}

}  // namespace

Result<std::variant<HeadOnDisk, Damage>> read_head(Window& window) {
    using Read = std::variant<HeadOnDisk, Damage>;
    POSTERN_ASSIGN(const std::string_view start, window.at(0));
    const auto fixed = parse_fixed_fields(start);
    if (!fixed) return Read(without_fixed_fields(start));
    if (fixed->state != FileState::live)
        return Read(Damage{Damage::Kind::unfinished, "its state is not live"});

    LineSource source(window);
    HeadValues values;
    const bool is_readable = parse_line(source, values);
    POSTERN_TRY(source.status());
    if (!is_readable) return Read(Damage{Damage::Kind::broken, values.trouble("line 1 is no envelope")});
    auto head = std::move(values).head();
    if (!head) return Read(Damage{Damage::Kind::broken, "line 1 lacks what it must say"});
    return Read(HeadOnDisk{*fixed, *std::move(head), source.offset() + 1});
}

}  // namespace postern::spool
