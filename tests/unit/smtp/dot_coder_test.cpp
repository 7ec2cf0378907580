// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/dot_coder.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::smtp;
namespace data = boost::unit_test::data;

namespace dot_coder_tests {

struct Decoded {
    std::string content, behind;
    std::optional<ContentFlaw> flaw;
    bool ended = false;
};

Decoded decode(const std::string& wire, std::size_t piece) {
    DotDecoder decoder;
    Decoded out;
    for (std::size_t at = 0; at < wire.size(); at += piece) {
        std::string_view rest = std::string_view(wire).substr(at, piece);
        while (!rest.empty() && !out.ended) {
            const auto got = decoder.decode(rest);
            out.content += got.bytes;
            out.ended = got.ended;
            rest.remove_prefix(got.consumed);
        }
        out.behind += rest;
    }
    out.flaw = decoder.flaw();
    return out;
}

struct Row {
    std::string wire, content, behind;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.wire; }

const std::vector<Row> kSound{
    {".\r\n", "", ""},
    {".\r\nQUIT\r\n", "", "QUIT\r\n"},
    {"a\r\n.\r\nQUIT\r\n", "a\r\n", "QUIT\r\n"},
    {"..\r\n.\r\n", ".\r\n", ""},
    {"...\r\n.\r\n", "..\r\n", ""},
    {".a\r\n.\r\n", "a\r\n", ""},
    {"a..\r\n .\r\n.\r\n", "a..\r\n .\r\n", ""},
    {"\r\n\r\n.\r\n.\r\n", "\r\n\r\n", ".\r\n"},
    {std::string(998, 'x') + "\r\n.\r\n", std::string(998, 'x') + "\r\n", ""},
    {'.' + std::string(998, 'x') + "\r\n.\r\n", std::string(998, 'x') + "\r\n", ""},
};

struct Flawed {
    std::string wire;
    ContentFlaw flaw;
    std::string behind;
};
std::ostream& operator<<(std::ostream& out, const Flawed& row) { return out << row.wire; }

const std::vector<Flawed> kFlawed{
    {"a\n.\nb\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {"a\r\n.\nb\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {"a\n.\r\nb\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {"a\r\n.\rb\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {"a\r\n.\r\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {"a\r.\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {".\n.\r\nb\r\n.\r\nQ", ContentFlaw::bare_newline, "Q"},
    {std::string("a\0\n\r\n.\r\nQ", 9), ContentFlaw::nul, "Q"},
    {std::string("a\n\0\r\n.\r\nQ", 9), ContentFlaw::bare_newline, "Q"},
    {std::string("\r\n.\0\r\n.\r\nQ", 10), ContentFlaw::nul, "Q"},
    {std::string(999, 'x') + "\r\n.\r\nQ", ContentFlaw::long_line, "Q"},
    {std::string(5000, 'x') + "\r\n.\r\nQ", ContentFlaw::long_line, "Q"},
};

/// Deterministic content of CR, LF, dot, NUL and letters.
std::string some_content(unsigned seed) {
    std::string out;
    for (unsigned i = 0, state = seed * 2654435761U + 1; i < 40; ++i) {
        state = state * 1664525U + 1013904223U;
        out += std::string_view("\r\n.\0a\r\n.", 8)[state >> 29];
    }
    return out;
}

}  // namespace dot_coder_tests

BOOST_AUTO_TEST_SUITE(dot_coder_tests)

BOOST_DATA_TEST_CASE(content_comes_out_whatever_the_pieces, data::make(kSound), row) {
    for (std::size_t piece = 1; piece <= row.wire.size(); ++piece) {
        const Decoded got = decode(row.wire, piece);
        BOOST_TEST(got.content == row.content);
        BOOST_TEST(got.behind == row.behind);
        BOOST_TEST(got.ended);
        BOOST_TEST(!got.flaw);
    }
}

BOOST_DATA_TEST_CASE(flaws_are_found_and_the_end_too, data::make(kFlawed), row) {
    for (std::size_t piece = 1; piece <= row.wire.size(); ++piece) {
        const Decoded got = decode(row.wire, piece);
        BOOST_TEST((got.flaw == row.flaw));
        BOOST_TEST(got.behind == row.behind);
        BOOST_TEST(got.ended);
    }
}

BOOST_AUTO_TEST_CASE(what_is_encoded_is_decoded_or_refused) {
    for (unsigned seed = 0; seed < 2000; ++seed) {
        const std::string content = some_content(seed) + "\r\n";
        DotEncoder encoder;
        std::string wire = encoder.encode(content);
        wire += encoder.finish();
        const Decoded got = decode(wire + "QUIT\r\n", 7);
        BOOST_TEST(got.ended);
        BOOST_TEST(got.behind == "QUIT\r\n");
        BOOST_TEST((got.flaw || got.content == content));
    }
}

BOOST_AUTO_TEST_CASE(the_encoder_does_not_mind_pieces) {
    const std::string content = ".a\r\n..\r\nb.\r\n.\r\n";
    for (std::size_t piece = 1; piece <= content.size(); ++piece) {
        DotEncoder encoder;
        std::string wire;
        for (std::size_t at = 0; at < content.size(); at += piece)
            wire += encoder.encode(content.substr(at, piece));
        BOOST_TEST(wire + encoder.finish() == "..a\r\n...\r\nb.\r\n..\r\n.\r\n");
    }
}

BOOST_AUTO_TEST_CASE(content_without_a_last_line_end_gets_one) {
    DotEncoder encoder;
    const std::string start = encoder.encode("a");
    BOOST_TEST(start + encoder.finish() == "a\r\n.\r\n");
    BOOST_TEST(DotEncoder().finish() == ".\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
