// SPDX-License-Identifier: BSD-2-Clause
#include "spool/spool_file.hpp"

#include <algorithm>

#include "base/hash.hpp"
#include "spool/record_codec.hpp"

namespace postern::spool {

namespace {

/// The sum over [kFixedLength, end); nothing when the file is shorter.
Result<std::optional<std::string>> sum_up_to(Window& window, std::uint64_t end) {
    Hash hash(kSumOctets);
    for (std::uint64_t offset = kFixedLength; offset < end;) {
        POSTERN_ASSIGN(std::string_view piece, window.at(offset));
        if (piece.empty()) return std::optional<std::string>();
        piece = piece.substr(0, std::min<std::uint64_t>(piece.size(), end - offset));
        hash.add(piece);
        offset += piece.size();
    }
    return std::optional(hash.finish_hex());
}

/// Nothing when the sum over line 1 and content is as line 1 says.
Result<std::optional<Damage>> check_sum(Window& window, std::uint64_t end, const std::string& expected) {
    using Found = std::optional<Damage>;
    POSTERN_ASSIGN(const auto sum, sum_up_to(window, end));
    if (!sum) return Found(Damage{Damage::Kind::broken, "the file is shorter than line 1 says"});
    if (*sum == expected) return Found();
    return Found(Damage{Damage::Kind::broken, "the sum in line 1 is not that of line 1 and content"});
}

/// The line at `offset` without its newline; nothing when the file ends before one.
Result<std::optional<std::string>> read_line(Window& window, std::uint64_t offset) {
    std::string line;
    while (true) {
        POSTERN_ASSIGN(const std::string_view piece, window.at(offset + line.size()));
        const auto newline = piece.find('\n');
        if (piece.empty()) return std::optional<std::string>();
        // Zeros are the room that no line has been written to: no need to look for a newline behind them.
        if (line.empty() && piece.front() != '{') return std::optional<std::string>();
        line += piece.substr(0, newline);
        if (newline != std::string_view::npos) return std::optional(std::move(line));
    }
}

/// Follows the log from log_end as far as its chain holds.
Status read_log(Window& window, SpoolFile& file) {
    while (true) {
        POSTERN_ASSIGN(const auto line, read_line(window, file.log_end));
        if (!line || !continues_chain(*line, file.chain)) return done;
        file.log_end += line->size() + 1;
        auto record = parse_log_line(*line);
        if (!record) continue;
        if (calls_for_children(*record)) file.call_chain = file.chain;
        file.log.push_back(*std::move(record));
    }
}

}  // namespace

Result<std::variant<SpoolFile, Damage>> read_spool_file(const sys::File& file, Sum sum) {
    using Read = std::variant<SpoolFile, Damage>;
    Window window(file);
    POSTERN_ASSIGN(auto head, read_head(window));
    if (auto* damage = std::get_if<Damage>(&head)) return Read(std::move(*damage));
    auto& [fixed, told, length] = std::get<HeadOnDisk>(head);

    const std::uint64_t end = length + fixed.size;
    if (sum == Sum::checked) {
        POSTERN_ASSIGN(auto damage, check_sum(window, end, fixed.sum));
        if (damage) return Read(*std::move(damage));
    }
    SpoolFile result{std::move(told), length, fixed.size, {}, end, fixed.sum, fixed.sum};
    POSTERN_TRY(read_log(window, result));
    return Read(std::move(result));
}

}  // namespace postern::spool
