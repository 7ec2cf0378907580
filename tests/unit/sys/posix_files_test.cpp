// SPDX-License-Identifier: BSD-2-Clause
#include "sys/posix_files.hpp"

#include <filesystem>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/stat.h>

#include "support/child_process.hpp"
#include "support/temporary_directory.hpp"
#include "sys/process.hpp"

using namespace postern;
using sys::Access;

// What only the real one can show; the rest is tests/contract.
BOOST_AUTO_TEST_SUITE(posix_files)

BOOST_AUTO_TEST_CASE(a_symbolic_link_is_not_opened) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    BOOST_REQUIRE(files.create(directory.path("target"), 0660));
    std::filesystem::create_symlink(directory.path("target"), directory.path("link"));
    const auto opened = files.open(directory.path("link"), Access::read_write);
    BOOST_TEST(opened.failed_with(Fault::temporary));  // and never: there is no such file
    BOOST_TEST((files.info(directory.path("link"))->kind == sys::FileKind::other));
    BOOST_TEST(files.create(directory.path("link"), 0660).failed_with(Fault::exists));
}

BOOST_AUTO_TEST_CASE(a_fifo_is_not_waited_for) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    BOOST_REQUIRE(::mkfifo(directory.path("fifo").c_str(), 0600) == 0);
    const auto opened = files.open(directory.path("fifo"), Access::read);
    std::string buffer(10, '-');
    if (opened) BOOST_TEST(!(*opened)->read_at(0, buffer));
}

BOOST_AUTO_TEST_CASE(descriptors_are_closed_by_exec) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    const auto file = files.create(directory.path("a"), 0660);
    const auto opened = files.open_directory(directory.path());
    int checked = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code none;
        const auto target = std::filesystem::read_symlink(entry.path(), none).string();
        if (target.compare(0, directory.path().size(), directory.path()) != 0) continue;
        const int flags = ::fcntl(std::stoi(entry.path().filename()), F_GETFD);
        BOOST_TEST((flags & FD_CLOEXEC) != 0);
        ++checked;
    }
    BOOST_TEST(checked == 2);
}

BOOST_AUTO_TEST_CASE(the_mode_given_is_the_mode_obtained_after_begin_process) {
    const test::TemporaryDirectory directory;
    const int status = test::status_of_child([&] {
        ::umask(0777);
        sys::begin_process();
        sys::PosixFiles files;
        struct stat file {
        }, sub{}, open{};
        if (!files.create(directory.path("a"), 0660) || !files.make_directory(directory.path("d"), 0770))
            return 1;
        if (!files.create(directory.path("b"), 0666)) return 2;
        if (::stat(directory.path("a").c_str(), &file) != 0 || (file.st_mode & 07777) != 0660) return 3;
        if (::stat(directory.path("d").c_str(), &sub) != 0 || (sub.st_mode & 07777) != 0770) return 4;
        if (::stat(directory.path("b").c_str(), &open) != 0 || (open.st_mode & 07777) != 0660) return 5;
        return 0;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(file_facts_are_those_of_stat) {
    const test::TemporaryDirectory directory;
    sys::PosixFiles files;
    const auto file = files.create(directory.path("a"), 0660);
    BOOST_TEST(bool((*file)->write_at(0, "12345")));
    const auto info = (*file)->info();
    struct stat status {};
    BOOST_REQUIRE(::stat(directory.path("a").c_str(), &status) == 0);
    BOOST_TEST(info->size == 5u);
    BOOST_TEST(info->inode == status.st_ino);
    BOOST_TEST(info->device == status.st_dev);
    BOOST_TEST(std::chrono::floor<std::chrono::seconds>(info->modified).time_since_epoch().count() ==
               status.st_mtim.tv_sec);
}

BOOST_AUTO_TEST_SUITE_END()
