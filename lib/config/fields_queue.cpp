// SPDX-License-Identifier: BSD-2-Clause
// When messages in the queue are tried.
#include "config/field_tables.hpp"
#include "config/fields_units.hpp"

namespace postern::config {

namespace {

using Type = SettingType;

constexpr Field kQueueFields[] = {
    {"queue.interval",
     Type::duration,
     "30m",
     {kMinute, 7 * kDay},
     "Pause before a deferred recipient is tried again",
     [](const Value& v, Config& c) { c.runner.interval = to_duration(v); }},
    {"queue.max_age",
     Type::duration,
     "5d",
     {kMinute, 365 * kDay},
     "Age at which a deferred recipient is given up and the sender told",
     [](const Value& v, Config& c) { c.runner.max_age = to_duration(v); }},
    {"queue.max_crashes",
     Type::number,
     "5",
     {1, 1'000'000},
     "Runners that may die of a message before it is put into hold",
     [](const Value& v, Config& c) { c.runner.max_crashes = static_cast<unsigned>(v.number); }},
};

}  // namespace

std::span<const Field> queue_fields() { return kQueueFields; }

}  // namespace postern::config
