// SPDX-License-Identifier: BSD-2-Clause
// Programs that do not run: what was to be run is kept, and they end as the test says.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sys/run_command.hpp"

namespace postern::test {

class FakePrograms : public sys::CommandRunner {
public:
    Result<sys::CommandEnd> run(const sys::Command& command, const sys::CommandInput& input) override {
        commands.push_back(command);
        std::string all;
        for (;;) {
            POSTERN_ASSIGN(const auto octets, input());
            if (octets.empty()) break;
            all += octets;
        }
        inputs.push_back(all);
        return end(command);
    }

    std::function<Result<sys::CommandEnd>(const sys::Command&)> end = [](const sys::Command&) {
        return sys::CommandEnd{};
    };
    std::vector<sys::Command> commands = {};
    std::vector<std::string> inputs = {};
};

}  // namespace postern::test
