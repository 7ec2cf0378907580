// SPDX-License-Identifier: BSD-2-Clause
#include "find_alias.hpp"

#include "accounts/alias_text.hpp"
#include "accounts/places.hpp"

namespace postern::smtpctl {

using Targets = std::vector<mail::Address>;

Result<std::optional<Targets>> find_alias(Toolbox& tools, const config::Config& config,
                                          const mail::Address& alias) {
    const std::string path = accounts::alias_file(config.accounts, *alias.domain(), alias.local_part());
    const auto text = sys::read_whole_file(tools.files, path, accounts::kLargestAlias);
    if (text.failed_with(Fault::not_found)) return std::optional<Targets>();
    if (!text) return text.error();
    POSTERN_ASSIGN(Targets targets, accounts::parse_alias(*text, path, *alias.domain()));
    return std::optional<Targets>(std::move(targets));
}

}  // namespace postern::smtpctl
