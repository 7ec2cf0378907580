// SPDX-License-Identifier: BSD-2-Clause
#include "callout/helper.hpp"

#include "sys/dial.hpp"

namespace postern::callout {

namespace {

/// Looking up a name has a time limit of its own, and a helper that is late is lost.
constexpr std::chrono::seconds kGrace{5};

}  // namespace

void answer_questions(sys::PacketEnd& session, Caller& caller) {
    for (;;) {
        const auto packet = session.receive(std::nullopt, kLongestPacket);
        if (!packet || !*packet) break;
        const auto question = parse_question(**packet);
        if (!question) break;  // a session that says such things is none any more
        if (!session.send(to_packet(caller.ask(*question)))) break;
    }
    caller.hang_up();
}

Result<Helper> Helper::start(const Options& options,
                             std::function<std::unique_ptr<dns::Resolver>()> make_resolver) {
    POSTERN_ASSIGN(auto process, sys::HelperProcess::start([&](sys::PacketEnd& session) {
                       const auto resolver = make_resolver();
                       const auto dial = [](const sys::Endpoint& endpoint,
                                            std::chrono::milliseconds patience) {
                           return sys::dial(endpoint, patience);
                       };
                       Caller caller(*resolver, dial, options);
                       answer_questions(session, caller);
                   }));
    return Helper(std::move(process), options.patience + kGrace);
}

Answer Helper::ask(const Question& question) {
    if (!process_) return {Answer::Kind::undecided, "the helper is not there any more"};
    auto answer = ask_process(question);
    if (answer) return *std::move(answer);
    process_.reset();  // what it would still say would be taken for the next answer
    return {Answer::Kind::undecided, "the helper does not answer: " + answer.error().what()};
}

Result<Answer> Helper::ask_process(const Question& question) {
    POSTERN_TRY(process_->other_end().send(to_packet(question)));
    POSTERN_ASSIGN(const auto packet, process_->other_end().receive(
                                          std::chrono::steady_clock::now() + patience_, kLongestPacket));
    const auto answer = packet ? parse_answer(*packet) : std::nullopt;
    if (answer) return *answer;
    return Error(Fault::temporary, packet ? "it says something else" : "it has ended");
}

}  // namespace postern::callout
