// SPDX-License-Identifier: BSD-2-Clause
#include "sys/process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <grp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/child_process.hpp"
#include "support/temporary_directory.hpp"

using namespace postern;

namespace process {

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) != -1; }

bool is_dev_null(int descriptor) {
    struct stat one {
    }, null{};
    return ::fstat(descriptor, &one) == 0 && ::stat("/dev/null", &null) == 0 && one.st_rdev == null.st_rdev &&
           S_ISCHR(one.st_mode);
}

constexpr sys::Owner kNobody{65534, 65534};

}  // namespace process

BOOST_AUTO_TEST_SUITE(process)

BOOST_AUTO_TEST_CASE(inherited_descriptors_are_closed_and_standard_ones_filled) {
    const int status = test::status_of_child([] {
        ::dup2(0, 77);
        ::close(0);
        ::close(2);
        sys::begin_process();
        if (is_open(77)) return 1;
        if (!is_dev_null(0) || !is_dev_null(2)) return 2;
        return is_open(1) ? 0 : 3;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(writing_to_a_closed_pipe_is_no_death) {
    const int status = test::status_of_child([] {
        sys::begin_process();
        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0) return 1;
        ::close(ends[0]);
        return ::write(ends[1], "x", 1) == -1 && errno == EPIPE ? 0 : 2;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(standard_error_leaves_the_dialogue) {
    const int status = test::status_of_child([] {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) return 1;
        for (const int standard : {0, 1, 2}) ::dup2(ends[0], standard);
        sys::keep_dialogue_clean();
        if (!is_dev_null(2) || is_dev_null(0) || is_dev_null(1)) return 2;
        (void)!::write(2, "noise", 5);
        (void)!::write(1, "220", 3);
        std::array<char, 10> read;
        return ::read(ends[1], read.data(), read.size()) == 3 ? 0 : 3;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(another_standard_error_is_kept) {
    const int status = test::status_of_child([] {
        std::array<int, 2> one{}, other{};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, one.data()) != 0 ||
            ::socketpair(AF_UNIX, SOCK_STREAM, 0, other.data()) != 0)
            return 1;
        ::dup2(one[0], 0);
        ::dup2(other[0], 2);
        sys::keep_dialogue_clean();
        return is_dev_null(2) ? 2 : 0;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(owners_are_numbers) {
    const test::TemporaryDirectory directory;
    const auto owner = sys::owner_of(directory.path());
    BOOST_REQUIRE(owner);
    BOOST_TEST(owner->user == ::geteuid());
    BOOST_TEST(sys::owner_of(directory.path("missing")).failed_with(Fault::not_found));
}

BOOST_AUTO_TEST_CASE(who_is_not_root_stays_who_it_is) {
    const test::TemporaryDirectory directory;
    const int status = test::status_of_child([&] {
        if (sys::is_root() && (::setgid(kNobody.group) != 0 || ::setuid(kNobody.user) != 0)) return 1;
        const uid_t before = ::getuid();
        return sys::take_owner_of(directory.path()) && ::getuid() == before ? 0 : 2;
    });
    BOOST_TEST(status == 0);
}

// The rest needs root, as CI has it.
BOOST_AUTO_TEST_CASE(root_does_not_stay_root,
                     *boost::unit_test::precondition([](auto) { return ::geteuid() == 0; })) {
    const test::TemporaryDirectory directory;
    const int status = test::status_of_child([&] {
        const gid_t extra = 4;
        if (::setgroups(1, &extra) != 0) return 1;
        if (::chown(directory.path().c_str(), kNobody.user, kNobody.group) != 0) return 2;
        if (!sys::take_owner_of(directory.path())) return 3;
        if (::getuid() != kNobody.user || ::getegid() != kNobody.group) return 4;
        if (::getgroups(0, nullptr) != 0) return 5;
        return ::setuid(0) == -1 && ::seteuid(0) == -1 && ::setgid(0) == -1 ? 0 : 6;
    });
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(what_root_owns_is_refused,
                     *boost::unit_test::precondition([](auto) { return ::geteuid() == 0; })) {
    for (const sys::Owner owner : {sys::Owner{0, 0}, sys::Owner{0, 65534}, sys::Owner{65534, 0}}) {
        const test::TemporaryDirectory directory;
        const int status = test::status_of_child([&] {
            if (::chown(directory.path().c_str(), owner.user, owner.group) != 0) return 1;
            return sys::take_owner_of(directory.path()).failed_with(Fault::configuration) ? 0 : 2;
        });
        BOOST_TEST(status == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_link_to_another_owner_is_not_followed,
                     *boost::unit_test::precondition([](auto) { return ::geteuid() == 0; })) {
    const test::TemporaryDirectory directory;
    BOOST_REQUIRE(::chown(directory.path().c_str(), kNobody.user, kNobody.group) == 0);
    std::filesystem::create_symlink("/", directory.path("link"));
    BOOST_REQUIRE(::lchown(directory.path("link").c_str(), kNobody.user, kNobody.group) == 0);
    BOOST_TEST((*sys::owner_of(directory.path("link")) == kNobody));
}

BOOST_AUTO_TEST_SUITE_END()
