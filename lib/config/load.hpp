// SPDX-License-Identifier: BSD-2-Clause
// config.json → Config. Whatever is wrong in the file is Fault::configuration with file, line and column;
// a session answers that with 421, a runner ends with EX_CONFIG, so nothing is lost by a slip of the pen.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "config/config.hpp"
#include "config/document.hpp"
#include "sys/file_system.hpp"

namespace postern::config {

/// ROOT/config.json.
std::string config_path(const std::string& root);

/// Reads ROOT/config.json; the error is the first thing that is wrong with it.
Result<Config> load(sys::FileSystem& files, const std::string& root);
Result<Document> load_document(sys::FileSystem& files, const std::string& root);

struct Problem {
    std::string setting;  ///< dotted name
    std::string what;     ///< "PATH:LINE:COLUMN: …"
};

struct Interpreted {
    Config config;
    std::vector<Problem> problems;  ///< all of them; empty = the config is good
};

/// Pure: the document's settings over the defaults, paths below `root`.
Interpreted interpret(const Document& document, const std::string& root);

/// "unknown setting 'relay.alway'; did you mean 'relay.always'?"
std::string unknown_setting(std::string_view name);

}  // namespace postern::config
