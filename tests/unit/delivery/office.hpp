// SPDX-License-Identifier: BSD-2-Clause
// Whole passes over a spool in memory, and questions about what they left.
#pragma once

#include "delivery/pass.hpp"
#include "fake_lmtp.hpp"
#include "fake_programs.hpp"
#include "spooled.hpp"
#include "support/recording_log.hpp"

namespace postern::test {

using Names = std::vector<std::string>;
inline constexpr const char* kContent = "Subject: hi\r\n\r\nhello\r\n";

struct Office : Spooled {
    Office() {
        accounts.serve("example.org");
        accounts.add_account("alice@example.org");
        accounts.add_account("carol@example.org");
    }

    delivery::PassReport pass() {
        const runner::Tools tools{files, layout, clock, log};
        runner::Options options;
        options.hostname = "mx.example.org";
        options.filter = filter;
        runner::Worker worker(tools, options, "deliver");
        delivery::Maildir maildir({files, randomness, clock}, {"mail", "state"}, "4711");
        delivery::Lmtp lmtp(lmtp_servers, "mx.example.org", log);
        delivery::CommandDelivery commands(programs, files, {"mail", "state"}, log);
        delivery::OtherWays other_ways(worker, lmtp, commands, log);
        const delivery::Postman postman(worker, {accounts, clock, log}, maildir, other_ways, log);
        const auto report = delivery::Pass(tools, worker, postman, [this] { return told_to_stop; }).run();
        lmtp.hang_up();
        return report;
    }
    /// A pass that finds nothing wrong with this machine.
    void good_pass() { BOOST_REQUIRE(pass().trouble); }

    std::size_t copies(const std::string& user) const {
        return files.names("mail/example.org/" + user + "/new").size();
    }
    std::vector<std::string> delivered_to(const std::string& user) const {
        std::vector<std::string> lines;
        const std::string folder = "mail/example.org/" + user + "/new/";
        for (const auto& name : files.names(folder)) {
            const std::string text = *files.content(folder + name);
            const auto begin = text.find("Delivered-To: ") + 14;
            lines.push_back(text.substr(begin, text.find('\n', begin) - begin));
        }
        return lines;
    }
    /// Paths of all files below spool/DIRECTORY.
    std::vector<std::string> queued(const std::string& directory) const {
        std::vector<std::string> paths;
        for (const auto& [path, content] : files.all_files())
            if (path.starts_with("spool/" + directory)) paths.push_back(path);
        return paths;
    }
    /// The open recipients of the only file below spool/DIRECTORY.
    std::vector<std::string> open_in(const std::string& directory) {
        const auto paths = queued(directory);
        BOOST_REQUIRE_EQUAL(paths.size(), 1u);
        const auto message = claim(paths.front());
        std::vector<std::string> open;
        for (const auto i : message.history().open())
            open.push_back(message.history().recipients()[i].address.to_string());
        return open;
    }

    FakeAccounts accounts;
    FakeLmtpServers lmtp_servers;
    FakePrograms programs;
    RecordingLog log;
    bool told_to_stop = false;
    std::optional<runner::ContentFilter> filter;
};

}  // namespace postern::test

#define CHECK_NAMES(found, ...) BOOST_TEST(found == Names(__VA_ARGS__), boost::test_tools::per_element())
