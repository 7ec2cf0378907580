// SPDX-License-Identifier: BSD-2-Clause
#include "sys/unique_fd.hpp"

#include <unistd.h>

namespace postern::sys {

UniqueFd::~UniqueFd() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace postern::sys
