// SPDX-License-Identifier: BSD-2-Clause
#include "runner/repair.hpp"

#include "runner/filing.hpp"
#include "runner/sweep.hpp"

namespace postern::runner {

namespace {

using Ill = spool::Finding::Kind;
/// What was done; an Error says why nothing was.
using Mended = Result<std::string>;

Error left(std::string why) { return Error(Fault::permanent, std::move(why)); }

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

Result<spool::Message> claim(const Tools& tools, const std::string& path) {
    POSTERN_ASSIGN(auto claimed, spool::Message::claim(tools.files, path));
    if (auto* message = std::get_if<spool::Message>(&claimed)) return std::move(*message);
    const auto& why = std::get<spool::NotClaimed>(claimed);
    return left(why.why == spool::NotClaimed::Why::damaged ? why.what : "somebody works on it");
}

/// By the directory it lies in, or by the form of its name.
spool::Lane lane_of(const Tools& tools, const std::string& path) {
    if (const auto lane = tools.layout.lane_of(path.substr(0, path.rfind('/')))) return *lane;
    return spool::RelayName::parse(name_of(path)) ? spool::Lane::relay : spool::Lane::received;
}

Mended moved(const Status& status, const spool::Message& message) {
    if (status.failed_with(Fault::exists)) return left("another file bears the name that it should have");
    POSTERN_TRY(status);
    return std::string("it is ") + message.path() + " now";
}

/// To where its log wants it: hold/, or the minute of its next try.
Mended file(const Tools& tools, spool::Message& message, spool::Lane lane) {
    if (message.history().is_held())
        return moved(message.move_to(tools.layout.hold(), name_in(lane, message)), message);
    spool::Minutes minutes;
    return moved(
        file_by_history(tools.layout, message, lane, name_in(lane, message), tools.clock.now(), minutes),
        message);
}

Mended file(const Tools& tools, const std::string& path) {
    POSTERN_ASSIGN(auto message, claim(tools, path));
    return file(tools, message, lane_of(tools, path));
}

/// In hold/ only the name is to be mended. What is neither there nor in a lane was never accepted as mail.
Mended mend_name(const Tools& tools, const std::string& path) {
    const std::string directory = path.substr(0, path.rfind('/'));
    if (tools.layout.lane_of(directory)) return file(tools, path);
    if (directory != tools.layout.hold()) return left("it is none of Postern's files");
    POSTERN_ASSIGN(auto message, claim(tools, path));
    const std::string name = name_in(lane_of(tools, path), message);
    return moved(message.move_to(tools.layout.hold(), name), message);
}

Mended put_away(const Tools& tools, const std::string& path) {
    if (path.starts_with(tools.layout.damaged() + "/")) return left("it is kept for you to look at");
    POSTERN_ASSIGN(const bool is_moved, spool::put_aside(tools.files, path, tools.layout.damaged()));
    if (!is_moved) return left("somebody works on it");
    return std::string("it is in ") + tools.layout.damaged() + " now";
}

bool is_in_quarantine(const Tools& tools, const std::string& path) {
    return path.starts_with(tools.layout.quarantine() + "/");
}

/// In hold/, what an administrator ordered without a rename the sweep has seen to; in quarantine/ all were
/// held when they came, and whoever is not has been released.
Mended record_hold(const Tools& tools, const std::string& path) {
    if (is_in_quarantine(tools, path)) return file(tools, path);
    POSTERN_ASSIGN(auto message, claim(tools, path));
    const spool::Held held{"it lay in hold without a record of it"};
    POSTERN_TRY(message.append({tools.clock.now(), held}, spool::Durability::synced));
    return std::string("its log says now that it is held");
}

Mended unlink(const Tools& tools, const std::string& path) {
    POSTERN_TRY(tools.files.unlink(path));
    return std::string("it is removed");
}

Mended mend(const Tools& tools, const spool::Finding& finding) {
    switch (finding.kind) {
        case Ill::illegal_name:
        case Ill::wrong_name: return mend_name(tools, finding.path);
        case Ill::wrong_time:
        case Ill::sound:
        case Ill::held_elsewhere: return file(tools, finding.path);
        case Ill::damaged: return put_away(tools, finding.path);
        case Ill::not_held: return record_hold(tools, finding.path);
        case Ill::leftover: return unlink(tools, finding.path);
        case Ill::removed:
        case Ill::finished:
            if (is_in_quarantine(tools, finding.path)) return left("'smtpctl quarantine remove' unlinks it");
            return left("the next runner unlinks it");
        case Ill::abandoned: return left("somebody works on it");
        case Ill::broken_log:
            return left("look at it before it is tried again; 'smtpctl queue hold' keeps it");
        case Ill::unnamed_child: return left("it may be sent twice; 'smtpctl queue hold' keeps it");
        case Ill::twice: return left("look at both, and remove one");
        case Ill::unread: return left("look at it");
        case Ill::unreadable: return left("see to its owner and mode");
    }
    return left("");
}

Repair try_to_mend(const Tools& tools, const spool::Finding& finding) {
    if (tools.files.info(finding.path).failed_with(Fault::not_found))
        return {finding, Repair::End::mended, "it is gone from there"};
    const Mended mended = mend(tools, finding);
    if (!mended) return {finding, Repair::End::left, mended.error().what()};
    tools.log.write(Severity::notice, "repaired",
                    {{"path", finding.path}, {"reason", finding.what}, {"what", *mended}});
    return {finding, Repair::End::mended, *mended};
}

}  // namespace

std::vector<Repair> repair(const Tools& tools, const std::string& run_directory,
                           const std::vector<spool::Finding>& findings) {
    if (findings.empty()) return {};
    {
        Suspects suspects(tools.files, run_directory, "repair");  // reads the notes of dead runners, too
        const auto swept = sweep(tools, suspects);
        if (!swept) tools.log.write(Severity::err, "not_swept", {{"reason", swept.error().what()}});
    }
    std::vector<Repair> repairs;
    for (const spool::Finding& finding : findings) repairs.push_back(try_to_mend(tools, finding));
    return repairs;
}

}  // namespace postern::runner
