// SPDX-License-Identifier: BSD-2-Clause
#include "sys/run_command.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sys/stream.hpp"
#include "sys/system_call.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

namespace {

constexpr auto kGraceAfterStop = std::chrono::seconds(5);
constexpr std::size_t kOutputBlock = 4096;

struct PipeEnds {
    UniqueFd read;
    UniqueFd write;
};

Result<PipeEnds> open_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) == -1) return errno_error("pipe", "to a command");
    return PipeEnds{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

std::vector<char*> as_pointers(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));  // never written to
    pointers.push_back(nullptr);
    return pointers;
}

/// What the new process does before it becomes the program.
class SpawnPlan {
public:
    SpawnPlan(const std::string& directory, int input, int output) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, input, 0);
        posix_spawn_file_actions_adddup2(&actions_, output, 1);
        posix_spawn_file_actions_adddup2(&actions_, output, 2);
        posix_spawn_file_actions_addclosefrom_np(&actions_, 3);
        posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());

        posix_spawnattr_init(&attributes_);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setflags(&attributes_,
                                 POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    Result<pid_t> start(const Command& command) const {
        const auto arguments = as_pointers(command.arguments);
        const auto environment = as_pointers(command.environment);
        pid_t process = 0;
        const int error_number = ::posix_spawn(&process, arguments[0], &actions_, &attributes_,
                                               arguments.data(), environment.data());
        if (error_number != 0) return Error::from_errno("run " + command.arguments[0], error_number);
        return process;
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

/// The program while it runs: ended and waited for with the object at the latest.
class RunningCommand {
public:
    static Result<std::unique_ptr<RunningCommand>> start(const Command& command) {
        ::signal(SIGCHLD,
                 SIG_DFL);  // who started us may have had it ignored: then no end could be waited for
        POSTERN_ASSIGN(PipeEnds input, open_pipe());
        POSTERN_ASSIGN(PipeEnds output, open_pipe());
        (void)::fcntl(input.write.number(), F_SETFL, O_NONBLOCK);
        POSTERN_ASSIGN(
            const pid_t process,
            SpawnPlan(command.directory, input.read.number(), output.write.number()).start(command));
        return std::make_unique<RunningCommand>(process, std::move(input.write), std::move(output.read),
                                                command.most_output);
    }
    RunningCommand(pid_t process, UniqueFd input, UniqueFd output, std::size_t most_output)
        : process_(process),
          end_signal_(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))),  // glibc 2.36: only for C
          input_(std::move(input)),
          output_(std::move(output)),
          most_output_(most_output) {}
    RunningCommand(const RunningCommand&) = delete;
    RunningCommand& operator=(const RunningCommand&) = delete;
    ~RunningCommand() {
        if (process_ != 0) (void)wait_for_end();
    }

    /// Feeds and listens until the program has ended (true) or it is `deadline`.
    Result<bool> serve(Deadline deadline, const CommandInput& input);
    void stop() const { (void)::kill(-process_, SIGTERM); }
    /// Ends what is left of the group, the program too, and says how it ended.
    CommandEnd wait_for_end();

private:
    enum Place { program, answers, content };
    void listen();
    Status feed(const CommandInput& input);

    pid_t process_;  ///< 0 = waited for
    UniqueFd end_signal_;
    UniqueFd input_;
    UniqueFd output_;
    std::size_t most_output_;
    std::string said_;
    std::string_view unfed_;
};

int milliseconds_left(Deadline deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 60'000));
}

Result<bool> RunningCommand::serve(Deadline deadline, const CommandInput& input) {
    if (!end_signal_) return Error(Fault::temporary, "pidfd_open: this system has none");
    for (;;) {
        std::array<pollfd, 3> waited{{{end_signal_.number(), POLLIN, 0},
                                      {output_.number(), POLLIN, 0},
                                      {input_.number(), POLLOUT, 0}}};
        const int left = milliseconds_left(deadline);
        if (::poll(waited.data(), waited.size(), left) == -1 && errno != EINTR)
            return errno_error("poll", "a command");
        if (waited[answers].revents != 0) listen();
        if (waited[program].revents != 0) return true;
        if (waited[content].revents != 0) POSTERN_TRY(feed(input));
        if (milliseconds_left(deadline) == 0) return false;
    }
}

/// What it says beyond the limit is read, so that it does not wait for us, and forgotten.
void RunningCommand::listen() {
    std::array<char, kOutputBlock> block{};
    const auto count =
        repeat_if_interrupted([&] { return ::read(output_.number(), block.data(), block.size()); });
    if (count <= 0) return void(output_ = UniqueFd());
    said_.append(block.data(), std::min(static_cast<std::size_t>(count), most_output_ - said_.size()));
}

Status RunningCommand::feed(const CommandInput& input) {
    if (unfed_.empty()) {
        POSTERN_ASSIGN(unfed_, input());
    }
    if (unfed_.empty()) {
        input_ = UniqueFd();
        return done;
    }
    const auto count =
        repeat_if_interrupted([&] { return ::write(input_.number(), unfed_.data(), unfed_.size()); });
    if (count > 0) unfed_.remove_prefix(static_cast<std::size_t>(count));
    if (count == -1 && errno != EAGAIN) input_ = UniqueFd();  // it reads no more: its exit status decides
    return done;
}

CommandEnd RunningCommand::wait_for_end() {
    (void)::kill(-process_, SIGKILL);  // not waited for yet, so nobody else can have the number
    int status = 0;
    (void)repeat_if_interrupted([&] { return ::waitpid(process_, &status, 0); });
    process_ = 0;
    pollfd rest{output_.number(), POLLIN, 0};
    while (output_ && said_.size() < most_output_ && ::poll(&rest, 1, 0) == 1) listen();
    if (WIFSIGNALED(status)) return {CommandEnd::How::killed_by_signal, WTERMSIG(status), std::move(said_)};
    return {CommandEnd::How::exited, WEXITSTATUS(status), std::move(said_)};
}

}  // namespace

Result<CommandEnd> ProcessRunner::run(const Command& command, const CommandInput& input) {
    const Deadline limit = std::chrono::steady_clock::now() + command.time_limit;
    POSTERN_ASSIGN(const auto running, RunningCommand::start(command));
    POSTERN_ASSIGN(const bool has_ended, running->serve(limit, input));
    if (has_ended) return running->wait_for_end();
    running->stop();
    POSTERN_TRY(running->serve(limit + kGraceAfterStop, input));
    auto end = running->wait_for_end();
    return CommandEnd{CommandEnd::How::out_of_time, 0, std::move(end.output)};
}

}  // namespace postern::sys
