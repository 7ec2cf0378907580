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
     "Pause before a deferred recipient is tried again for the first time",
     [](const Value& v, Config& c) { c.runner.interval = to_duration(v); }},
    {"queue.growth",
     Type::decimal,
     "1.5",
     {1, 10},
     "How many times as long as the pause before it each later one is; 1 = always queue.interval",
     [](const Value& v, Config& c) { c.runner.growth = to_decimal(v); }},
    {"queue.max_interval",
     Type::duration,
     "4h",
     {kMinute, 7 * kDay},
     "The longest pause between two tries",
     [](const Value& v, Config& c) { c.runner.max_interval = to_duration(v); }},
    {"queue.max_tries",
     Type::number,
     "0",
     {0, 1'000'000},
     "Tries after which a deferred recipient is given up; 0 = by queue.max_age only",
     [](const Value& v, Config& c) { c.runner.max_tries = static_cast<unsigned>(v.number); }},
    {"queue.max_age",
     Type::duration,
     "5d",
     {kMinute, 365 * kDay},
     "Age at which a deferred recipient is tried for the last time and the sender told",
     [](const Value& v, Config& c) { c.runner.max_age = to_duration(v); }},
    {"queue.warn_after",
     Type::duration,
     "4h",
     {0, 365 * kDay},
     "Age at which the sender is told that a deferred recipient is late; 0 = never",
     [](const Value& v, Config& c) { c.runner.warn_after = to_duration(v); }},
    {"queue.max_crashes",
     Type::number,
     "5",
     {1, 1'000'000},
     "Runners that may die of a message before it is put into hold",
     [](const Value& v, Config& c) { c.runner.max_crashes = static_cast<unsigned>(v.number); }},
    {"queue.scan",
     Type::duration,
     "1m",
     {kSecond, kDay},
     "The longest that a watching runner sleeps before it looks by itself",
     [](const Value& v, Config& c) { c.runner.scan = to_duration(v); }},
    {"queue.release_interval",
     Type::duration,
     "1m",
     {0, kDay},
     "How often the mail of a domain is sent for the asking (ETRN, kicks)",
     [](const Value& v, Config& c) { c.relay.release_interval = to_duration(v); }},
    {"queue.runners",
     Type::number,
     "2",
     {1, 100},
     "How many delivers work at once",
     [](const Value& v, Config& c) { c.runner.runners = static_cast<unsigned>(v.number); }},
};

}  // namespace

std::span<const Field> queue_fields() { return kQueueFields; }

}  // namespace postern::config
