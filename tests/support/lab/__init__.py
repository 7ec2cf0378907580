# SPDX-License-Identifier: BSD-2-Clause
"""The parts of postern_lab; tests import postern_lab itself."""
