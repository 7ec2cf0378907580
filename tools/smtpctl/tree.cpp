// SPDX-License-Identifier: BSD-2-Clause
#include "tree.hpp"

#include <cerrno>

#include <sys/stat.h>

#include "accounts/full_mailboxes.hpp"
#include "accounts/last_logins.hpp"
#include "policy/bans.hpp"
#include "runner/wake.hpp"
#include "spool/layout.hpp"

namespace postern::smtpctl {

namespace {

/// Sessions may run as a user of their own, in the tree's group: they read what the group may read, and put
/// files where it may write. There, setgid lets the runners own what they find.
constexpr unsigned kOwnerOnly = 0700, kGroupPasses = 0710, kGroupReads = 0750, kGroupShares = 02770;

Status make(sys::FileSystem& files, const Place& place) {
    const Status made = files.make_directory(place.path, place.mode);
    if (made.failed_with(Fault::exists)) return done;
    POSTERN_TRY(made);
    // mkdir(2) leaves the setgid bit out.
    if (chmod(place.path.c_str(), place.mode) != 0) return Error::from_errno("chmod " + place.path, errno);
    return sys::sync_directory(files, place.path.substr(0, place.path.rfind('/')));
}

}  // namespace

std::vector<Place> places(const config::Config& config) {
    const config::Directories& at = config.directories;
    const spool::Layout spool(at.spool);
    return {{at.domains, kGroupReads},
            {at.secrets, kGroupPasses},
            {config.accounts.passwords_directory, kGroupReads},
            {at.mail, kOwnerOnly},
            {at.spool, kGroupReads},
            {spool.incoming(), kGroupShares},
            {spool.lane(spool::Lane::received), kGroupReads},
            {spool.now(spool::Lane::received), kGroupShares},
            {spool.lane(spool::Lane::relay), kOwnerOnly},
            {spool.now(spool::Lane::relay), kOwnerOnly},
            {spool.staged(), kOwnerOnly},
            {spool.hold(), kOwnerOnly},
            {spool.quarantine(), kGroupShares},
            {spool.damaged(), kOwnerOnly},
            {spool.requests(), kGroupShares},
            {at.state, kGroupReads},
            {accounts::FullMailboxes::directory_in(at.state), kGroupReads},
            {policy::Bans::directory_in(at.state), kGroupShares},
            {at.tls, kGroupReads},
            {accounts::last_logins_directory(at.state), kGroupShares},
            {at.log, kGroupShares},
            {at.run, kGroupShares},
            {runner::pipes_directory(at.run), kGroupShares}};
}

Status make_tree(sys::FileSystem& files, const config::Config& config) {
    for (const Place& place : places(config)) POSTERN_TRY(make(files, place));
    return done;
}

}  // namespace postern::smtpctl
