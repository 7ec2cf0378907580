// SPDX-License-Identifier: BSD-2-Clause
// The one place of this layer that knows nlohmann's parser. It hands out events without positions, so the
// reader feeds it through an iterator that counts.
#include "config/document.hpp"

#include <iterator>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"

namespace postern::config {

namespace {

class CountingIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(std::string_view text, std::size_t& offset) : text_(text), offset_(&offset) {}
    reference operator*() const { return text_[*offset_]; }
    CountingIterator& operator++() {
        ++*offset_;
        return *this;
    }
    /// Only ever compared with the end.
    bool operator==(const CountingIterator&) const { return *offset_ >= text_.size(); }

private:
    std::string_view text_;
    std::size_t* offset_;
};

/// Receives the parser's events; false ends parsing, then `complaint` and `at` say why and where.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    std::size_t offset = 0;
    std::vector<Member> members;
    std::size_t body_begin = 0;
    std::string complaint;
    std::size_t at = 0;

    using Json = nlohmann::json;
    bool null() { return take({}); }
    bool boolean(bool flag) { return take(Value::of_flag(flag)); }
    bool number_integer(Json::number_integer_t) { return take({.kind = Value::Kind::other}); }
    bool number_unsigned(Json::number_unsigned_t number) { return take(Value::of_number(number)); }
    bool number_float(Json::number_float_t number, const std::string&) {
        return take(number < 0 ? Value{.kind = Value::Kind::other} : Value::of_decimal(number));
    }
    bool string(std::string& text) { return take(Value::of_text(std::move(text))); }
    bool binary(Json::binary_t&) { return false; }

    bool start_object(std::size_t) {
        if (!lists_.empty()) return complain(offset - 1, "an object may not stand in a list");
        if (begun_) {
            members[open_.back()].is_section = true;
            return true;
        }
        begun_ = true;
        body_begin = offset;
        return true;
    }
    bool key(std::string& key);
    bool end_object() {
        if (open_.empty()) return true;  // the outermost
        members[open_.back()].value_end = offset;
        open_.pop_back();
        return true;
    }
    bool start_array(std::size_t) {
        if (!begun_) return complain(offset - 1, "the settings must be an object: { … }");
        lists_.push_back(Value::of_list({}));
        return true;
    }
    bool end_array() {
        Value list = std::move(lists_.back());
        lists_.pop_back();
        return take(std::move(list));
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& error);

private:
    bool take(Value value);
    std::size_t end_of_scalar(std::size_t begin) const;
    bool complain(std::size_t where, std::string what) {
        at = where;
        complaint = std::move(what);
        return false;
    }

    std::string_view text_;
    bool begun_ = false;
    std::vector<std::size_t> open_;  // members whose value has begun, outermost first
    std::vector<Value> lists_;
};

bool Reader::key(std::string& key) {
    const std::size_t begin = text_.rfind('"', offset - 2);
    if (key.find('.') != std::string::npos)
        return complain(begin, "'" + key + "': write nested objects, {\"" + key.substr(0, key.find('.')) +
                                   "\": {…}}, instead of a dotted name");
    Member member;
    member.name = open_.empty() ? key : members[open_.back()].name + "." + key;
    for (const Member& earlier : members)
        if (earlier.name == member.name)
            return complain(begin, "'" + member.name + "' stands here a second time");
    member.key_begin = begin;
    member.value_begin = skip_blank(text_, skip_blank(text_, offset) + 1);
    members.push_back(std::move(member));
    open_.push_back(members.size() - 1);
    return true;
}

/// A number, true, false or null ends where the next separator begins; the parser may have read on.
std::size_t Reader::end_of_scalar(std::size_t begin) const {
    const std::size_t end = text_.find_first_of(",]}/ \t\r\n", begin);
    return end == std::string_view::npos ? text_.size() : end;
}

bool Reader::take(Value value) {
    if (!begun_) return complain(0, "the settings must be an object: { … }");
    if (!lists_.empty()) {
        lists_.back().elements.push_back(std::move(value));
        return true;
    }
    Member& member = members[open_.back()];
    const bool ends_here = value.kind == Value::Kind::text || value.kind == Value::Kind::list;
    member.value = std::move(value);
    member.value_end = ends_here ? offset : end_of_scalar(member.value_begin);
    open_.pop_back();
    return true;
}

bool Reader::parse_error(std::size_t position, const std::string&, const Json::exception& error) {
    const std::string_view what = error.what();  // "[…] parse error at line 1, column 2: syntax error …"
    const std::size_t column = what.find("column ");
    const std::size_t colon = column == std::string_view::npos ? column : what.find(": ", column);
    return complain(position == 0 ? 0 : position - 1,
                    std::string(colon == std::string_view::npos ? what : what.substr(colon + 2)));
}

bool is_empty(std::string_view text) { return skip_blank(text, 0) >= text.size(); }

std::string at_place(std::string_view path, Place place) {
    return std::string(path) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

}  // namespace

std::string json_string(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Place place_of(std::string_view text, std::size_t offset) {
    Place place;
    for (const char c : text.substr(0, offset)) {
        ++place.column;
        if (c == '\n') place = {place.line + 1, 1};
    }
    return place;
}

std::size_t skip_blank(std::string_view text, std::size_t offset) {
    while (offset < text.size()) {
        if (ascii::is_blank(text[offset]) || text[offset] == '\r' || text[offset] == '\n') {
            ++offset;
        } else if (text.substr(offset, 2) == "//") {
            offset = std::min(text.find('\n', offset), text.size());
        } else if (text.substr(offset, 2) == "/*") {
            const std::size_t end = text.find("*/", offset + 2);
            offset = end == std::string_view::npos ? text.size() : end + 2;
        } else {
            break;
        }
    }
    return offset;
}

Result<Document> Document::parse(std::string text, std::string path) {
    if (is_empty(text)) return Error(Fault::configuration, path + " is empty; without settings it reads {}");
    Document document;
    document.text_ = std::move(text);
    document.path_ = std::move(path);
    Reader reader(document.text_);
    const CountingIterator begin(document.text_, reader.offset);
    if (!nlohmann::json::sax_parse(begin, begin, &reader, nlohmann::json::input_format_t::json, true, true))
        return Error(Fault::configuration, document.locate(reader.at) + ": " + reader.complaint);
    document.members_ = std::move(reader.members);
    document.body_begin_ = reader.body_begin;
    return document;
}

const Member* Document::find(std::string_view name) const {
    for (const Member& member : members_)
        if (member.name == name) return &member;
    return nullptr;
}

std::string Document::locate(std::size_t offset) const { return at_place(path_, place_of(text_, offset)); }

}  // namespace postern::config
