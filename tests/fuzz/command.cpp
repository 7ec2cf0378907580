// SPDX-License-Identifier: BSD-2-Clause
// Command lines and their parameters: lines do not depend on the chunking and keep to their limits.
#include "smtp/command.hpp"

#include <string>

#include "fuzz.hpp"
#include "smtp/line_buffer.hpp"
#include "smtp/parameters.hpp"

using namespace postern;

static std::string read_lines(std::string_view input, std::size_t size) {
    smtp::LineBuffer lines;
    std::string out;
    fuzz::in_pieces(input, size, [&](std::string_view piece) {
        while (const auto line = lines.take(piece)) {
            fuzz::require(line->text.size() + 2 <= smtp::LineBuffer::kLongestLine, "a line is bounded");
            const auto command = smtp::parse_command(line->text);
            out += std::to_string(static_cast<int>(line->flaw)) + std::string(command.argument) + '\n';
            (void)smtp::parse_parameters(command.argument, smtp::ParameterPlace::mail);
        }
    });
    return out;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    fuzz::require(read_lines(input, size + 1) == read_lines(input, 1), "lines do not depend on the chunking");
    return 0;
}
