// SPDX-License-Identifier: BSD-2-Clause
#include "smtp/line_buffer.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace postern::smtp;
namespace data = boost::unit_test::data;

namespace line_buffer_tests {

std::string describe(const Line& line) {
    switch (line.flaw) {
        case Line::Flaw::none: return std::string(line.text) + "/" + std::to_string(line.octets);
        case Line::Flaw::too_long: return "too long/" + std::to_string(line.octets);
        case Line::Flaw::bare_newline: return "bare";
        case Line::Flaw::control_character: return "control";
    }
    return "?";
}

/// All lines that come out, one after another.
std::string lines_of(const std::string& input, std::size_t piece) {
    LineBuffer buffer;
    std::string out;
    for (std::size_t at = 0; at < input.size(); at += piece) {
        std::string_view rest = std::string_view(input).substr(at, piece);
        while (!rest.empty())
            if (const auto line = buffer.take(rest)) out += describe(*line) + ' ';
    }
    return out;
}

struct Row {
    std::string input, lines;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.lines; }

const std::vector<Row> kInputs{
    {"QUIT\r\n", "QUIT/6 "},
    {"A\r\n\r\nB\r\n", "A/3 /2 B/3 "},
    {"no end", ""},
    {"no end\r", ""},
    {"a\nb\r\nC\r\n", "bare C/3 "},
    {"a\nb\nc\r\nD\r\n", "bare bare D/3 "},
    {"\n\r\nA\r\n", "bare A/3 "},
    {"a\rb\r\nC\r\n", "bare C/3 "},
    {"a\r\r\nC\r\n", "bare C/3 "},
    {std::string("a\0b\r\nC\r\n", 8), "control C/3 "},
    {"a\tb\r\n", "a\tb/5 "},
    {"a\x7f\r\n", "control "},
    {"\x80\xff\r\n", "\x80\xff/4 "},
    {std::string(12'286, 'x') + "\r\nA\r\n", std::string(12'286, 'x') + "/12288 A/3 "},
    {std::string(12'287, 'x') + "\r\nA\r\n", "too long/12289 A/3 "},
    {std::string(100'000, 'x') + "\r\nA\r\n", "too long/100002 A/3 "},
    {std::string(1100, 'x') + "\nQUIT\r\nA\r\n", "bare A/3 "},
};

}  // namespace line_buffer_tests

BOOST_AUTO_TEST_SUITE(line_buffer_tests)

BOOST_DATA_TEST_CASE(lines_come_out_whatever_the_pieces, data::make(kInputs), row) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, row.input.size()})
        BOOST_TEST(lines_of(row.input, piece) == row.lines);
}

BOOST_AUTO_TEST_SUITE_END()
