// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "smtp/effect.hpp"
#include "sys/stream.hpp"

namespace postern::wire {

/// What a machine hears of it when a stream has no more for it to read.
smtp::End end_of(sys::ReadEnd::Why why);

}  // namespace postern::wire
