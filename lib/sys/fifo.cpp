// SPDX-License-Identifier: BSD-2-Clause
#include "sys/fifo.hpp"

#include <array>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/system_call.hpp"

namespace postern::sys {

namespace {

constexpr unsigned kPipeMode = 0660;
constexpr unsigned kPipesMode = 0770;  // and setgid, inherited from run/
constexpr int kNeverWaiting = O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY;
constexpr std::size_t kPipeSize = 64 * 1024;  // pipe(7)

bool is_fifo(int descriptor) {
    struct stat status {};
    return ::fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
}

UniqueFd open_directory_of_pipes(const std::string& path) {
    return UniqueFd(repeat_if_interrupted(
        [&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }));
}

}  // namespace

Result<Fifo> Fifo::open(const std::string& path) {
    const auto made = check_call("make", path, [&] { return ::mkfifo(path.c_str(), kPipeMode); });
    if (!made && !made.failed_with(Fault::exists)) return made.error();
    UniqueFd descriptor(repeat_if_interrupted([&] { return ::open(path.c_str(), O_RDWR | kNeverWaiting); }));
    if (!descriptor) return errno_error("open", path);
    if (!is_fifo(descriptor.number()))
        return Error(Fault::configuration, path + " is no named pipe: remove it, and one is made");
    return Fifo(std::move(descriptor));
}

bool Fifo::has_input() const {
    pollfd asked{descriptor_.number(), POLLIN, 0};
    return ::poll(&asked, 1, 0) > 0;
}

/// At most what a pipe holds: who writes without end cannot keep the reader here.
void Fifo::drain() const {
    std::array<char, 4096> octets{};
    for (std::size_t taken = 0; taken < kPipeSize;) {
        const auto count = ::read(descriptor_.number(), octets.data(), octets.size());
        if (count <= 0) return;
        taken += static_cast<std::size_t>(count);
    }
}

FifoDirectory FifoDirectory::open(const std::string& path) {
    UniqueFd descriptor = open_directory_of_pipes(path);
    if (descriptor || errno != ENOENT) return FifoDirectory(std::move(descriptor));
    (void)::mkdir(path.c_str(), kPipesMode);
    return FifoDirectory(open_directory_of_pipes(path));
}

FifoDirectory::Reached FifoDirectory::knock(const std::string& name) const {
    if (!descriptor_) return Reached::nobody;
    const UniqueFd pipe(repeat_if_interrupted(
        [&] { return ::openat(descriptor_.number(), name.c_str(), O_WRONLY | kNeverWaiting); }));
    if (!pipe || !is_fifo(pipe.number())) return Reached::nobody;  // ENXIO: nobody has it open
    const bool written = ::write(pipe.number(), "!", 1) == 1 || errno == EAGAIN;
    return written ? Reached::somebody : Reached::nobody;
}

}  // namespace postern::sys
