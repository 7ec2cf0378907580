// SPDX-License-Identifier: BSD-2-Clause
// What must not stay in memory longer than it is needed, nor be found out by how long a comparison takes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace postern {

/// Overwrites octets with zeros, in a way that no compiler leaves out.
void wipe(std::span<char> octets);
/// The same with the text, and empties it.
void wipe(std::string& text);

/// Takes as long wherever the two differ. Their lengths are no secret.
bool are_equal_secrets(std::string_view one, std::string_view other);

/// A password. Nothing is left of it when it ends, or where it was moved from.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string&& text) : text_(text) { wipe(text); }
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = delete;
    Secret(Secret&& other) : text_(other.text_) { wipe(other.text_); }
    Secret& operator=(Secret&& other) = delete;
    ~Secret() { wipe(text_); }

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace postern
