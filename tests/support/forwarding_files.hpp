// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include "sys/forwarding_files.hpp"

namespace postern::test {

/// A test overrides the call in which it wants to interfere.
using sys::ForwardingFiles;

}  // namespace postern::test
