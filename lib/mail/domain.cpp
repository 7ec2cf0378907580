// SPDX-License-Identifier: BSD-2-Clause
#include "mail/domain.hpp"

#include <algorithm>
#include <memory>

#include <idn2.h>

#include "base/ascii.hpp"
#include "mail/labels.hpp"

namespace postern::mail {

namespace {

constexpr std::size_t kLongestDomain = 253;  // RFC 1035 §2.3.4: 255 octets on the wire
constexpr std::string_view kAceTag = "xn--";

bool is_name(std::string_view text) { return text.size() <= kLongestDomain && are_labels(text); }

struct Free {
    void operator()(void* text) const { idn2_free(text); }
};
using LibraryText = std::unique_ptr<char, Free>;

/// What libidn2 made of a text; "", which is no name and no label, if it could not.
std::string take(int status, char* text) {
    const LibraryText owned(text);
    return status == IDN2_OK && text != nullptr ? std::string(text) : std::string();
}

/// IDNA2008 (RFC 5891 §5), mapped before as UTS 46 says: BÜCHER is bücher, and ß stays what it is.
std::string to_a_labels(const std::string& text) {
    std::uint8_t* name = nullptr;
    const auto* octets = reinterpret_cast<const std::uint8_t*>(text.c_str());
    const int status = idn2_lookup_u8(octets, &name, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    return take(status, reinterpret_cast<char*>(name));
}

/// The label itself unless it is the A-label of a U-label.
std::string to_u_label(const std::string& label) {
    if (!label.starts_with(kAceTag)) return label;
    char* name = nullptr;
    const int status = idn2_to_unicode_8z8z(label.c_str(), &name, 0);
    std::string unicode = take(status, name);
    return to_a_labels(unicode) == label ? unicode : label;
}

/// Of the ASCII in it only what a name can hold; what lies beyond is libidn2's to judge.
bool may_have_u_labels(std::string_view text) {
    return text.size() <= kLongestDomain && std::ranges::all_of(text, [](char c) {
               return !ascii::is_ascii(c) || ascii::is_alnum(c) || c == '-' || c == '.';
           });
}

}  // namespace

std::optional<Domain> Domain::parse(std::string_view text) {
    std::string name;
    if (ascii::is_ascii(text))
        name = text;
    else if (may_have_u_labels(text))
        name = to_a_labels(std::string(text));
    if (!is_name(name)) return std::nullopt;
    return Domain(ascii::lower(name));
}

std::string Domain::unicode() const {
    std::string out;
    for (std::string_view rest = text_;;) {
        const auto dot = std::min(rest.find('.'), rest.size());
        out += to_u_label(std::string(rest.substr(0, dot)));
        if (dot == rest.size()) return out;
        out += '.';
        rest.remove_prefix(dot + 1);
    }
}

}  // namespace postern::mail
