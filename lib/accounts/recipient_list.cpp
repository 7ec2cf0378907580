// SPDX-License-Identifier: BSD-2-Clause
#include "accounts/recipient_list.hpp"

#include <cstring>
#include <functional>
#include <span>

#include "accounts/lines.hpp"
#include "base/ascii.hpp"
#include "mail/local_part.hpp"

namespace postern::accounts {

namespace {

constexpr std::size_t kBufferSize = 64 * 1024;

Result<std::unique_ptr<sys::File>> open_list(sys::FileSystem& files, const std::string& path) {
    auto file = files.open(path, sys::Access::read);
    if (file.failed_with(Fault::not_found))
        return Error(Fault::configuration, path + " does not exist, and domain.json names it");
    return file;
}

enum class Next { go_on, stop };
/// Gets what a line says, and its number.
using Visit = std::function<Next(std::string_view, std::size_t)>;

class LinesOfFile {
public:
    LinesOfFile(const sys::File& file, const std::string& path) : file_(file), path_(path) {}

    Status visit(const Visit& each) {
        for (std::size_t kept = 0;;) {
            const auto room = std::span(buffer_).subspan(kept);
            POSTERN_ASSIGN(const std::size_t count, file_.read_at(offset_, room));
            offset_ += count;
            std::string_view text(buffer_.data(), kept + count);
            const bool is_last = count < room.size();
            if (take_lines(text, is_last, each) == Next::stop || is_last) return done;
            if (text.size() == buffer_.size())
                return Error(Fault::configuration,
                             path_ + ":" + std::to_string(number_ + 1) + ": the line is too long");
            kept = text.size();
            std::memmove(buffer_.data(), text.data(), kept);
        }
    }

private:
    Next take_lines(std::string_view& text, bool is_last, const Visit& each) {
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            if (end == std::string_view::npos && !is_last) return Next::go_on;
            const std::string_view content = content_of_line(text.substr(0, end));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            ++number_;
            if (!content.empty() && each(content, number_) == Next::stop) return Next::stop;
        }
        return Next::go_on;
    }

    const sys::File& file_;
    const std::string& path_;
    std::string buffer_ = std::string(kBufferSize, '\0');
    std::uint64_t offset_ = 0;
    std::size_t number_ = 0;  ///< of the last line that was taken
};

/// Reads until `is_wanted`. True = it came to that.
Result<bool> find(sys::FileSystem& files, const std::string& path,
                  const std::function<bool(std::string_view)>& is_wanted) {
    POSTERN_ASSIGN(const auto file, open_list(files, path));
    bool found = false;
    bool is_empty = true;
    std::string complaint;
    POSTERN_TRY(LinesOfFile(*file, path).visit([&](std::string_view line, std::size_t number) {
        is_empty = false;
        const auto name = mail::parse_local_part(line);
        if (!name && complaint.empty())
            complaint = path + ":" + std::to_string(number) + ": '" + std::string(line.substr(0, 100)) +
                        "' is no local part of an address";
        found = name && is_wanted(*name);
        return found ? Next::stop : Next::go_on;
    }));
    if (found) return true;
    if (is_empty) return Error(Fault::configuration, path + " is empty, so there is nobody in the domain");
    if (!complaint.empty()) return Error(Fault::configuration, complaint);
    return false;
}

}  // namespace

Result<bool> is_listed(sys::FileSystem& files, const std::string& path, std::string_view local_part) {
    const std::string_view untagged = local_part.substr(0, local_part.find('+'));
    return find(files, path, [&](std::string_view name) {
        return ascii::equals_ignoring_case(name, local_part) || ascii::equals_ignoring_case(name, untagged);
    });
}

Status check_recipient_list(sys::FileSystem& files, const std::string& path) {
    POSTERN_TRY(find(files, path, [](std::string_view) { return false; }));
    return done;
}

}  // namespace postern::accounts
