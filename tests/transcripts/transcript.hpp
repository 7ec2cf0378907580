// SPDX-License-Identifier: BSD-2-Clause
// A dialogue in a file: what the client says, what the server answers, what it asks and does. A line is
// "C:" what the client says (CRLF is added)    "S:" a line of the server
// "c:" the same as raw octets, with escapes    "?:" a question of the session => its answer
// "T:" the same under TLS                      "!:" another effect     "#" why
// "@ " a setting, or "@ end WHY"
// "!: body" is a line of content, "!: rest" the end of one that does not end in CRLF.
// "S: 250-mx.example ..." is the whole reply to EHLO; with "@ extensions" it is written out.
// The client's lines, settings and answers are the test; the server's lines and the effects are expected.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "smtp/session.hpp"

namespace postern::test {

struct Entry {
    enum class Kind { comment, setting, end, client, tls_client, server, question, effect } kind;
    std::string line;  ///< as it stands in the file, without the newline
    std::string text;  ///< behind the mark
};

class Transcript {
public:
    static Transcript load(const std::filesystem::path& path);

    const std::vector<Entry>& entries() const { return entries_; }
    const smtp::SessionFacts& facts() const { return facts_; }
    /// Whether what EHLO offers stands there line by line.
    bool lists_extensions() const { return lists_extensions_; }
    /// The answers to its questions, in order: what stands behind "=>".
    const std::vector<std::string>& answers() const { return answers_; }
    /// Whether it matters what arrives together: only with strict pipelining.
    bool depends_on_arrival() const { return facts_.pipelining == smtp::Pipelining::strict; }
    std::string text() const;

private:
    void add(const std::string& line);
    void set(const std::string& setting);

    std::vector<Entry> entries_;
    std::vector<std::string> answers_;
    smtp::SessionFacts facts_;
    bool lists_extensions_ = false;
};

/// The octets that a client entry stands for.
std::string octets_of(const Entry& entry);

/// All *.smtp below a folder, sorted.
std::vector<std::filesystem::path> find_transcripts(const std::filesystem::path& folder);

}  // namespace postern::test
