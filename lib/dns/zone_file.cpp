// SPDX-License-Identifier: BSD-2-Clause
#include "dns/zone_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/ascii.hpp"
#include "dns/zone_entries.hpp"

namespace postern::dns {

namespace {

constexpr std::array<std::string_view, 17> kIgnoredTypes{
    "SOA",    "NS",    "TXT",  "SRV",   "CAA", "TLSA",  "SSHFP", "HINFO", "SPF",
    "DNSKEY", "RRSIG", "NSEC", "NSEC3", "DS",  "NAPTR", "SVCB",  "HTTPS",
};

bool is_class(std::string_view word) { return ascii::equals_ignoring_case(word, "IN"); }

/// A TTL: "3600" or "1h30m", as BIND writes it.
bool is_ttl(std::string_view word) {
    return !word.empty() && ascii::is_digit(word.front()) && std::ranges::all_of(word, [](char c) {
        return ascii::is_digit(c) || std::string_view("smhdwSMHDW").find(c) != std::string_view::npos;
    });
}

/// Takes entries one by one; remembers what RFC 1035 §5.1 lets the next one leave out.
class ZoneReader {
public:
    Status take(const ZoneEntry& entry);
    Zone zone() && { return std::move(zone_); }

private:
    Status take_directive(const ZoneEntry& entry);
    Status take_record(std::string_view type, std::span<const std::string> data);
    Status add_address(std::string_view text, IpAddress::Family family);
    Status add_exchange(std::span<const std::string> data);
    Result<std::string> full_name(std::string_view written) const;

    std::string origin_;
    std::string owner_;
    Zone zone_;
};

Error wrong(std::string what) { return {Fault::configuration, std::move(what)}; }

Result<std::string> ZoneReader::full_name(std::string_view written) const {
    if (written == "@") return origin_;
    std::string name = ascii::lower(written);
    if (name.ends_with('.'))
        name.pop_back();
    else if (!origin_.empty())
        name += "." + origin_;
    if (name.size() > 253) return wrong("a name of more than 253 octets");
    return name;
}

Status ZoneReader::take_directive(const ZoneEntry& entry) {
    const auto& word = entry.words.front();
    if (ascii::equals_ignoring_case(word, "$TTL")) return done;
    if (!ascii::equals_ignoring_case(word, "$ORIGIN") || entry.words.size() != 2)
        return wrong("cannot read " + word);
    POSTERN_ASSIGN(origin_, full_name(entry.words[1]));
    return done;
}

Status ZoneReader::add_address(std::string_view text, IpAddress::Family family) {
    const auto address = IpAddress::parse(text);
    if (!address || address->family() != family) return wrong("no address: " + std::string(text));
    zone_[owner_].addresses.push_back(*address);
    return done;
}

Status ZoneReader::add_exchange(std::span<const std::string> data) {
    if (data.size() != 2) return wrong("MX needs a preference and a host");
    const auto preference = ascii::parse_number<std::uint16_t>(data[0]);
    if (!preference) return wrong("no preference: " + data[0]);
    POSTERN_ASSIGN(auto exchange, full_name(data[1]));
    zone_[owner_].mail_exchangers.push_back({*preference, std::move(exchange)});
    return done;
}

Status ZoneReader::take_record(std::string_view type, std::span<const std::string> data) {
    if (data.empty()) return wrong(std::string(type) + " without data");
    if (type == "A") return add_address(data.front(), IpAddress::Family::v4);
    if (type == "AAAA") return add_address(data.front(), IpAddress::Family::v6);
    if (type == "MX") return add_exchange(data);
    if (type == "CNAME") {
        POSTERN_ASSIGN(zone_[owner_].alias_of, full_name(data.front()));
        return done;
    }
    if (type == "PTR") {
        POSTERN_ASSIGN(auto name, full_name(data.front()));
        zone_[owner_].names.push_back(std::move(name));
        return done;
    }
    if (std::ranges::find(kIgnoredTypes, type) == kIgnoredTypes.end() && !type.starts_with("TYPE"))
        return wrong("unknown record type " + std::string(type));
    zone_[owner_];  // the name exists
    return done;
}

Status ZoneReader::take(const ZoneEntry& entry) {
    if (entry.words.front().starts_with('$')) return take_directive(entry);
    std::span<const std::string> rest(entry.words);
    if (!entry.starts_blank) {
        POSTERN_ASSIGN(owner_, full_name(rest.front()));
        rest = rest.subspan(1);
    }
    while (!rest.empty() && (is_class(rest.front()) || is_ttl(rest.front()))) rest = rest.subspan(1);
    if (rest.empty()) return wrong("no record type");
    std::string type = rest.front();
    for (char& c : type) c = ascii::upper(c);
    return take_record(type, rest.subspan(1));
}

}  // namespace

Result<Zone> parse_zone_file(std::string_view text, std::string_view path) {
    ZoneEntries entries(text);
    ZoneReader reader;
    while (true) {
        POSTERN_ASSIGN(const auto entry, entries.next().in(path));
        if (!entry) return std::move(reader).zone();
        POSTERN_TRY(reader.take(*entry).in(std::string(path) + ":" + std::to_string(entry->line)));
    }
}

}  // namespace postern::dns
