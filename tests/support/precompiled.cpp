// SPDX-License-Identifier: BSD-2-Clause
// Nothing of its own: the target of this file carries the precompiled header that all unit tests share.
