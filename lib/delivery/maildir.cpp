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

}  // namespace

struct Maildir::Copy {
    const spool::Message& message;
    std::size_t recipient;
    std::string directory;
    std::string name;

    std::string in_new() const { return directory + "/new/" + name; }
};

Maildir::Maildir(Tools tools, std::string mail_directory, std::string process)
    : tools_(tools),
      mail_directory_(std::move(mail_directory)),
      process_(std::move(process)),
      buffer_(kBufferOctets) {
    std::array<unsigned char, 8> random{};
    tools_.randomness.fill(random);
    process_ += "." + to_base32(random);
    deliveries_ = random.back();  // short passes tidy up as often as long ones
}

Status Maildir::deliver(const spool::Message& message, const accounts::Mailbox& mailbox,
                        std::size_t recipient, EarlierTry earlier) {
    const Copy copy{message, recipient, maildir_path(mail_directory_, mailbox),
                    maildir_name(message.id(), message.envelope().received, mailbox)};
    if (earlier == EarlierTry::possible) {
        POSTERN_ASSIGN(const bool is_delivered, is_there(copy));
        if (is_delivered) return done;
    }
    const Status delivered = put(copy);
    if (!delivered.failed_with(Fault::not_found)) return delivered;
    POSTERN_TRY(make_maildir(tools_.files, mail_directory_, mailbox));
    return put(copy);
}

/// First new/, then cur/: readers move mail in that direction only, so no copy slips through between the
/// two looks. The directory is synced because who was killed may not have come to it.
Result<bool> Maildir::is_there(const Copy& copy) {
    const auto in_new = tools_.files.info(copy.in_new());
    if (in_new) {
        POSTERN_TRY(sys::sync_directory(tools_.files, copy.directory + "/new"));
        return true;
    }
    if (!in_new.failed_with(Fault::not_found)) return in_new.error();
    const auto names = tools_.files.list(copy.directory + "/cur");
    if (names.failed_with(Fault::not_found)) return false;
    if (!names) return names.error();
    const auto is_copy = [&](const std::string& found) { return is_copy_named(found, copy.name); };
    if (std::none_of(names->begin(), names->end(), is_copy)) return false;
    POSTERN_TRY(sys::sync_directory(tools_.files, copy.directory + "/cur"));
    return true;
}

Status Maildir::put(const Copy& copy) {
    POSTERN_TRY(write_and_link(copy));
    return sys::sync_directory(tools_.files, copy.directory + "/new");
}

Status Maildir::write_and_link(const Copy& copy) {
    const std::string path = temporary_path(copy);
    POSTERN_ASSIGN(const auto file, tools_.files.create(path, kMode));
    const TemporaryName temporary(tools_.files, path);
    POSTERN_TRY(write_local_form(copy.message, copy.recipient, *file, buffer_));
    POSTERN_TRY(file->sync());
    const Status linked = tools_.files.link(path, copy.in_new());
    return linked.failed_with(Fault::exists) ? Status(done) : linked;
}

/// Unlike any that another process, or another delivery of this one, makes.
std::string Maildir::temporary_path(const Copy& copy) {
    const std::string tmp = copy.directory + "/tmp";
    if (++deliveries_ % kUpkeepInterval == 0) remove_old_temporaries(tools_.files, tmp, tools_.clock.now());
    return tmp + "/" + copy.name + "." + process_ + "." + std::to_string(deliveries_);
}

}  // namespace postern::delivery
