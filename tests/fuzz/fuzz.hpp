// SPDX-License-Identifier: BSD-2-Clause
// What the fuzz targets share. Each target defines LLVMFuzzerTestOneInput; libFuzzer's main drives it under
// clang, replay_main.cpp replays the corpus under any compiler.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace postern::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Ends the process, loudly, when something that must hold does not.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

/// Calls `take` with the input in pieces of this size.
template <class Take>
void in_pieces(std::string_view input, std::size_t piece, Take take) {
    for (; !input.empty(); input.remove_prefix(std::min(piece, input.size()))) take(input.substr(0, piece));
}

}  // namespace postern::fuzz
