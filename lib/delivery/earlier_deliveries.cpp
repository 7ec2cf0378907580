// SPDX-License-Identifier: BSD-2-Clause
#include "delivery/earlier_deliveries.hpp"

#include <array>
#include <string>

#include "accounts/places.hpp"
#include "base/ascii.hpp"
#include "mail/header_reader.hpp"

namespace postern::delivery {

namespace {

constexpr std::size_t kHeaderPiece = 4096;
constexpr std::size_t kLongestName = 300;  // an address has 254 octets at most
constexpr std::size_t kMostNames = 100;    // as many hops as RFC 5321 §6.3 lets a message have
constexpr std::string_view kDeliveredTo = "Delivered-To";

/// Collects the values of one field, those that are short enough to be an address.
class DeliveredToFields {
public:
    void begin(std::string_view name) {
        is_wanted_ = ascii::equals_ignoring_case(name, kDeliveredTo);
        if (is_wanted_ && all_.size() <= kMostNames) all_.emplace_back();
    }
    void add(std::string_view piece) {
        if (is_wanted_ && all_.back().size() <= kLongestName) all_.back() += piece.substr(0, kLongestName);
    }
    const std::vector<std::string>& all() const { return all_; }

private:
    bool is_wanted_ = false;
    std::vector<std::string> all_;
};

}  // namespace

Result<EarlierDeliveries> EarlierDeliveries::read(const spool::Message& message) {
    DeliveredToFields values;
    mail::HeaderReader reader([&](std::string_view name) { values.begin(name); },
                              [&](std::string_view piece) { values.add(piece); });
    std::array<char, kHeaderPiece> piece;
    for (std::uint64_t offset = 0; !reader.has_ended();) {
        POSTERN_ASSIGN(const std::size_t count, message.read_content(offset, piece));
        if (count == 0) break;
        reader.read({piece.data(), count});
        offset += count;
    }
    EarlierDeliveries earlier;
    earlier.are_too_many_ = values.all().size() > kMostNames;
    for (const std::string& value : values.all())
        if (const auto name = mail::Address::parse(ascii::trim(value)))
            if (const auto key = accounts::name_in_userland(*name)) earlier.names_.insert(*key);
    return earlier;
}

bool EarlierDeliveries::include(const mail::Address& recipient,
                                const accounts::Destination& destination) const {
    const auto* account = std::get_if<accounts::Account>(&destination);
    const auto* members = std::get_if<accounts::Members>(&destination);
    if (account == nullptr && members == nullptr) return false;
    const auto name = accounts::name_in_userland(recipient);
    return are_too_many_ || names_.contains(account ? account->mailbox : members->of) ||
           (name && names_.contains(*name));
}

}  // namespace postern::delivery
