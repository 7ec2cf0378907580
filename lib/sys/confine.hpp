// SPDX-License-Identifier: BSD-2-Clause
// The point of no return between opening and serving: every program calls confine() once all that it needs
// is open, and before it reads the first octet that a stranger sent. It forbids nothing yet; Landlock and
// seccomp go in here, and whoever keeps that order today will not notice.
#pragma once

#include "base/result.hpp"

namespace postern::sys {

Status confine();

}  // namespace postern::sys
