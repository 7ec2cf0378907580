// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir_use.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace postern::delivery {

namespace {

constexpr std::string_view kSizeMark = ",S=";

/// Empty for a directory that is not there, or is none.
Result<std::vector<std::string>> names_in(sys::FileSystem& files, const std::string& directory) {
    auto names = files.list(directory);
    if (names.failed_with(Fault::not_found)) return std::vector<std::string>();
    return names;
}

/// The directories whose messages count.
Result<std::vector<std::string>> message_directories(sys::FileSystem& files, const std::string& maildir) {
    std::vector<std::string> all{maildir + "/new", maildir + "/cur"};
    POSTERN_ASSIGN(const auto names, names_in(files, maildir));
    for (const std::string& name : names) {
        if (!name.starts_with('.') || name == ".Trash") continue;
        all.push_back(maildir + "/" + name + "/new");
        all.push_back(maildir + "/" + name + "/cur");
    }
    return all;
}

/// Nothing is left of a message that a reader has moved or removed since it was listed.
Result<std::uint64_t> size_of(sys::FileSystem& files, const std::string& directory, const std::string& name) {
    if (const auto size = size_in_name(name)) return *size;
    const auto info = files.info(directory + "/" + name);
    if (info) return info->size;
    if (info.failed_with(Fault::not_found)) return std::uint64_t{0};
    return info.error();
}

}  // namespace

Result<Use> count_messages(sys::FileSystem& files, const std::string& maildir) {
    Use use;
    POSTERN_ASSIGN(const auto directories, message_directories(files, maildir));
    for (const std::string& directory : directories) {
        POSTERN_ASSIGN(const auto names, names_in(files, directory));
        for (const std::string& name : names) {
            if (name.starts_with('.')) continue;
            POSTERN_ASSIGN(const std::uint64_t size, size_of(files, directory, name));
            use.octets += static_cast<std::int64_t>(size);
            ++use.messages;
        }
    }
    return use;
}

Result<Instant> last_change(sys::FileSystem& files, const std::string& maildir) {
    Instant last{};
    POSTERN_ASSIGN(const auto directories, message_directories(files, maildir));
    for (const std::string& directory : directories) {
        const auto info = files.info(directory);
        if (info) last = std::max(last, info->modified);
        if (!info && !info.failed_with(Fault::not_found)) return info.error();
    }
    return last;
}

std::optional<std::uint64_t> size_in_name(std::string_view name) {
    const std::size_t mark = name.find(kSizeMark);
    if (mark == std::string_view::npos) return std::nullopt;
    const std::string_view rest = name.substr(mark + kSizeMark.size());
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
    if (error != std::errc()) return std::nullopt;
    const bool is_whole = end == rest.data() + rest.size() || *end == ',' || *end == ':';
    return is_whole ? std::optional(size) : std::nullopt;
}

}  // namespace postern::delivery
