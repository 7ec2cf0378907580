// SPDX-License-Identifier: BSD-2-Clause
#include "spool/spool_file.hpp"

#include <boost/test/unit_test.hpp>

#include "base/hash.hpp"
#include "spool/head.hpp"
#include "support/memory_spool.hpp"

using namespace postern;
using spool::Damage;
using spool::SpoolFile;
using test::MemorySpool;

namespace spool_file_tests {

constexpr std::string_view kContent = "Subject: one\r\n\r\nline\r\n";

std::variant<SpoolFile, Damage> read(MemorySpool& spool, std::string octets) {
    spool.files.put("file", std::move(octets));
    const auto file = test::must(spool.files.open("file", sys::Access::read));
    return test::must(spool::read_spool_file(*file));
}

std::string octets_of(MemorySpool& spool, const mail::Envelope& envelope, std::string_view content) {
    const auto id = test::must(spool.queue(envelope, content));
    return *spool.files.content(spool.path_in_received(id));
}

}  // namespace spool_file_tests

BOOST_AUTO_TEST_SUITE(spool_file_tests)

BOOST_AUTO_TEST_CASE(line_1_is_as_the_manual_page_says) {
    MemorySpool spool;
    auto envelope = spool.envelope({"bob@example.org", "\"a b\"@[192.0.2.1]"});
    envelope.peer.ip = "192.0.2.7";
    envelope.peer.port = 4711;
    envelope.peer.helo = "client.example";
    envelope.peer.service = "smtp";
    envelope.body = mail::BodyType::eight_bit_mime;
    envelope.smtputf8 = true;
    envelope.ret = mail::ReturnedPart::header;
    envelope.envid = "QQ314159";
    envelope.requires_tls = true;
    envelope.recipients[0].notify = "NEVER";
    const std::string octets = octets_of(spool, envelope, kContent);
    const std::string line = octets.substr(0, octets.find('\n'));
    BOOST_TEST(line.substr(0, 50) == R"({"state":"live"   ,"size":              22,"sum":")");
    BOOST_TEST(line.substr(spool::kFixedLength) ==
               R"(,"v":1,"id":"aaaaaaaaaaaaaaaaaaaaaaaaae","lane":"received",)"
               R"("not_before":"2026-11-21T20:30:00.000Z","from":"alice@example.net",)"
               R"("received":"2026-11-21T20:30:00.000Z","body":"8BITMIME","smtputf8":true,"ret":"HDRS",)"
               R"("envid":"QQ314159","requiretls":true,)"
               R"("peer":{"ip":"192.0.2.7","port":4711,"helo":"client.example","service":"smtp"},)"
               R"("to":[{"address":"bob@example.org","notify":"NEVER"},{"address":"\"a b\"@[192.0.2.1]"}]})");
    BOOST_TEST(line.find("\"from\"") < 256u);  // scheduling and repair read no more
    BOOST_TEST(octets.substr(line.size() + 1, kContent.size()) == kContent);
    BOOST_TEST(octets.size() == 4096u);
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back) {
    MemorySpool spool;
    auto envelope = spool.envelope({"bob@example.org", "\"a b\"@[192.0.2.1]"}, "");
    envelope.peer = {"192.0.2.7", 4711, "client.example", "100%\xff\"\\", "TLSv1.3", "al", "", "smtp", "s1"};
    envelope.recipients[1].orcpt = "rfc822;x+20y@example.org";
    envelope.body = mail::BodyType::binary_mime;
    envelope.smtputf8 = true;
    envelope.ret = mail::ReturnedPart::whole;
    envelope.envid = "a+20b";
    envelope.requires_tls = true;
    envelope.recipients[0].on_behalf_of = test::address("list@example.org");
    const auto told = read(spool, octets_of(spool, envelope, kContent));
    BOOST_REQUIRE(std::holds_alternative<SpoolFile>(told));
    const mail::Envelope& back = std::get<SpoolFile>(told).head.envelope;
    BOOST_TEST(!back.reverse_path.has_value());
    BOOST_TEST(back.recipients.size() == 2u);
    BOOST_TEST((back.recipients[1].address == envelope.recipients[1].address));
    BOOST_TEST(back.recipients[1].orcpt == envelope.recipients[1].orcpt);
    BOOST_TEST((back.recipients[0].on_behalf_of == envelope.recipients[0].on_behalf_of));
    BOOST_TEST(!back.recipients[1].on_behalf_of.has_value());
    BOOST_TEST(back.peer.helo == envelope.peer.helo);
    BOOST_TEST((back.body == mail::BodyType::binary_mime));
    BOOST_TEST(back.smtputf8);
    BOOST_TEST((back.ret == mail::ReturnedPart::whole));
    BOOST_TEST(back.envid == "a+20b");
    BOOST_TEST(back.requires_tls);
    BOOST_TEST(back.peer.port == 4711);
    BOOST_TEST(back.peer.session == "s1");
    BOOST_TEST((back.received == envelope.received));
}

BOOST_AUTO_TEST_CASE(fixed_fields_keep_their_width) {
    for (const auto state : {spool::FileState::writing, spool::FileState::live, spool::FileState::done,
                             spool::FileState::free}) {
        for (const std::uint64_t size : {0ULL, 1ULL, 9'999'999'999'999'999ULL}) {
            const std::string text = spool::write_fixed_fields({state, size, std::string(64, 'a')});
            BOOST_TEST(text.size() == spool::kFixedLength);
            const auto read = spool::parse_fixed_fields(text);
            BOOST_REQUIRE(read.has_value());
            BOOST_TEST((read->state == state));
            BOOST_TEST(read->size == size);
        }
    }
}

BOOST_AUTO_TEST_CASE(any_octet_changed_in_line_1_or_content_is_damage) {
    MemorySpool spool;
    const std::string good = octets_of(spool, spool.envelope({"bob@example.org"}), kContent);
    const std::size_t end = good.find('\n') + 1 + kContent.size();
    for (std::size_t i = 0; i < end; ++i) {
        std::string bad = good;
        bad[i] = bad[i] == 'x' ? 'y' : 'x';
        BOOST_TEST(std::holds_alternative<Damage>(read(spool, bad)), "octet " << i);
    }
    BOOST_TEST(std::holds_alternative<SpoolFile>(read(spool, good)));
}

BOOST_AUTO_TEST_CASE(a_file_cut_anywhere_is_damage) {
    MemorySpool spool;
    const std::string good = octets_of(spool, spool.envelope({"bob@example.org"}), kContent);
    const std::size_t end = good.find('\n') + 1 + kContent.size();
    for (std::size_t i = 0; i < end; ++i)
        BOOST_TEST(std::holds_alternative<Damage>(read(spool, good.substr(0, i))), "octet " << i);
    BOOST_TEST(std::holds_alternative<SpoolFile>(read(spool, good.substr(0, end))));
}

BOOST_AUTO_TEST_CASE(what_was_never_finished_is_told_apart_from_what_is_broken) {
    MemorySpool spool;
    const std::string good = octets_of(spool, spool.envelope({"bob@example.org"}), kContent);
    const auto kind = [&](std::string octets) {
        return std::get<Damage>(read(spool, std::move(octets))).kind;
    };
    std::string writing = good;
    writing.replace(0, 18, R"({"state":"writing")");
    std::string broken = good;
    broken[spool::kFixedLength + 20] ^= 1;
    BOOST_TEST((kind("") == Damage::Kind::unfinished));
    BOOST_TEST((kind(std::string(4096, '\0')) == Damage::Kind::unfinished));
    BOOST_TEST((kind(writing) == Damage::Kind::unfinished));
    BOOST_TEST((kind(broken) == Damage::Kind::broken));
    BOOST_TEST((kind("garbage") == Damage::Kind::broken));
}

/// Line 1 as another program may write it, with the right sum.
std::string file_with(const std::string& rest_of_line_1, std::string_view content) {
    const std::string behind = rest_of_line_1 + "\n" + std::string(content);
    const std::string sum = hash_hex(spool::kSumOctets, behind);
    return spool::write_fixed_fields({spool::FileState::live, content.size(), sum}) + behind;
}

BOOST_AUTO_TEST_CASE(keys_that_are_not_known_are_ignored_and_order_does_not_matter) {
    MemorySpool spool;
    const auto told = read(
        spool, file_with(R"(,"to":[{"new":[1,{"address":"no"}],"address":"bob@example.org"}],"from":"",)"
                         R"("future":{"to":[{"address":"x@y.example"}],"id":"z"},"flag":true,"none":null,)"
                         R"("n":-1.5,"received":"2026-11-21T20:30:00.000Z","v":1,"lane":"relay",)"
                         R"("id":"aaaaaaaaaaaaaaaaaaaaaaaaaa","not_before":"2026-11-21T20:30:00.000Z"})",
                         kContent));
    BOOST_REQUIRE(std::holds_alternative<SpoolFile>(told));
    BOOST_TEST(std::get<SpoolFile>(told).head.envelope.recipients.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_envelope_that_says_too_little_or_wrong_is_damage) {
    MemorySpool spool;
    const std::string whole =
        R"(,"v":1,"id":"aaaaaaaaaaaaaaaaaaaaaaaaaa","lane":"relay","not_before":"2026-11-21T20:30:00.000Z",)"
        R"("from":"","received":"2026-11-21T20:30:00.000Z","to":[{"address":"bob@example.org"}]})";
    BOOST_REQUIRE(std::holds_alternative<SpoolFile>(read(spool, file_with(whole, kContent))));
    const std::pair<std::string, std::string> changes[] = {
        {R"("v":1)", R"("v":2)"},
        {R"("v":1,)", ""},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaa", "../../../../../../../../x"},
        {R"("lane":"relay")", R"("lane":"other")"},
        {R"("from":"",)", ""},
        {R"("from":"")", R"("from":"no address")"},
        {R"([{"address":"bob@example.org"}])", "[]"},
        {R"([{"address":"bob@example.org"}])", "[{}]"},
        {"bob@example.org", "bob@@example.org"},
        {"bob@example.org", "bob%zz@example.org"},
        {R"("received":"2026-11-21)", R"("received":"2026-13-21)"},
        {R"("}]})", R"("}]}})"},
        {R"("}]})", R"("}])"},
    };
    for (const auto& [from, to] : changes) {
        std::string line = whole;
        line.replace(line.find(from), from.size(), to);
        BOOST_TEST(std::holds_alternative<Damage>(read(spool, file_with(line, kContent))), line);
    }
}

BOOST_AUTO_TEST_CASE(a_size_beyond_the_file_is_damage) {
    MemorySpool spool;
    std::string octets = octets_of(spool, spool.envelope({"bob@example.org"}), kContent);
    octets.replace(26, 16, "9999999999999999");
    BOOST_TEST(std::holds_alternative<Damage>(read(spool, octets)));
}

BOOST_AUTO_TEST_CASE(fifty_thousand_recipients_are_read_back) {
    MemorySpool spool;
    std::vector<std::string> to;
    for (int i = 0; i < 50'000; ++i) to.push_back("user" + std::to_string(i) + "@example.org");
    const auto told = read(spool, octets_of(spool, spool.envelope(to), kContent));
    BOOST_REQUIRE(std::holds_alternative<SpoolFile>(told));
    const auto& recipients = std::get<SpoolFile>(told).head.envelope.recipients;
    BOOST_TEST(recipients.size() == 50'000u);
    BOOST_TEST(recipients.back().address.to_string() == "user49999@example.org");
}

BOOST_AUTO_TEST_SUITE_END()
