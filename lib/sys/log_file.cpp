// SPDX-License-Identifier: BSD-2-Clause
#include "sys/log_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "sys/log_line.hpp"
#include "sys/socket_log.hpp"
#include "sys/system_call.hpp"

namespace postern::sys {

Result<std::unique_ptr<LogFile>> LogFile::open(const LogOptions& options, std::string program,
                                               const Clock& clock) {
    std::unique_ptr<LogFile> log(new LogFile(options, std::move(program), clock));
    POSTERN_TRY(log->open_file_of(clock.now()));
    return log;
}

/// The file whose name is due now; the open one stays when it cannot be opened (confined, no room).
Status LogFile::open_file_of(Instant at) {
    POSTERN_ASSIGN(std::string name, log_file_name(options_.file, at));
    if (file_ && name == name_) return done;
    const std::string path = options_.directory + "/" + name;
    constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    UniqueFd opened(repeat_if_interrupted([&] { return ::open(path.c_str(), flags, 0660); }));
    if (!opened) return errno_error("open log", path);
    file_ = std::move(opened);
    name_ = std::move(name);
    return done;
}

void LogFile::record(Severity severity, std::string_view event, std::span<const LogField> fields) {
    if (!wants(severity)) return;
    const Instant now = clock_.now();
    (void)open_file_of(now);
    const std::string line =
        format_log_line({now, severity, program_, ::getpid(), event, fields}, options_.format);
    // Not completed when cut short: the rest would be a line of its own among those of others.
    (void)!repeat_if_interrupted([&] { return ::write(file_.number(), line.data(), line.size()); });
}

Result<std::unique_ptr<Log>> open_log(const LogOptions& options, std::string program, const Clock& clock) {
    using AnyLog = std::unique_ptr<Log>;
    if (options.target == LogTarget::none) return AnyLog(std::make_unique<NullLog>());
    if (options.target != LogTarget::file)
        return AnyLog(std::make_unique<SocketLog>(options, std::move(program), clock));
    POSTERN_ASSIGN(auto file, LogFile::open(options, std::move(program), clock));
    return AnyLog(std::move(file));
}

Status check_log(const LogOptions& options, const Clock& clock) {
    if (options.target == LogTarget::none) return done;
    if (options.target != LogTarget::file) return check_log_socket(options);
    POSTERN_TRY(LogFile::open(options, "", clock));
    return done;
}

}  // namespace postern::sys
