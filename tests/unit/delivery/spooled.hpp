// SPDX-License-Identifier: BSD-2-Clause
// A spool in memory for the tests of this folder: queues messages and claims them.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "spool/incoming.hpp"
#include "spool/message.hpp"
#include "support/fake_accounts.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_randomness.hpp"
#include "support/memory_files.hpp"

namespace postern::test {

struct Spooled {
    Spooled() {
        for (const char* lane : {"received/now", "relay/now", "incoming", "staged", "hold", "damaged"})
            files.make_directories("spool/" + std::string(lane));
        files.make_directories("mail");
        files.make_directories("state");
    }

    /// Its path in received/now. `sender`: "" = the null reverse-path.
    std::string queue(const std::vector<std::string>& recipients, std::string_view content,
                      const std::string& sender = "bob@example.net") {
        mail::Envelope envelope;
        envelope.reverse_path = mail::Address::parse(sender);
        for (const auto& recipient : recipients) envelope.recipients.push_back({address(recipient)});
        envelope.received = clock.now();
        envelope.peer.service = service;
        envelope.body = body;
        envelope.requires_tls = requires_tls;
        const auto now = *files.open_directory(layout.now(spool::Lane::received));
        auto incoming =
            spool::Incoming::create({files, layout, *now}, spool::MessageId::random(randomness), envelope);
        BOOST_REQUIRE(incoming);
        BOOST_REQUIRE(incoming->append(content));
        const auto id = std::move(*incoming).commit();
        BOOST_REQUIRE(id);
        return layout.now(spool::Lane::received) + "/" + id->text();
    }

    spool::Message claim(const std::string& path) {
        auto claimed = spool::Message::claim(files, path);
        BOOST_REQUIRE(claimed);
        BOOST_REQUIRE(std::holds_alternative<spool::Message>(*claimed));
        return std::get<spool::Message>(std::move(*claimed));
    }

    MemoryFiles files;
    spool::Layout layout{"spool"};
    FakeClock clock;
    FakeRandomness randomness;
    std::string service;                            ///< that messages come in on
    mail::BodyType body = mail::BodyType::unknown;  ///< that is declared for them
    bool requires_tls = false;                      ///< likewise
};

}  // namespace postern::test
