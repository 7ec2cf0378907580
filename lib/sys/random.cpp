// SPDX-License-Identifier: BSD-2-Clause
#include "sys/random.hpp"

#include <cstdlib>

#include <sys/random.h>

#include "sys/system_call.hpp"

namespace postern::sys {

void SystemRandomness::fill(std::span<unsigned char> bytes) {
    while (!bytes.empty()) {
        const auto count = repeat_if_interrupted([&] { return ::getrandom(bytes.data(), bytes.size(), 0); });
        if (count <= 0) std::abort();  // no kernel that Postern runs on; foreseeable ids would be worse
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace postern::sys
