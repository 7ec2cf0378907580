// SPDX-License-Identifier: BSD-2-Clause
#include "sys/command_helper.hpp"

#include <csignal>
#include <utility>

#include "base/ascii.hpp"

namespace postern::sys {

namespace {

// Packets to the helper: "TIME NUL OUTPUT NUL DIRECTORY NUL COUNT NUL", so many arguments and the
// environment, each with a NUL behind it; then for each "?" of the helper "+" and octets, "." for their end,
// or "-" when they could not be read. The last one of the helper is "=HOW NUMBER NUL" and the output, or "!"
// and what is wrong.
constexpr std::size_t kLongestPacket = 128 * 1024;
constexpr std::size_t kPiece = 32 * 1024;

std::string to_packet(const Command& command) {
    std::string packet;
    const auto add = [&packet](std::string_view field) { packet.append(field).push_back('\0'); };
    add(std::to_string(command.time_limit.count()));
    add(std::to_string(command.most_output));
    add(command.directory);
    add(std::to_string(command.arguments.size()));
    for (const auto& argument : command.arguments) add(argument);
    for (const auto& variable : command.environment) add(variable);
    return packet;
}

std::optional<std::string_view> take_field(std::string_view& packet) {
    const auto end = packet.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const auto field = packet.substr(0, end);
    packet.remove_prefix(end + 1);
    return field;
}

std::optional<std::size_t> take_number(std::string_view& packet) {
    const auto field = take_field(packet);
    return field ? ascii::parse_number<std::size_t>(*field) : std::nullopt;
}

std::optional<Command> parse_command(std::string_view packet) {
    const auto time_limit = take_number(packet);
    const auto most_output = take_number(packet);
    const auto directory = take_field(packet);
    const auto count = take_number(packet);
    if (!time_limit || !most_output || !directory || !count || *count == 0) return std::nullopt;
    Command command{{}, {}, std::string(*directory), std::chrono::milliseconds(*time_limit), *most_output};
    while (const auto field = take_field(packet)) {
        auto& list = command.arguments.size() < *count ? command.arguments : command.environment;
        list.emplace_back(*field);
    }
    if (command.arguments.size() < *count) return std::nullopt;
    return command;
}

std::string to_packet(const CommandEnd& end) {
    return '=' + std::to_string(static_cast<int>(end.how)) + '\0' + std::to_string(end.number) + '\0' +
           end.output;
}

std::optional<CommandEnd> parse_end(std::string_view packet) {
    const auto how = take_number(packet);
    const auto number = take_number(packet);
    if (!how || !number || *how > static_cast<std::size_t>(CommandEnd::How::out_of_time)) return std::nullopt;
    return CommandEnd{static_cast<CommandEnd::How>(*how), static_cast<int>(*number), std::string(packet)};
}

Error broken(std::string_view what) {
    return {Fault::temporary, "the helper for commands " + std::string(what)};
}

/// In the helper: the next piece of input from the process that asks.
class InputFromAsker {
public:
    explicit InputFromAsker(PacketEnd& asker) : asker_(asker) {}

    Result<std::string_view> next() {
        POSTERN_TRY(asker_.send("?"));
        POSTERN_ASSIGN(auto packet, asker_.receive(std::nullopt, kLongestPacket));
        if (!packet || packet->empty() || packet->front() == '-') return broken("gets no more input");
        piece_ = *std::move(packet);
        return std::string_view(piece_).substr(1);
    }

private:
    PacketEnd& asker_;
    std::string piece_;
};

Result<CommandEnd> run_for(PacketEnd& asker, std::string_view packet, const CommandHelper::MayRun& may_run) {
    const auto command = parse_command(packet);
    if (!command) return broken("does not understand");
    if (!may_run(*command)) return broken("was asked for a command that no account names");
    InputFromAsker input(asker);
    return ProcessRunner().run(*command, [&input] { return input.next(); });
}

/// SIGTERM is for the process that asks, which finishes what it has begun.
void serve(PacketEnd& asker, const CommandHelper::MayRun& may_run) {
    ::signal(SIGTERM, SIG_IGN);
    for (;;) {
        const auto packet = asker.receive(std::nullopt, kLongestPacket);
        if (!packet || !*packet) return;
        const auto end = run_for(asker, **packet, may_run);
        if (!asker.send(end ? to_packet(*end) : '!' + end.error().what())) return;
    }
}

}  // namespace

Result<CommandHelper> CommandHelper::start(const MayRun& may_run) {
    POSTERN_ASSIGN(auto process,
                   HelperProcess::start([&may_run](PacketEnd& asker) { serve(asker, may_run); }));
    return CommandHelper(std::move(process));
}

Result<std::string> CommandHelper::next_packet() {
    POSTERN_ASSIGN(auto packet, process_.other_end().receive(std::nullopt, kLongestPacket));
    if (!packet || packet->empty()) return broken("has ended");
    return *std::move(packet);
}

Result<CommandEnd> CommandHelper::run(const Command& command, const CommandInput& input) {
    PacketEnd& helper = process_.other_end();
    std::string_view rest;
    std::optional<Error> unreadable;
    POSTERN_TRY(helper.send(to_packet(command)));
    for (;;) {
        POSTERN_ASSIGN(const std::string packet, next_packet());
        const auto said = std::string_view(packet).substr(1);
        if (packet.front() != '?') {
            if (unreadable) return *unreadable;
            if (packet.front() == '!') return Error(Fault::temporary, std::string(said));
            const auto end = parse_end(said);
            return end ? Result<CommandEnd>(*end) : broken("says something else");
        }
        if (rest.empty()) {
            auto more = input();
            if (!more) unreadable = more.error();
            rest = more ? *more : std::string_view();
        }
        const auto piece = rest.substr(0, kPiece);
        rest.remove_prefix(piece.size());
        const char kind = unreadable ? '-' : piece.empty() ? '.' : '+';
        POSTERN_TRY(helper.send(kind + std::string(piece)));
    }
}

}  // namespace postern::sys
