// SPDX-License-Identifier: BSD-2-Clause
// The log as messages to a syslogd: that of this machine by its datagram socket (RFC 3164), or a log server
// by UDP or TCP (RFC 5424; frames by octet counting, RFC 6587 §3.4.1). A line that cannot be sent within a
// moment is lost: logging never fails mail, and never holds it up for long. A connection that is lost is made
// anew. A process that was forked connects for itself, since frames of two would mix.
#pragma once

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "sys/log_options.hpp"
#include "sys/unique_fd.hpp"

namespace postern::sys {

class SocketLog final : public Log {
public:
    /// `options.target` is syslog or server. Connects; when nobody is there, later again. `clock` must
    /// outlive the log.
    SocketLog(LogOptions options, std::string program, const Clock& clock);

    void record(Severity severity, std::string_view event, std::span<const LogField> fields) override;
    bool wants(Severity severity) const override { return severity <= options_.level; }

private:
    bool is_connected(Instant now);
    void connect(Instant now);
    bool send(std::string_view message);

    LogOptions options_;
    std::string program_;
    const Clock& clock_;
    UniqueFd socket_;
    long owner_;              ///< the process that has connected
    Instant next_attempt_{};  ///< to connect
    bool is_patient_ = true;  ///< not after a line that had to wait in vain, until one gets through
};

/// Whether somebody listens there, as far as can be told (of UDP it cannot).
Status check_log_socket(const LogOptions& options);

}  // namespace postern::sys
