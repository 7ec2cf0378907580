// SPDX-License-Identifier: BSD-2-Clause
// A spool file of arbitrary octets is claimed or called damaged; as log lines they are records or nothing.
#include "fuzz.hpp"
#include "spool/message.hpp"
#include "spool/record_codec.hpp"
#include "support/memory_files.hpp"

using namespace postern;

/// A space in front takes the way of lines that are not plain.
static void read_both_ways(const std::string& line) {
    const auto read = spool::parse_log_line(line), parsed = spool::parse_log_line(" " + line);
    fuzz::require(read.has_value() == parsed.has_value(), "a record is one either way");
    fuzz::require(!read || read->event.index() == parsed->event.index(), "it is the same either way");
}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(fuzz::text_of(data, size));
    test::MemoryFiles files;
    files.make_directories("received/now");
    files.put("received/now/x", input);
    fuzz::require(bool(spool::Message::claim(files, "received/now/x")), "damage is no error of the machine");
    for (std::size_t at = 0; at < size; at = std::min(input.find('\n', at), size) + 1)
        read_both_ways(input.substr(at, input.find('\n', at) - at));
    return 0;
}
