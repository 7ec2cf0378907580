// SPDX-License-Identifier: BSD-2-Clause
#include "spool/check_file.hpp"

#include <algorithm>

#include "spool/history.hpp"
#include "spool/naming.hpp"
#include "spool/spool_file.hpp"

namespace postern::spool {

namespace {

using Kind = Finding::Kind;

constexpr std::size_t kMostTail = 1 << 20;

/// Judges a message that can be read.
class Judge {
public:
    Judge(const Spot& spot, const SpoolFile& told, Instant now)
        : spot_(spot), told_(told), now_(now), history_(told.head.envelope) {
        for (const Record& record : told.log) history_.apply(record);
    }

    FileReport report() && {
        report_.id = told_.head.id;
        report_.parent = told_.head.parent;
        for (const Child& child : history_.children()) report_.children.insert(child.id);
        if (spot_.kind == Spot::Kind::damaged) add(Kind::sound, "nothing is wrong with it");
        if (spot_.kind == Spot::Kind::lane || is_aside()) judge_queued();
        return std::move(report_);
    }

private:
    void add(Kind kind, std::string what) {
        report_.findings.push_back({kind, spot_.path(), std::move(what)});
    }

    bool is_aside() const { return spot_.kind == Spot::Kind::hold || spot_.kind == Spot::Kind::quarantine; }

    void judge_queued() {
        judge_name();
        if (history_.is_removed()) return add(Kind::removed, "its log says that it is removed");
        if (history_.is_finished()) return add(Kind::finished, "all its recipients are done");
        if (is_aside()) {
            if (!history_.is_held()) add(Kind::not_held, "its log does not say that it is held");
            return;
        }
        if (history_.is_held()) return add(Kind::held_elsewhere, "its log says that it is held");
        judge_time();
    }

    void judge_name() {
        const Lane lane = spot_.lane.value_or(RelayName::parse(spot_.name) ? Lane::relay : Lane::received);
        const auto named = id_in_name(lane, spot_.name);
        if (!named) return add(Kind::illegal_name, "no runner looks at a file with this name");
        if (*named != told_.head.id)
            return add(Kind::wrong_name, "line 1 says that its id is " + told_.head.id.text());
        // Whether it goes to the filter, the settings say.
        const auto relay = RelayName::parse(spot_.name);
        const bool says_more = lane == Lane::relay && relay->domain != kToFilter && !history_.open().empty();
        const std::string right = name_in(lane, *named, history_, priority_in_name(spot_.name));
        if (says_more && spot_.name != right) add(Kind::wrong_name, "by its open recipients it is " + right);
    }

    /// A file in an earlier minute than it should be costs a look; in a later one, time.
    void judge_time() {
        const auto due = history_.due();
        if (!due || *due <= now_) {
            if (spot_.minute && *spot_.minute > now_) add(Kind::wrong_time, "it is to be tried at once");
        } else if (spot_.minute != minute_not_before(*due) && !is_new()) {
            add(Kind::wrong_time, "its next try is at " + format_rfc3339(*due, Precision::seconds));
        }
    }

    /// No runner has looked yet at when it is to be released.
    bool is_new() const {
        return !spot_.minute && history_.begins() == 0 &&
               std::ranges::none_of(history_.recipients(),
                                    [](const RecipientHistory& recipient) { return recipient.tries > 0; });
    }

    const Spot& spot_;
    const SpoolFile& told_;
    Instant now_;
    History history_;
    FileReport report_;
};

bool looks_like_a_record(std::string_view line) {
    constexpr std::string_view chain = R"(,"chain":")";
    constexpr std::size_t chain_part = chain.size() + 32 + 2;
    return line.starts_with(R"({"at":")") && line.size() > chain_part && line.ends_with("\"}") &&
           line.substr(line.size() - chain_part).starts_with(chain);
}

/// Whole records behind the end of the log. A torn one is what a crash leaves, and no record.
Result<std::size_t> records_behind(const sys::File& file, std::uint64_t log_end) {
    std::string tail(kMostTail, '\0');
    POSTERN_ASSIGN(const std::size_t length, file.read_at(log_end, tail));
    std::size_t count = 0;
    for (std::string_view rest = std::string_view(tail).substr(0, length); !rest.empty();) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) break;
        if (looks_like_a_record(rest.substr(0, end))) ++count;
        rest.remove_prefix(end + 1);
    }
    return count;
}

FileReport only(Kind kind, const Spot& spot, std::string what) {
    FileReport report;
    report.findings.push_back({kind, spot.path(), std::move(what)});
    return report;
}

FileReport report_damage(const Spot& spot, const Damage& damage) {
    const bool has_legal_name = spot.kind == Spot::Kind::damaged || spot.kind == Spot::Kind::staged ||
                                id_in_name(Lane::received, spot.name) || id_in_name(Lane::relay, spot.name);
    return has_legal_name ? only(Kind::damaged, spot, damage.what)
                          : only(Kind::illegal_name, spot, "it is none of Postern's files");
}

Result<FileReport> read_and_judge(sys::FileSystem& files, const Spot& spot, Instant now) {
    POSTERN_ASSIGN(const sys::FileInfo info, files.info(spot.path()));
    if (info.kind != sys::FileKind::regular) return only(Kind::illegal_name, spot, "it is no regular file");
    POSTERN_ASSIGN(const auto file, files.open(spot.path(), sys::Access::read));
    POSTERN_ASSIGN(const auto told, read_spool_file(*file));
    if (const auto* damage = std::get_if<Damage>(&told)) return report_damage(spot, *damage);
    const auto& message = std::get<SpoolFile>(told);
    FileReport report = Judge(spot, message, now).report();
    POSTERN_ASSIGN(const std::size_t behind, records_behind(*file, message.log_end));
    if (behind > 0)
        report.findings.push_back(
            {Kind::broken_log, spot.path(),
             "behind the end of its log stand " + std::to_string(behind) + " records that do not fit"});
    return report;
}

}  // namespace

std::optional<FileReport> check_file(sys::FileSystem& files, const Spot& spot, Instant now) {
    auto report = read_and_judge(files, spot, now);
    if (report) return *std::move(report);
    if (report.failed_with(Fault::not_found)) return std::nullopt;
    return only(Kind::unreadable, spot, report.error().what());
}

}  // namespace postern::spool
