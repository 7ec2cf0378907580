// SPDX-License-Identifier: BSD-2-Clause
#include "dns/zone_entries.hpp"

#include "base/ascii.hpp"

namespace postern::dns {

namespace {

bool ends_word(char c) { return std::string_view(" \t\r\n;()\"").find(c) != std::string_view::npos; }

Error wrong(std::size_t line, std::string what) {
    return {Fault::configuration, "line " + std::to_string(line) + ": " + std::move(what)};
}

}  // namespace

Result<std::optional<ZoneEntry>> ZoneEntries::next() {
    while (!at_end()) {
        POSTERN_ASSIGN(auto entry, read_entry());
        if (!entry.words.empty()) return std::optional(std::move(entry));
    }
    return std::optional<ZoneEntry>();
}

Result<ZoneEntry> ZoneEntries::read_entry() {
    ZoneEntry entry{line_, ascii::is_blank(text_[at_]), {}};
    std::size_t open_parentheses = 0;
    while (!at_end()) {
        const char c = text_[at_];
        if (c == '\n') {
            ++at_, ++line_;
            if (open_parentheses == 0) return entry;
        } else if (c == ';') {
            skip_comment();
        } else if (c == '(' || c == ')') {
            if (c == ')' && open_parentheses == 0) return wrong(line_, "a ) without its (");
            open_parentheses = c == '(' ? open_parentheses + 1 : open_parentheses - 1;
            ++at_;
        } else if (ascii::is_blank(c) || c == '\r') {
            ++at_;
        } else {
            POSTERN_ASSIGN(auto word, c == '"' ? read_quoted() : read_word());
            entry.words.push_back(std::move(word));
        }
    }
    if (open_parentheses > 0) return wrong(entry.line, "a ( without its )");
    return entry;
}

void ZoneEntries::skip_comment() {
    while (!at_end() && text_[at_] != '\n') ++at_;
}

Result<std::string> ZoneEntries::read_word() {
    std::string word;
    for (; !at_end() && !ends_word(text_[at_]); ++at_) {
        if (text_[at_] == '\\' && ++at_ == text_.size()) return wrong(line_, "a \\ at the end");
        word += text_[at_];
    }
    return word;
}

Result<std::string> ZoneEntries::read_quoted() {
    std::string word;
    for (++at_; !at_end() && text_[at_] != '\n'; ++at_) {
        if (text_[at_] == '"') return ++at_, word;
        if (text_[at_] == '\\' && ++at_ == text_.size()) break;
        word += text_[at_];
    }
    return wrong(line_, "a \" without its end");
}

}  // namespace postern::dns
