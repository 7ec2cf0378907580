// SPDX-License-Identifier: BSD-2-Clause
// transcripts FOLDER            replays every *.smtp: line by line, whole, octet by octet, every split in two
// transcripts --bless FOLDER    writes what comes out into the files; review the difference
// transcripts --seeds DIR FOLDER  writes the client's octets of each into DIR, for the fuzzer
#include <cstdio>
#include <fstream>
#include <string>

#include "replay.hpp"

namespace {

using namespace postern::test;
namespace fs = std::filesystem;

int failures = 0;

void fail(const fs::path& path, const std::string& what) {
    ++failures;
    std::fprintf(stderr, "%s: %s\n", path.c_str(), what.c_str());
}

/// The first line in which two texts differ.
std::string difference(const std::vector<std::string>& expected, const std::vector<std::string>& got) {
    std::size_t i = 0;
    while (i < expected.size() && i < got.size() && expected[i] == got[i]) ++i;
    const auto at = [&](const auto& lines) { return i < lines.size() ? lines[i] : std::string("(the end)"); };
    return "\n  expected " + at(expected) + "\n  got      " + at(got);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

void check_chunks(const fs::path& path, const Transcript& transcript, Chunking chunking) {
    const auto expected = expected_lines(transcript), got = replay_in_chunks(transcript, chunking);
    if (expected != got)
        fail(path, "in pieces of " + std::to_string(chunking.first) + " and then " +
                       std::to_string(chunking.rest) + " octets:" + difference(expected, got));
}

void check(const fs::path& path, const Transcript& transcript) {
    const std::string got = replay_by_line(transcript);
    if (got != transcript.text())
        return fail(path, "line by line:" + difference(lines_of(transcript.text()), lines_of(got)));
    if (transcript.depends_on_arrival()) return;
    check_chunks(path, transcript, {0, 0});
    check_chunks(path, transcript, {1, 1});
    const std::size_t octets = client_octets(transcript).size();
    for (std::size_t split = 1; split < octets; ++split) check_chunks(path, transcript, {split, 0});
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

void write_seed(const fs::path& directory, const fs::path& path, const Transcript& transcript) {
    fs::create_directories(directory);
    const std::string name = path.parent_path().filename().string() + "-" + path.stem().string();
    write_file(directory / name, client_octets(transcript));
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const std::string option = arguments.size() > 1 ? arguments.front() : "";
    if (arguments.empty() || (option == "--seeds" ? arguments.size() != 3 : arguments.size() > 2)) return 64;
    std::size_t count = 0;
    for (const auto& path : find_transcripts(arguments.back())) try {
            const auto transcript = Transcript::load(path);
            ++count;
            if (option == "--bless")
                write_file(path, replay_by_line(transcript));
            else if (option == "--seeds")
                write_seed(arguments[1], path, transcript);
            else
                check(path, transcript);
        } catch (const std::exception& error) {
            fail(path, error.what());
        }
    std::printf("%zu transcripts, %d failures\n", count, failures);
    return count > 0 && failures == 0 ? 0 : 1;
}
