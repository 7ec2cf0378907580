// SPDX-License-Identifier: BSD-2-Clause
#include "transcript.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "escapes.hpp"
#include "smtp/replies.hpp"

namespace postern::test {

namespace {

constexpr std::string_view kArrow = " => ";

Entry::Kind kind_of(const std::string& line) {
    static const std::map<std::string, Entry::Kind> marks{
        {"C:", Entry::Kind::client},    {"c:", Entry::Kind::client}, {"S:", Entry::Kind::server},
        {"?:", Entry::Kind::question},  {"!:", Entry::Kind::effect}, {"@ ", Entry::Kind::setting},
        {"T:", Entry::Kind::tls_client}};
    if (line.empty() || line.front() == '#') return Entry::Kind::comment;
    if (line.starts_with("@ end ")) return Entry::Kind::end;
    const auto found = marks.find(line.substr(0, 2));
    if (found == marks.end()) throw std::runtime_error("not a line of a transcript: " + line);
    return found->second;
}

smtp::ValidationMode mode_of(const std::string& word) {
    static const std::map<std::string, smtp::ValidationMode> modes{
        {"off", smtp::ValidationMode::off},
        {"reject", smtp::ValidationMode::reject},
        {"quarantine", smtp::ValidationMode::quarantine},
        {"discard", smtp::ValidationMode::discard}};
    return modes.at(word);
}

std::string word_behind(std::istream& words) {
    std::string word;
    words >> word;
    return word;
}

std::string text_behind_mark(const std::string& line) {
    return line.size() > 3 ? line.substr(line[2] == ' ' ? 3 : 2) : "";
}

}  // namespace

Transcript Transcript::load(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot open " + path.string());
    Transcript transcript;
    transcript.facts_.hostname = "mx.example";
    transcript.facts_.peer.ip = "192.0.2.7";
    for (std::string line; std::getline(file, line);) transcript.add(line);
    return transcript;
}

void Transcript::add(const std::string& line) {
    const auto kind = kind_of(line);
    if (kind == Entry::Kind::setting) set(line.substr(2));
    if (kind == Entry::Kind::question) {
        const auto arrow = line.rfind(kArrow);
        answers_.push_back(arrow == std::string::npos ? "accept" : line.substr(arrow + kArrow.size()));
    }
    entries_.push_back({kind, line, kind == Entry::Kind::end ? line.substr(6) : text_behind_mark(line)});
}

void Transcript::set(const std::string& setting) {
    std::istringstream words(setting);
    std::string key, value;
    words >> key >> value;
    if (key == "peer")
        facts_.peer.ip = value;
    else if (key == "hostname")
        facts_.hostname = value;
    else if (key == "limits.message_size")
        facts_.limits.message_size = std::stoull(value);
    else if (key == "limits.recipients")
        facts_.limits.recipients = std::stoull(value);
    else if (key == "limits.bad_commands")
        facts_.limits.bad_commands = std::stoull(value);
    else if (key == "limits.bad_recipients")
        facts_.limits.bad_recipients = std::stoull(value);
    else if (key == "limits.idle_commands")
        facts_.limits.idle_commands = std::stoull(value);
    else if (key == "smtp.pipelining")
        facts_.pipelining = value == "strict" ? smtp::Pipelining::strict : smtp::Pipelining::any;
    else if (key == "speaks_for_others")
        facts_.speaks_for_others = true;
    else if (key == "asks_for_mail")
        facts_.asks_for_mail = true;
    else if (key == "keeps_tls_required")
        facts_.keeps_tls_required = true;
    else if (key == "can_start_tls")
        facts_.can_start_tls = true;
    else if (key == "tls")
        facts_.service.tls = value == "required" ? smtp::Tls::required : smtp::Tls::offered;
    else if (key == "encrypted")
        facts_.tls = smtp::TlsFacts{"TLSv1.3", "TLS_AES_256_GCM_SHA384", value, word_behind(words)};
    else if (key == "limits.bad_logins")
        facts_.limits.bad_logins = std::stoull(value);
    else if (key == "mends_newlines")
        facts_.newlines = smtp::Newlines::mended;
    else if (key == "limits.hops")
        facts_.limits.hops = std::stoull(value);
    else if (key == "service")
        facts_.service = smtp::rules_of(smtp::kServices, value);
    else if (key == "extensions")
        lists_extensions_ = true;
    else if (key == "holds")
        facts_.holds = smtp::HoldLimits{
            std::chrono::seconds(std::stoll(value)),
            *parse_rfc3339("2026-11-21T20:30:05Z") + std::chrono::seconds(std::stoll(value))};
    else if (key == "validation.mode")
        facts_.validation.mode = mode_of(value);
    else if (key == "validation.strictness")
        facts_.validation.strictness =
            value == "strict" ? mail::Strictness::strict : mail::Strictness::headers;
    else if (key == "stopped")
        facts_.refusal = smtp::replies::stopped;
    else if (key != "userland")  // that one is for the replay through the program
        throw std::runtime_error("no such setting: " + setting);
}

std::string Transcript::text() const {
    std::string out;
    for (const Entry& entry : entries_) out += entry.line + '\n';
    return out;
}

std::string octets_of(const Entry& entry) {
    return entry.line.front() == 'c' ? unescape_octets(entry.text) : entry.text + "\r\n";
}

std::vector<std::filesystem::path> find_transcripts(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".smtp") found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace postern::test
