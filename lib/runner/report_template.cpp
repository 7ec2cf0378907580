// SPDX-License-Identifier: BSD-2-Clause
#include "runner/report_template.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/nearest_name.hpp"

namespace postern::runner {

namespace {

constexpr std::string_view kSubjectField = "Subject:";

constexpr std::string_view kPlaceholders[] = {"age",        "arrived", "hostname", "id",
                                              "recipients", "subject", "sender",   "until"};
constexpr std::string_view kUntil = "until";  // the last: only a delay has an end to be told

const ReportTemplate kBuiltInFailure{
    "Your message could not be delivered",
    "The mail server {hostname} could not deliver your message of {arrived} to the recipients below, and "
    "will "
    "not try again.\n"
    "\n"
    "{recipients}\n"
    "Attached are the same facts for programs, and the header of your message.\n"};

const ReportTemplate kBuiltInDelay{
    "Your message is delayed",
    "The mail server {hostname} could not deliver your message of {arrived} to the recipients below yet, and "
    "goes on trying until {until}.\n"
    "\n"
    "You need not send it again. You will be told if it cannot be delivered.\n"
    "\n"
    "{recipients}\n"
    "Attached are the same facts for programs, and the header of your message.\n"};

const ReportTemplate kBuiltInSuccess{
    "Your message was delivered",
    "You asked to be told: the mail server {hostname} has done with your message of {arrived} what stands "
    "below.\n"
    "\n"
    "{recipients}\n"
    "Attached are the same facts for programs, and the header of your message.\n"};

const ReportTemplate kBuiltInDouble{
    "A report could not be delivered",
    "The mail server {hostname} could not deliver a message of {arrived} to the recipients below, and there "
    "is "
    "no sender to be told: it is itself a report, or another automatic answer.\n"
    "\n"
    "{recipients}\n"
    "Attached are the same facts for programs, and the header of that message.\n"};

/// A piece of a template: text, or the name of a placeholder.
struct TemplatePiece {
    std::string text;
    bool is_placeholder = false;
};

/// Takes "{name}" off the front: a word of lower-case letters. Any other brace is text.
std::optional<std::string> take_placeholder(std::string_view& text) {
    const std::size_t end = text.find('}');
    if (!text.starts_with('{') || end == std::string_view::npos || end == 1) return std::nullopt;
    const std::string_view name = text.substr(1, end - 1);
    if (!std::ranges::all_of(name, [](char c) { return ascii::is_lower(c) || c == '_'; }))
        return std::nullopt;
    text.remove_prefix(end + 1);
    return std::string(name);
}

std::vector<TemplatePiece> pieces_of(std::string_view text) {
    std::vector<TemplatePiece> pieces{{}};
    while (!text.empty()) {
        if (auto name = take_placeholder(text)) {
            pieces.push_back({*std::move(name), true});
            pieces.emplace_back();
            continue;
        }
        pieces.back().text += text.front();
        text.remove_prefix(text.starts_with("{{") ? 2 : 1);
    }
    return pieces;
}

Error wrong(const std::string& what) { return Error(Fault::configuration, what); }

/// Escaping changes only what is no UTF-8, and %.
bool is_utf8(std::string text) {
    std::erase(text, '%');
    return escape_octets(text) == text;
}

Status expect_text(const std::string& file) {
    if (!is_utf8(file)) return wrong("it is not in UTF-8");
    const auto is_control = [](char c) {
        return c != '\n' && c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    };
    if (std::ranges::any_of(file, is_control)) return wrong("it has control characters");
    return done;
}

Status expect_known_placeholders(std::string_view text, ReportKind kind) {
    const auto known = placeholders(kind);
    for (const TemplatePiece& piece : pieces_of(text)) {
        if (!piece.is_placeholder || std::ranges::find(known, piece.text) != known.end()) continue;
        const std::string nearest = nearest_name(piece.text, {known.begin(), known.end()});
        return wrong("unknown placeholder {" + piece.text + "}" +
                     (nearest.empty() ? "" : "; did you mean {" + nearest + "}?"));
    }
    return done;
}

/// Lines end in LF, the last one too.
std::string with_plain_line_ends(std::string_view file) {
    std::string text;
    for (std::size_t i = 0; i < file.size(); ++i)
        if (file.substr(i, 2) != "\r\n") text += file[i];
    if (!text.ends_with('\n')) text += '\n';
    return text;
}

}  // namespace

std::string_view file_name(ReportKind kind) {
    switch (kind) {
        case ReportKind::failure: return "failure.txt";
        case ReportKind::delay: return "delay.txt";
        case ReportKind::success: return "success.txt";
        case ReportKind::double_bounce: return "double.txt";
    }
    return "";
}

std::span<const std::string_view> placeholders(ReportKind kind) {
    const std::span all(kPlaceholders);
    static_assert(std::size(kPlaceholders) == 8 && kPlaceholders[7] == kUntil);
    return kind == ReportKind::delay ? all : all.first(all.size() - 1);
}

const ReportTemplate& built_in_template(ReportKind kind) {
    switch (kind) {
        case ReportKind::delay: return kBuiltInDelay;
        case ReportKind::success: return kBuiltInSuccess;
        case ReportKind::double_bounce: return kBuiltInDouble;
        case ReportKind::failure: break;
    }
    return kBuiltInFailure;
}

Result<ReportTemplate> parse_template(std::string_view file, ReportKind kind) {
    const std::string text = with_plain_line_ends(file);
    POSTERN_TRY(expect_text(text));
    const std::size_t end = text.find('\n');
    const std::string_view first = std::string_view(text).substr(0, end);
    if (!ascii::starts_ignoring_case(first, kSubjectField) ||
        ascii::trim(first.substr(kSubjectField.size())).empty())
        return wrong("its first line is not 'Subject: …'");
    ReportTemplate parsed{std::string(ascii::trim(first.substr(kSubjectField.size()))), text.substr(end + 1)};
    if (parsed.text.starts_with('\n')) parsed.text.erase(0, 1);
    if (ascii::trim(parsed.text).empty()) return wrong("there is no text behind its subject");
    POSTERN_TRY(expect_known_placeholders(parsed.subject, kind));
    POSTERN_TRY(expect_known_placeholders(parsed.text, kind));
    return parsed;
}

std::string filled(std::string_view text, const PlaceholderValues& values) {
    std::string out;
    for (const TemplatePiece& piece : pieces_of(text)) {
        const auto value = piece.is_placeholder ? values.find(piece.text) : values.end();
        out += value == values.end() ? piece.text : value->second;
    }
    return out;
}

}  // namespace postern::runner
