// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/maildir.hpp"

#include <algorithm>
#include <array>

#include "base/base32.hpp"
#include "delivery/local_form.hpp"
#include "delivery/maildir_folders.hpp"
#include "delivery/maildir_name.hpp"

namespace postern::delivery {

namespace {

constexpr std::size_t kBufferOctets = 64 * 1024;
constexpr unsigned kMode = 0600;
constexpr unsigned kUpkeepInterval = 128;  // one delivery in so many looks through tmp/

/// Takes the name in tmp/ away again, whatever becomes of the delivery.
class TemporaryName {
public:
    TemporaryName(sys::FileSystem& files, std::string path) : files_(files), path_(std::move(path)) {}
    TemporaryName(const TemporaryName&) = delete;
    TemporaryName& operator=(const TemporaryName&) = delete;
    ~TemporaryName() { (void)files_.unlink(path_); }

private:
    sys::FileSystem& files_;
    std::string path_;
};

std::string unique_name(const std::string& process, Randomness& randomness) {
    std::array<unsigned char, 8> random{};
    randomness.fill(random);
    return process + "." + to_base32(random);
}

enum class Linked { now, earlier };

/// From tmp/ into new/, where it may be already.
Result<Linked> link_durably(sys::FileSystem& files, sys::File& file, const std::string& temporary,
                            const std::string& directory, const std::string& name) {
    POSTERN_TRY(file.sync());
    const Status linked = files.link(temporary, directory + "/" + name);
    if (!linked && !linked.failed_with(Fault::exists)) return linked.error();
    POSTERN_TRY(sys::sync_directory(files, directory));
    return linked ? Linked::now : Linked::earlier;
}

}  // namespace

struct Maildir::Copy {
    const spool::Message& message;
    const accounts::Account& account;
    std::size_t recipient;
    std::string directory;
    std::string name;

    bool has_quota() const { return account.quota != 0; }
};

Maildir::Maildir(Tools tools, Options options, const std::string& process)
    : tools_(tools),
      mail_directory_(options.mail_directory),
      process_(unique_name(process, tools.randomness)),
      quotas_(tools.files, tools.clock, std::move(options), process_),
      buffer_(kBufferOctets) {
    std::array<unsigned char, 1> random{};
    tools_.randomness.fill(random);
    deliveries_ = random.back();  // short passes tidy up as often as long ones
}

Result<Fit> Maildir::deliver(const spool::Message& message, const accounts::Account& account,
                             std::size_t recipient, EarlierTry earlier) {
    const accounts::Mailbox& mailbox = account.mailbox;
    const Copy copy{message, account, recipient, maildir_path(mail_directory_, mailbox),
                    maildir_name(message.id(), message.envelope().received, mailbox)};
    if (earlier == EarlierTry::possible) {
        POSTERN_ASSIGN(const bool is_delivered, is_there(copy));
        if (is_delivered) return Fit::yes;
    }
    const Result<Fit> delivered = put(copy);
    if (!delivered.failed_with(Fault::not_found)) return delivered;
    POSTERN_TRY(make_maildir(tools_.files, mail_directory_, mailbox));
    return put(copy);
}

/// First new/, then cur/: readers move mail in that direction only, so no copy slips through between the
/// two looks. The directory is synced, and the quota counted anew, because who was killed may not have come
/// to it.
Result<bool> Maildir::is_there(const Copy& copy) {
    const auto is_copy = [&](const std::string& found) { return is_copy_named(found, copy.name); };
    for (const std::string& directory : {copy.directory + "/new", copy.directory + "/cur"}) {
        const auto names = tools_.files.list(directory);
        if (names.failed_with(Fault::not_found)) return false;
        if (!names) return names.error();
        if (std::none_of(names->begin(), names->end(), is_copy)) continue;
        POSTERN_TRY(sys::sync_directory(tools_.files, directory));
        if (copy.has_quota()) quotas_.distrust(copy.account);
        return true;
    }
    return false;
}

Result<Fit> Maildir::put(const Copy& copy) {
    const std::string path = temporary_path(copy);
    POSTERN_ASSIGN(const auto file, tools_.files.create(path, kMode));
    const TemporaryName temporary(tools_.files, path);
    POSTERN_TRY(write_local_form(copy.message, copy.recipient, *file, buffer_));
    if (copy.has_quota()) return put_counted(copy, *file, path);
    POSTERN_TRY(link_durably(tools_.files, *file, path, copy.directory + "/new", copy.name));
    return Fit::yes;
}

Result<Fit> Maildir::put_counted(const Copy& copy, sys::File& file, const std::string& temporary) {
    POSTERN_ASSIGN(const sys::FileInfo info, file.info());
    POSTERN_ASSIGN(const Fit fit, quotas_.judge(copy.account, info.size));
    if (fit != Fit::yes) return fit;
    POSTERN_ASSIGN(const Linked linked, link_durably(tools_.files, file, temporary, copy.directory + "/new",
                                                     with_size(copy.name, info.size)));
    if (linked == Linked::now)
        quotas_.add(copy.account, info.size);
    else
        quotas_.distrust(copy.account);
    return Fit::yes;
}

/// Unlike any that another process, or another delivery of this one, makes.
std::string Maildir::temporary_path(const Copy& copy) {
    const std::string tmp = copy.directory + "/tmp";
    if (++deliveries_ % kUpkeepInterval == 0) remove_old_temporaries(tools_.files, tmp, tools_.clock.now());
    return tmp + "/" + copy.name + "." + process_ + "." + std::to_string(deliveries_);
}

}  // namespace postern::delivery
