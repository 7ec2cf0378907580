// SPDX-License-Identifier: BSD-2-Clause
#include "config/text_edit.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/json_text.hpp"

namespace postern::config {

namespace {

constexpr std::string_view kIndent = "    ";

std::string_view parent_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

/// `"gateway": {"host": json}` for the part of the name that its section does not have yet.
std::string entry(std::string_view path, std::string_view json) {
    const std::size_t dot = path.find('.');
    std::string text;
    append_json_string(text, path.substr(0, dot));
    text += ": ";
    if (dot == std::string_view::npos) return text.append(json);
    return text + "{" + entry(path.substr(dot + 1), json) + "}";
}

/// The last member directly in a section; name "" is the outermost. Null when the section is empty.
const Member* last_member(const Document& document, std::string_view section) {
    const Member* last = nullptr;
    for (const Member& member : document.members())
        if (parent_of(member.name) == section) last = &member;
    return last;
}

std::size_t depth_of(std::string_view section) {
    return section.empty() ? 0 : 1 + static_cast<std::size_t>(std::ranges::count(section, '.'));
}

std::string indent(std::size_t depth) {
    std::string blanks = "\n";
    for (std::size_t i = 0; i < depth; ++i) blanks += kIndent;
    return blanks;
}

/// Is the rest of the line, up to `end`, nothing but a comment? It speaks of what stands before it.
bool is_comment_only(std::string_view text, std::size_t begin, std::size_t end) {
    const std::string_view rest = ascii::trim(text.substr(begin, end - begin));
    return rest.empty() || rest.starts_with("//");
}

std::string insert_first(const Document& document, std::string_view section, const std::string& entry_text) {
    const Member* const member = document.find(section);
    const std::size_t body = member == nullptr ? document.body_begin() : member->value_begin + 1;
    const std::size_t depth = depth_of(section);
    std::string text = document.text();
    const std::size_t line_end = text.find('\n', body);
    if (line_end != std::string::npos && is_comment_only(text, body, line_end))
        return text.insert(line_end, indent(depth + 1) + entry_text);
    return text.insert(body, indent(depth + 1) + entry_text + indent(depth));
}

std::string insert_behind(const Document& document, const Member& last, const std::string& entry_text) {
    std::string text = document.text();
    const std::size_t line_end = text.find('\n', last.value_end);
    if (line_end == std::string::npos || !is_comment_only(text, last.value_end, line_end))
        return text.insert(last.value_end, ", " + entry_text);
    text.insert(line_end, indent(depth_of(parent_of(last.name)) + 1) + entry_text);
    return text.insert(last.value_end, ",");
}

/// Takes out the line around `at` when nothing is left on it.
void erase_blank_line(std::string& text, std::size_t at) {
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::size_t end = text.find('\n', at);
    if (end != std::string::npos && ascii::trim(std::string_view(text).substr(begin, end - begin)).empty())
        text.erase(begin, end + 1 - begin);
}

/// The comma in front of a last member stands behind the member before it.
std::size_t comma_before(const Document& document, const Member& member) {
    std::size_t comma = std::string::npos;
    for (const Member& other : document.members())
        if (parent_of(other.name) == parent_of(member.name) && other.key_begin < member.key_begin)
            comma = skip_blank(document.text(), other.value_end);
    return comma;
}

}  // namespace

std::string with_member(const Document& document, std::string_view name, std::string_view json) {
    if (const Member* member = document.find(name)) {
        std::string text = document.text();
        return text.replace(member->value_begin, member->value_end - member->value_begin, json);
    }
    std::string_view ancestor = parent_of(name);
    while (!ancestor.empty() && document.find(ancestor) == nullptr) ancestor = parent_of(ancestor);
    const std::string new_entry = entry(ancestor.empty() ? name : name.substr(ancestor.size() + 1), json);
    const Member* const last = last_member(document, ancestor);
    return last == nullptr ? insert_first(document, ancestor, new_entry)
                           : insert_behind(document, *last, new_entry);
}

std::string without_member(const Document& document, std::string_view name) {
    const Member* const member = document.find(name);
    std::string text = document.text();
    if (member == nullptr) return text;
    const std::size_t after = skip_blank(text, member->value_end);
    if (after < text.size() && text[after] == ',') text.erase(after, 1);
    text.erase(member->key_begin, member->value_end - member->key_begin);
    erase_blank_line(text, member->key_begin);
    const bool was_last = after >= document.text().size() || document.text()[after] != ',';
    const std::size_t comma = was_last ? comma_before(document, *member) : std::string::npos;
    return comma == std::string::npos ? text : text.erase(comma, 1);
}

}  // namespace postern::config
