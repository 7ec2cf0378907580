// SPDX-License-Identifier: BSD-2-Clause
#include "spool/check.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "spool/check_file.hpp"
#include "spool/locked_file.hpp"

namespace postern::spool {

namespace {

using Kind = Finding::Kind;

/// One look at the whole spool.
class Inspection {
public:
    Inspection(sys::FileSystem& files, const Layout& layout, const Surroundings& around)
        : files_(files), layout_(layout), around_(around) {}

    Result<std::vector<Finding>> look() && {
        POSTERN_TRY(read_suspects());
        POSTERN_TRY(look_at_lane(Lane::received));
        POSTERN_TRY(look_at_lane(Lane::relay));
        POSTERN_TRY(look_at_files({Spot::Kind::hold, layout_.hold(), ""}));
        POSTERN_TRY(look_at_files({Spot::Kind::quarantine, layout_.quarantine(), ""}));
        POSTERN_TRY(look_at_files({Spot::Kind::damaged, layout_.damaged(), ""}));
        look_for_unnamed_children();
        POSTERN_TRY(look_at_incoming());
        POSTERN_TRY(look_at_staged());
        if (!around_.run_directory.empty()) POSTERN_TRY(look_at_run_directory());
        return std::move(findings_);
    }

private:
    enum class IsThere { no, yes };
    struct Known {
        std::string path;
        std::optional<MessageId> parent;
        std::set<MessageId> children;
    };

    void add(Kind kind, std::string path, std::string what) {
        findings_.push_back({kind, std::move(path), std::move(what)});
    }

    /// None in a directory that is not there.
    Result<std::vector<std::string>> names_in(const std::string& directory) {
        auto names = files_.list(directory);
        if (names.failed_with(Fault::not_found)) return std::vector<std::string>();
        return names;
    }

    Status look_at_lane(Lane lane) {
        POSTERN_ASSIGN(const auto names, names_in(layout_.lane(lane)));
        for (const std::string& name : names) {
            const std::string directory = layout_.lane(lane) + "/" + name;
            const auto minute = parse_minute(name);
            if (minute || name == "now")
                POSTERN_TRY(look_at_files({Spot::Kind::lane, directory, "", lane, minute}));
            else
                add(Kind::illegal_name, directory, "no runner looks at it");
        }
        return done;
    }

    /// `spot`: with the name still to be filled in.
    Status look_at_files(Spot spot) {
        POSTERN_ASSIGN(const auto names, names_in(spot.directory));
        for (const std::string& name : names) {
            spot.name = name;
            if (is_suspect(spot)) continue;
            auto report = check_file(files_, spot, around_.now);
            if (!report) continue;
            std::ranges::move(report->findings, std::back_inserter(findings_));
            if (report->id) remember(*report->id, {spot.path(), report->parent, std::move(report->children)});
        }
        return done;
    }

    Status read_suspects() {
        if (around_.run_directory.empty()) return done;
        POSTERN_ASSIGN(const auto names, names_in(around_.run_directory + "/suspects"));
        for (const std::string& name : names)
            if (auto id = MessageId::parse(name)) suspects_.emplace(*std::move(id), IsThere::no);
        return done;
    }

    /// Reading it might kill this program as it has killed runners.
    bool is_suspect(const Spot& spot) {
        const auto relay = RelayName::parse(spot.name);
        const auto id = relay ? relay->id : MessageId::parse(spot.name);
        const auto suspect = id ? suspects_.find(*id) : suspects_.end();
        if (suspect == suspects_.end()) return false;
        suspect->second = IsThere::yes;
        if (spot.kind == Spot::Kind::hold)
            add(Kind::unread, spot.path(), "runners died of reading it; it is not read here either");
        return true;
    }

    void remember(const MessageId& id, Known known) {
        const auto [other, is_new] = known_.emplace(id, known);
        if (!is_new) add(Kind::twice, known.path, "the same message is in " + other->second.path);
    }

    void look_for_unnamed_children() {
        for (const auto& [id, known] : known_) {
            const auto parent = known.parent ? known_.find(*known.parent) : known_.end();
            if (parent != known_.end() && !parent->second.children.contains(id))
                add(Kind::unnamed_child, known.path,
                    "the log of its parent " + parent->first.text() + " does not name it");
        }
    }

    Status look_at_incoming() {
        POSTERN_ASSIGN(const auto names, names_in(layout_.incoming()));
        for (const std::string& name : names) {
            const std::string path = layout_.incoming() + "/" + name;
            if (MessageId::parse(name))
                add(Kind::abandoned, path, "nobody writes it; it was never accepted");
            else
                add(Kind::illegal_name, path, "it is none of Postern's files");
        }
        return done;
    }

    Status look_at_staged() {
        POSTERN_ASSIGN(const auto names, names_in(layout_.staged()));
        for (const std::string& name : names) {
            const Spot spot{Spot::Kind::staged, layout_.staged(), name};
            if (!MessageId::parse(name))
                add(Kind::illegal_name, spot.path(), "it is none of Postern's files");
            else if (const auto report = check_file(files_, spot, around_.now))
                add(Kind::abandoned, spot.path(), what_of_staged(*report));
        }
        return done;
    }

    std::string what_of_staged(const FileReport& report) const {
        if (!report.id) return "a child that was never finished";
        if (known_.contains(*report.id)) return "a child that is queued already";
        const auto parent = report.parent ? known_.find(*report.parent) : known_.end();
        if (parent == known_.end()) return "a child whose parent is gone, not filed yet";
        return parent->second.children.contains(*report.id)
                   ? "a child that its parent's log names, not filed yet"
                   : "a child that its parent's log does not name";
    }

    Status look_at_run_directory() {
        const std::string& run = around_.run_directory;
        POSTERN_ASSIGN(const auto working, names_in(run + "/working"));
        for (const std::string& name : working)
            add(Kind::leftover, run + "/working/" + name, "the note of a runner that died");
        for (const auto& [id, is_there] : suspects_)
            if (is_there == IsThere::no)
                add(Kind::leftover, run + "/suspects/" + id.text(), "there is no such message");
        return done;
    }

    sys::FileSystem& files_;
    const Layout& layout_;
    const Surroundings& around_;
    std::vector<Finding> findings_;
    std::map<MessageId, Known> known_;
    std::map<MessageId, IsThere> suspects_;
};

auto key_of(const Finding& finding) { return std::tie(finding.path, finding.kind); }

bool is_earlier(const Finding& a, const Finding& b) { return key_of(a) < key_of(b); }

Result<std::vector<Finding>> look(sys::FileSystem& files, const Layout& layout, const Surroundings& around) {
    auto found = Inspection(files, layout, around).look();
    if (found) std::ranges::sort(*found, is_earlier);
    return found;
}

/// Does somebody work on it, or has it gone?
bool is_in_hand(sys::FileSystem& files, const std::string& path) {
    const auto locked = lock_file(files, path);
    return locked && std::holds_alternative<NotClaimed>(*locked);
}

}  // namespace

std::string_view to_string(Finding::Kind kind) {
    switch (kind) {
        case Kind::illegal_name: return "illegal_name";
        case Kind::wrong_name: return "wrong_name";
        case Kind::wrong_time: return "wrong_time";
        case Kind::damaged: return "damaged";
        case Kind::sound: return "sound";
        case Kind::broken_log: return "broken_log";
        case Kind::held_elsewhere: return "held_elsewhere";
        case Kind::not_held: return "not_held";
        case Kind::removed: return "removed";
        case Kind::finished: return "finished";
        case Kind::abandoned: return "abandoned";
        case Kind::unnamed_child: return "unnamed_child";
        case Kind::twice: return "twice";
        case Kind::unread: return "unread";
        case Kind::unreadable: return "unreadable";
        case Kind::leftover: return "leftover";
    }
    return "";
}

Result<std::vector<Finding>> check(sys::FileSystem& files, const Layout& layout, const Surroundings& around) {
    POSTERN_ASSIGN(const auto first, look(files, layout, around));
    if (first.empty()) return first;
    around.pause();
    POSTERN_ASSIGN(auto found, look(files, layout, around));
    std::erase_if(found, [&](const Finding& finding) {
        return !std::ranges::binary_search(first, finding, is_earlier) || is_in_hand(files, finding.path);
    });
    return found;
}

}  // namespace postern::spool
