// SPDX-License-Identifier: BSD-2-Clause
#include "sys/login_name.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace postern::sys {

namespace {}  // namespace

std::string login_name_in(std::string_view passwd, std::uint32_t user) {
    while (!passwd.empty()) {
        auto line = ascii::take_up_to(passwd, '\n');
        const auto name = ascii::take_up_to(line, ':');
        ascii::take_up_to(line, ':');  // the password, or an x
        if (ascii::parse_number<std::uint32_t>(ascii::take_up_to(line, ':')) == user)
            return std::string(name);
    }
    return {};
}

Result<std::string> login_name(FileSystem& files, std::uint32_t user) {
    POSTERN_ASSIGN(const auto passwd, read_whole_file(files, "/etc/passwd"));
    return login_name_in(passwd, user);
}

}  // namespace postern::sys
