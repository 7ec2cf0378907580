// SPDX-License-Identifier: BSD-2-Clause
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/log.hpp"

namespace postern::test {

/// Keeps what was logged, so that a test can ask for it.
class RecordingLog final : public Log {
public:
    struct Entry {
        Severity severity;
        std::string event;
        std::vector<std::pair<std::string, std::string>> fields;

        /// Empty when there is no such field.
        std::string field(std::string_view key) const {
            const auto found = std::find_if(fields.begin(), fields.end(),
                                            [&](const auto& field) { return field.first == key; });
            return found == fields.end() ? "" : found->second;
        }
    };

    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override {
        Entry entry{severity, std::string(event), {}};
        for (const auto& [key, value] : fields)
            if (!value.empty()) entry.fields.emplace_back(key, value);
        entries.push_back(std::move(entry));
    }
    bool wants(Severity) const override { return true; }

    std::size_t count_of(std::string_view event) const {
        return static_cast<std::size_t>(
            std::count_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.event == event; }));
    }

    std::vector<Entry> entries;
};

}  // namespace postern::test
