// SPDX-License-Identifier: BSD-2-Clause
#include "sys/shared_slots.hpp"

#include <chrono>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

constexpr std::chrono::milliseconds kBetweenTries{20};
constexpr unsigned kMode = 0660;  // sessions may have a user of their own

struct flock of_slot(unsigned slot, short kind) {
    struct flock lock {};
    lock.l_type = kind;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(slot);
    lock.l_len = 1;
    return lock;
}

}  // namespace

Result<SharedSlots> SharedSlots::open(const std::string& path, unsigned count) {
    UniqueFd file(repeat_if_interrupted(
        [&] { return ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kMode); }));
    if (!file) return errno_error("open", path);
    return SharedSlots(std::move(file), count);
}

Result<bool> SharedSlots::take(Deadline until) {
    const auto first = static_cast<unsigned>(::getpid()) % count_;  // so that not all ask for the same one
    for (;;) {
        POSTERN_ASSIGN(const bool taken, try_each(first));
        if (taken) return true;
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(kBetweenTries);
    }
}

Result<bool> SharedSlots::try_each(unsigned first) {
    for (unsigned i = 0; i < count_; ++i) {
        POSTERN_ASSIGN(const bool taken, try_slot((first + i) % count_));
        if (taken) return true;
    }
    return false;
}

Result<bool> SharedSlots::try_slot(unsigned slot) {
    auto lock = of_slot(slot, F_WRLCK);
    const int status = repeat_if_interrupted([&] { return ::fcntl(file_.number(), F_OFD_SETLK, &lock); });
    if (status == 0) {
        held_ = slot;
        return true;
    }
    if (errno == EAGAIN || errno == EACCES) return false;
    return errno_error("lock", "a slot");
}

void SharedSlots::release() {
    if (!held_) return;
    auto lock = of_slot(*held_, F_UNLCK);
    (void)::fcntl(file_.number(), F_OFD_SETLK, &lock);
    held_.reset();
}

}  // namespace postern::sys
