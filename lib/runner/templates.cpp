// SPDX-License-Identifier: BSD-2-Clause
#include "runner/templates.hpp"

#include <optional>

namespace postern::runner {

namespace {

constexpr std::size_t kLargestTemplate = 64 * 1024;

/// Nothing where there is no such file.
Result<std::optional<ReportTemplate>> read_template(sys::FileSystem& files, const std::string& directory,
                                                    ReportKind kind) {
    const std::string path = directory + "/" + std::string(file_name(kind));
    const auto file = sys::read_whole_file(files, path, kLargestTemplate);
    if (file.failed_with(Fault::not_found)) return std::optional<ReportTemplate>();
    if (!file) return file.error();
    auto parsed = parse_template(*file, kind);
    if (!parsed) return Error(parsed.error().fault(), path + ": " + parsed.error().what());
    return std::optional(*std::move(parsed));
}

}  // namespace

const ReportTemplate& Templates::words_for(ReportKind kind) {
    const auto known = known_.find(kind);
    if (known != known_.end()) return known->second;
    ReportTemplate words = built_in_template(kind);
    if (!directory_.empty()) {
        auto read = read_template(files_, directory_, kind);
        if (!read)
            log_.write(Severity::warning, "template_not_used", {{"reason", read.error().what()}});
        else if (*read)
            words = **std::move(read);
    }
    return known_.emplace(kind, std::move(words)).first->second;
}

std::vector<std::string> check_templates(sys::FileSystem& files, const std::string& directory) {
    std::vector<std::string> problems;
    for (const ReportKind kind :
         {ReportKind::failure, ReportKind::delay, ReportKind::success, ReportKind::double_bounce})
        if (const auto read = read_template(files, directory, kind); !read)
            problems.push_back(read.error().what() + "; the built-in words are used");
    return problems;
}

}  // namespace postern::runner
