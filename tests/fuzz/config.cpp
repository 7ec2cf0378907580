// SPDX-License-Identifier: BSD-2-Clause
// config.json: whatever stands in it is read, or refused with a place that is in the file.
#include <string>

#include "config/load.hpp"
#include "fuzz.hpp"

using namespace postern;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto document = config::Document::parse(std::string(fuzz::text_of(data, size)), "config.json");
    if (!document) {
        fuzz::require(document.failed_with(Fault::configuration), "a bad file is an error of configuration");
        fuzz::require(document.error().what().starts_with("config.json"), "the error names the place");
        return 0;
    }
    for (const auto& member : document->members())
        fuzz::require(member.value_begin <= member.value_end && member.value_end <= size,
                      "members lie in the text");
    (void)config::interpret(*document, "/root");
    return 0;
}
