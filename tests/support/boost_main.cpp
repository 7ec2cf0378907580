// SPDX-License-Identifier: BSD-2-Clause
// Boost.Test's main, compiled once for all unit tests.
#define BOOST_TEST_MODULE postern
#include <boost/test/unit_test.hpp>
