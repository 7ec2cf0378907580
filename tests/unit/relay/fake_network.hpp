// SPDX-License-Identifier: BSD-2-Clause
// A network in memory: SMTP servers that say what a test wants, behind the seam of Transport. Nothing
// waits for a clock: a server that is silent has used up all patience at once. But every read lets all others
// go on first, as the real one does.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "relay/crew.hpp"
#include "relay/transport.hpp"

namespace postern::relay {

/// Closes the connection in place of a reply.
inline const std::string kDrop = "drop";
/// Says nothing at all.
inline const std::string kSilence = "silence";

/// How many are there at once, and were at most.
class Attendance {
public:
    void come() { most_ = std::max(most_, ++now_); }
    void go() { --now_; }
    unsigned now() const { return now_; }
    unsigned most() const { return most_; }

private:
    unsigned now_ = 0;
    unsigned most_ = 0;
};

struct FakeHost {
    /// Replies to the line that begins so, the longest beginning first; "" = the greeting, "." = the end of
    /// the content. Without one the server is content with everything.
    std::map<std::string, std::string> replies = {};
    std::string extensions = "PIPELINING";  ///< with commas between
    std::size_t octets_a_read = 4096;
    std::chrono::minutes pause{0};  ///< before each read yields something
    /// Until then it answers nothing; at last it is taken for a silent one.
    std::function<bool()> answers = [] { return true; };
    sys::Deadline now{};
    unsigned connections = 0;
    Attendance open = {};
    std::vector<std::string> lines = {};     ///< commands, in order
    std::vector<std::string> contents = {};  ///< of accepted messages, still dot-stuffed

    std::size_t count(std::string_view verb) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(lines, [&](const auto& line) { return line.starts_with(verb); }));
    }
};

class FakeConnection final : public Connection {
public:
    FakeConnection(FakeHost& host, Attendance& everywhere) : host_(host), everywhere_(everywhere) {
        host_.open.come();
        everywhere_.come();
        say(scripted("", "220 fake ESMTP"));
    }
    ~FakeConnection() override {
        host_.open.go();
        everywhere_.go();
    }

    sys::Deadline now() const override { return host_.now; }

    Task<sys::ReadEnd> read(std::span<char> into, sys::Deadline deadline) override {
        using Why = sys::ReadEnd::Why;
        for (int i = 0; i == 0 || (i < kMostRounds && !host_.answers()); ++i) co_await breathe();
        if (!host_.answers()) co_return sys::ReadEnd{Why::timed_out, 0};
        host_.now += host_.pause;
        if (host_.now > deadline) co_return sys::ReadEnd{Why::timed_out, 0};
        if (said_.empty()) co_return sys::ReadEnd{is_open_ ? Why::timed_out : Why::closed, 0};
        const auto count = std::min({into.size(), said_.size(), host_.octets_a_read});
        std::copy_n(said_.begin(), count, into.begin());
        said_.erase(0, count);
        co_return sys::ReadEnd{Why::bytes, count};
    }

    Task<Status> write(std::string_view bytes, sys::Deadline) override {
        if (!is_open_) co_return Error(Fault::temporary, "write: broken pipe");
        heard_ += bytes;
        while (is_open_ && (is_in_chunk_ ? hear_chunk() : hear_line())) {}
        co_return done;
    }

private:
    static constexpr int kMostRounds = 10'000;

    std::string scripted(const std::string& line, std::string usual) const {
        for (auto reply = host_.replies.rbegin(); reply != host_.replies.rend(); ++reply)
            if (line.empty() ? reply->first.empty() : !reply->first.empty() && line.starts_with(reply->first))
                return reply->second;
        return usual;
    }

    void say(const std::string& reply) {
        if (reply == kDrop)
            is_open_ = false;
        else if (reply != kSilence)
            said_ += reply + "\r\n";
    }

    bool hear_line() {
        const auto end = heard_.find("\r\n");
        if (end == std::string::npos) return false;
        const auto line = heard_.substr(0, end);
        heard_.erase(0, end + 2);
        hear(line);
        return true;
    }

    bool hear_chunk() {
        if (heard_.size() < chunk_) return false;
        content_ += heard_.substr(0, chunk_);
        heard_.erase(0, chunk_);
        is_in_chunk_ = false;
        if (is_last_chunk_)
            end_content();
        else
            say(scripted("BDAT", "250 ok"));
        return true;
    }

    std::string greeting() const {
        std::string lines = "250-fake\r\n250-" + host_.extensions;
        for (auto comma = lines.find(','); comma != std::string::npos; comma = lines.find(','))
            lines.replace(comma, 1, "\r\n250-");
        return lines + "\r\n250 HELP";
    }

    void hear(const std::string& line) {
        if (is_in_content_) return hear_content(line);
        host_.lines.push_back(line);
        if (line.starts_with("EHLO")) return say(scripted(line, greeting()));
        if (line.starts_with("BDAT ")) {
            is_in_chunk_ = true;
            is_last_chunk_ = line.ends_with(" LAST");
            chunk_ = std::stoul(line.substr(5));
            return;
        }
        const auto reply = scripted(line, line == "DATA" ? "354 go" : "250 ok");
        is_in_content_ = line == "DATA" && reply.starts_with("354");
        say(reply);
    }

    void hear_content(const std::string& line) {
        if (line != ".") {
            content_ += line + "\r\n";
            return;
        }
        is_in_content_ = false;
        end_content();
    }

    void end_content() {
        const auto reply = scripted(".", "250 taken");
        if (reply.starts_with("250") && !content_.empty()) host_.contents.push_back(content_);
        content_.clear();
        say(reply);
    }

    FakeHost& host_;
    Attendance& everywhere_;
    bool is_open_ = true;
    bool is_in_content_ = false;
    bool is_in_chunk_ = false;
    bool is_last_chunk_ = false;
    std::size_t chunk_ = 0;  ///< its octets
    std::string said_;
    std::string heard_;
    std::string content_;
};

class FakeNetwork final : public Transport {
public:
    /// Where nothing was put, connections are refused.
    FakeHost& host(std::string_view address) { return hosts_[*IpAddress::parse(address)]; }

    Task<Result<std::unique_ptr<Connection>>> connect(IpAddress address, std::uint16_t port,
                                                      Patience) override {
        on_connect();
        calls.push_back(address.to_string() + ":" + std::to_string(port));
        co_await breathe();
        const auto found = hosts_.find(address);
        if (found == hosts_.end()) co_return Error(Fault::temporary, "connection refused");
        ++found->second.connections;
        co_return std::make_unique<FakeConnection>(found->second, open);
    }

    std::vector<std::string> calls;
    Attendance open;  ///< connections to all hosts
    std::function<void()> on_connect = [] {};

private:
    std::map<IpAddress, FakeHost> hosts_;
};

}  // namespace postern::relay
