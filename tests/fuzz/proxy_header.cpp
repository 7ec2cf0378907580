// SPDX-License-Identifier: BSD-2-Clause
// What a proxy says of its client: the same however it arrives and whatever stands behind it.
#include "smtp/proxy_header.hpp"

#include "fuzz.hpp"

using namespace postern;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = fuzz::text_of(data, size);
    const auto all = smtp::read_proxy_header(input);
    const auto* header = std::get_if<smtp::ProxyHeader>(&all);
    if (!header) return 0;
    fuzz::require(header->octets <= size && header->octets > 0, "a header is part of what was read");
    const auto alone = smtp::read_proxy_header(input.substr(0, header->octets));
    fuzz::require(std::holds_alternative<smtp::ProxyHeader>(alone), "a header needs nothing behind it");
    fuzz::require(std::get<smtp::ProxyHeader>(alone).connection == header->connection,
                  "what follows changes nothing");
    for (std::size_t count = header->octets; count-- > 0;)
        fuzz::require(
            std::holds_alternative<smtp::NotAllThere>(smtp::read_proxy_header(input.substr(0, count))),
            "each beginning of a header may become one");
    return 0;
}
