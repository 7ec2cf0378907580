// SPDX-License-Identifier: BSD-2-Clause
// A spool in memory with its directories, and short ways to put mail into it and to look at it.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mail/envelope.hpp"
#include "spool/incoming.hpp"
#include "spool/message.hpp"
#include "spool/queue.hpp"
#include "spool/queue_orders.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_randomness.hpp"
#include "support/memory_files.hpp"

namespace postern::test {

/// What a test counts on; anything else is a mistake in the test.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().what());
    return *std::move(result);
}

inline mail::Address address(std::string_view text) {
    auto parsed = mail::Address::parse(text);
    if (!parsed) throw std::runtime_error("no address: " + std::string(text));
    return *std::move(parsed);
}

class MemorySpool {
public:
    MemorySpool() {
        for (const auto& directory :
             {layout.incoming(), layout.staged(), layout.hold(), layout.quarantine(), layout.damaged(),
              layout.now(spool::Lane::received), layout.now(spool::Lane::relay), std::string("state")})
            files.make_directories(directory);
    }

    /// `from` "" is the null reverse-path.
    mail::Envelope envelope(const std::vector<std::string>& to,
                            std::string_view from = "alice@example.net") const {
        mail::Envelope envelope;
        if (!from.empty()) envelope.reverse_path = address(from);
        for (const std::string& recipient : to) envelope.recipients.push_back({address(recipient)});
        envelope.received = clock.now();
        return envelope;
    }

    /// The whole way of a message in: create, append, commit.
    Result<spool::MessageId> queue(const mail::Envelope& envelope, std::string_view content) {
        auto received_now = files.open_directory(layout.now(spool::Lane::received));
        if (!received_now) return received_now.error();
        auto incoming = spool::Incoming::create({files, layout, **received_now},
                                                spool::MessageId::random(randomness), envelope);
        if (!incoming) return incoming.error();
        if (auto appended = incoming->append(content); !appended) return appended.error();
        return (*std::move(incoming)).commit();
    }

    /// Carries an order out, without patience.
    Result<spool::Obeyed> order(const spool::MessageId& id, spool::Order order) {
        return spool::carry_out(files, layout, id, {order, clock.now(), "root", "told to"},
                                std::chrono::milliseconds(0));
    }

    std::string path_in_received(const spool::MessageId& id) const {
        return layout.now(spool::Lane::received) + "/" + id.text();
    }

    spool::Message claim(const std::string& path) {
        auto claimed = must(spool::Message::claim(files, path));
        if (const auto* why = std::get_if<spool::NotClaimed>(&claimed))
            throw std::runtime_error("not claimed: " + path + " " + why->what);
        return std::move(std::get<spool::Message>(claimed));
    }

    /// Content of the message in this file.
    std::string content(const std::string& path) {
        const auto story = must(spool::read_message(files, path));
        return files.content(path)->substr(story.content_offset, story.content_size);
    }

    /// Paths of all files in the spool but those of hold/ and damaged/.
    std::vector<std::string> queued() {
        std::vector<std::string> paths;
        for (const auto& file : must(spool::list_all(files, layout)))
            if (file.place == spool::Place::received || file.place == spool::Place::relay)
                paths.push_back(file.path());
        return paths;
    }

    MemoryFiles files;
    spool::Layout layout{"spool"};
    FakeClock clock;
    FakeRandomness randomness;
};

}  // namespace postern::test
