// SPDX-License-Identifier: BSD-2-Clause
// The process that asks other servers for a session. It is forked before the session confines itself, does
// nothing until it is asked, and ends when the session does.
#pragma once

#include <functional>
#include <optional>

#include "callout/caller.hpp"
#include "callout/domain_question.hpp"
#include "sys/helper_process.hpp"

namespace postern::callout {

class Helper {
public:
    /// `prepare` is called in the helper, before it is asked anything: opens what it needs and gives up the
    /// rest. Null = it cannot work; then it ends, and every answer is undecided.
    static Result<Helper> start(const Options& options,
                                std::function<std::unique_ptr<dns::Resolver>()> prepare);

    /// Whatever goes wrong with the helper, the answer is undecided; it is not asked again then.
    Answer ask(const Question& question) { return ask(to_packet(question)); }
    Answer ask(const DomainQuestion& question) { return ask(to_packet(question)); }

private:
    Helper(sys::HelperProcess process, std::chrono::milliseconds patience)
        : process_(std::move(process)), patience_(patience) {}
    Answer ask(const std::string& packet);
    Result<Answer> ask_process(const std::string& question);

    std::optional<sys::HelperProcess> process_;
    std::chrono::milliseconds patience_;
};

/// The helper's side: answers until nobody is there to ask.
void answer_questions(sys::PacketEnd& session, Caller& caller, dns::Resolver& resolver);

}  // namespace postern::callout
