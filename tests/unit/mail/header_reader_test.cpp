// SPDX-License-Identifier: BSD-2-Clause
#include "mail/header_reader.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using postern::mail::HeaderReader;
namespace data = boost::unit_test::data;

namespace header_reader_tests {

struct Row {
    std::string content, fields;
    std::uint64_t octets;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.fields; }

const std::vector<Row> kHeaders{
    {"A: 1\r\nB: 2\r\n\r\nC: 3\r\n", "A B", 12},
    {"A: 1\r\n folded: x\r\n\tC: y\r\nB:\r\n\r\n", "A B", 29},
    {"Subject : obsolete\r\n\r\n", "Subject", 20},
    {"A: 1\r\nno field\r\nB: 2\r\n", "A", 6},
    {"A: 1\r\n: empty\r\nB: 2\r\n", "A", 6},
    {"A: 1\r\nB \tC: 2\r\n", "A", 6},
    {" A: 1\r\nB: 2\r\n", "", 0},
    {"A: 1\r\n\rB: 2\r\n", "A", 6},
    {"\r\nA: 1\r\n", "", 0},
    {"", "", 0},
    {"A: 1\r\nB: unfinished", "A B", 6},
    {"A\xff: 1\r\n\r\n", "", 0},
};

struct Seen {
    std::string fields;
    std::uint64_t octets;
};

Seen read_in_pieces(const std::string& content, std::size_t piece) {
    std::string fields;
    HeaderReader reader(
        [&](std::string_view name) { fields += (fields.empty() ? "" : " ") + std::string(name); });
    for (std::size_t at = 0; at < content.size(); at += piece) reader.read(content.substr(at, piece));
    return {fields, reader.octets()};
}

}  // namespace header_reader_tests

BOOST_AUTO_TEST_SUITE(header_reader_tests)

BOOST_AUTO_TEST_CASE(values_are_handed_on_whole_whatever_the_pieces) {
    const std::string content = "A: 1 \r\n x:\r\n\ty\r\nB:\r\nC : 3\r\n\r\nD: 4\r\n";
    for (std::size_t piece = 1; piece <= content.size(); ++piece) {
        std::string values;
        HeaderReader reader([&](std::string_view name) { values += std::string(name) + "="; },
                            [&](std::string_view value) { values += value; });
        for (std::size_t at = 0; at < content.size(); at += piece) reader.read(content.substr(at, piece));
        BOOST_TEST(values == "A= 1 \r x:\r\ty\rB=\rC= 3\r");
    }
}

BOOST_DATA_TEST_CASE(fields_are_found_whatever_the_pieces, data::make(kHeaders), row) {
    for (std::size_t piece = 1; piece <= row.content.size() + 1; ++piece) {
        const Seen seen = read_in_pieces(row.content, piece);
        BOOST_TEST(seen.fields == row.fields);
        BOOST_TEST(seen.octets == row.octets);
    }
}

BOOST_AUTO_TEST_CASE(only_a_whole_empty_line_ends_a_header_well) {
    HeaderReader whole, bare;
    whole.read("A: 1\r\n\r\nx");
    bare.read("A: 1\r\n\rx");
    BOOST_TEST((whole.has_ended() && !whole.is_broken()));
    BOOST_TEST((bare.has_ended() && bare.is_broken()));
}

BOOST_AUTO_TEST_CASE(it_knows_when_the_header_has_ended) {
    HeaderReader reader;
    reader.read("A: 1\r\n");
    BOOST_TEST(!reader.has_ended());
    reader.read("\r\n");
    BOOST_TEST(reader.has_ended());
}

BOOST_AUTO_TEST_SUITE_END()
