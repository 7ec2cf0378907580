// SPDX-License-Identifier: BSD-2-Clause
// A sound message is claimed with its content whole, whatever octets that has and whatever stands behind it.
#include "fuzz.hpp"
#include "spool/incoming.hpp"
#include "spool/message.hpp"
#include "support/fake_randomness.hpp"
#include "support/memory_files.hpp"

using namespace postern;

static std::string write_message(test::MemoryFiles& files, std::string_view content) {
    for (const char* directory : {"incoming", "received/now"}) files.make_directories(directory);
    const spool::Layout layout("");
    const auto now = files.open_directory("/received/now");
    test::FakeRandomness randomness;
    mail::Envelope envelope;
    envelope.recipients = {{*mail::Address::parse("alice@example.org")}};
    auto incoming =
        spool::Incoming::create({files, layout, **now}, spool::MessageId::random(randomness), envelope);
    fuzz::require(incoming && incoming->append(content), "a message can be written");
    return "/received/now/" + (*std::move(incoming)).commit()->text();
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::MemoryFiles files;
    const std::string path = write_message(files, fuzz::text_of(data, size));
    files.put(path, *files.content(path) + std::string(fuzz::text_of(data, size)));
    const auto claimed = spool::Message::claim(files, path);
    const auto* message = claimed ? std::get_if<spool::Message>(&*claimed) : nullptr;
    fuzz::require(message && message->content_size() == size, "it is claimed");
    return 0;
}
