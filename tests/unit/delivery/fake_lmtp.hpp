// SPDX-License-Identifier: BSD-2-Clause
// LMTP servers in memory: each takes what its script does not answer otherwise, and keeps it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/lmtp_dialer.hpp"

namespace postern::test {

/// What one server does and has seen.
struct FakeLmtpServer {
    bool is_down = false;
    /// The answer to a command, or to the dot for a recipient ("END <alice@example.org>"), with CRLF. "" =
    /// the usual one; "drop" = the connection is closed.
    std::function<std::string(const std::string& line)> script = [](const std::string&) { return ""; };

    int connections = 0;
    std::vector<std::string> lines = {};     ///< commands, without CRLF
    std::vector<std::string> contents = {};  ///< of whole messages
};

class FakeLmtpServers : public delivery::LmtpDialer {
public:
    FakeLmtpServer& operator[](const std::string& server) { return servers_[server]; }

    Result<std::unique_ptr<sys::Stream>> dial(const accounts::LmtpServer& server) override {
        FakeLmtpServer& dialled = servers_[server.to_string()];
        if (dialled.is_down) return Error(Fault::temporary, "connect to " + server.to_string() + ": refused");
        ++dialled.connections;
        return std::unique_ptr<sys::Stream>(std::make_unique<Connection>(dialled));
    }

private:
    class Connection : public sys::Stream {
    public:
        explicit Connection(FakeLmtpServer& server) : server_(server) {}

        sys::ReadEnd read(std::span<char> into, sys::Deadline) override {
            if (unsent_.empty())
                return {is_dropped_ ? sys::ReadEnd::Why::closed : sys::ReadEnd::Why::timed_out};
            const auto count = unsent_.copy(into.data(), into.size());
            unsent_.erase(0, count);
            return {sys::ReadEnd::Why::bytes, count};
        }
        Status write(std::string_view bytes, sys::Deadline) override {
            if (is_dropped_) return Error(Fault::temporary, "write: broken pipe");
            unread_ += bytes;
            while (!is_dropped_ && (in_content_ ? take_content() : take_line())) {}
            return done;
        }

    private:
        bool take_line() {
            const auto end = unread_.find("\r\n");
            if (end == std::string::npos) return false;
            const std::string line = unread_.substr(0, end);
            unread_.erase(0, end + 2);
            server_.lines.push_back(line);
            const std::string verb = line.substr(0, 4);
            if (verb == "LHLO")
                say(line, "250-box\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
            else if (verb == "RCPT") {
                if (say(line, "250 2.1.5 Ok\r\n").starts_with("2")) accepted_.push_back(line.substr(8));
            } else if (verb == "DATA") {
                in_content_ =
                    say(line, accepted_.empty() ? "503 5.5.1 Nobody\r\n" : "354 Go\r\n").starts_with("3");
            } else {
                say(line, "250 2.0.0 Ok\r\n");
                accepted_.clear();
            }
            return true;
        }
        bool take_content() {
            const auto end = unread_.find("\r\n.\r\n");
            if (end == std::string::npos) return false;
            server_.contents.push_back(unread_.substr(0, end + 2));
            unread_.erase(0, end + 5);
            in_content_ = false;
            for (const auto& recipient : std::exchange(accepted_, {}))
                if (!is_dropped_) say("END " + recipient, "250 2.0.0 Saved\r\n");
            return true;
        }
        std::string say(const std::string& line, const std::string& usual) {
            const std::string scripted = server_.script(line);
            is_dropped_ = scripted == "drop";
            if (is_dropped_) return "";
            unsent_ += scripted.empty() ? usual : scripted;
            return scripted.empty() ? usual : scripted;
        }

        FakeLmtpServer& server_;
        std::string unsent_ = "220 box LMTP\r\n";
        std::string unread_;
        std::vector<std::string> accepted_;
        bool in_content_ = false;
        bool is_dropped_ = false;
    };

    std::map<std::string, FakeLmtpServer> servers_;
};

}  // namespace postern::test
