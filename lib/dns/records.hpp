// SPDX-License-Identifier: BSD-2-Clause
// What a look-up in the DNS yields, as values. Names are lower case and without the trailing dot; the
// root is "".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace postern::dns {

/// A host that takes a domain's mail (RFC 1035 §3.3.9). An empty exchange is the root (RFC 7505).
struct MxRecord {
    std::uint16_t preference = 0;
    std::string exchange;
    bool operator==(const MxRecord&) const = default;
};

/// An answer. That there is nothing is an answer, too; trouble on the way to it is an Error.
template <class Record>
struct Lookup {
    enum class Kind {
        found,
        no_data,       ///< the name exists, without records of this type
        no_such_name,  ///< NXDOMAIN: nothing of any type
    };
    Kind kind = Kind::no_data;
    std::vector<Record> records = {};
    bool is_proven = false;  ///< by DNSSEC (RFC 4035 §4.3: "secure"), CNAMEs on the way to it included

    bool found() const { return kind == Kind::found; }
    bool operator==(const Lookup&) const = default;
};

}  // namespace postern::dns
