// SPDX-License-Identifier: BSD-2-Clause
#include "change_setting.hpp"

#include "config/check.hpp"
#include "config/edit.hpp"
#include "config/load.hpp"
#include "sys/replace_file.hpp"
#include "wake_runners.hpp"

namespace postern::smtpctl {

namespace {

constexpr unsigned kConfigMode = 0640;

}  // namespace

Ending change_setting(Toolbox& tools, std::string_view name, std::string_view value, std::ostream& notes) {
    POSTERN_ASSIGN(const std::string root, tools.enter());
    POSTERN_ASSIGN(const auto lock, tools.lock(root));
    POSTERN_ASSIGN(const config::Document document, config::load_document(tools.files, root));
    POSTERN_ASSIGN(const std::string text, config::changed(document, name, value));
    if (text != document.text())
        POSTERN_TRY(sys::replace_file(tools.files, config::config_path(root), text, kConfigMode));
    POSTERN_ASSIGN(const config::Config config, config::load(tools.files, root));
    wake_runners(tools.files, config);
    for (const std::string& problem : config::check_together(config))
        notes << "smtpctl: note: " << problem << '\n';
    return done;
}

}  // namespace postern::smtpctl
