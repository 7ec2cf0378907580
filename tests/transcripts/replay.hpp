// SPDX-License-Identifier: BSD-2-Clause
// Plays the client's part of a transcript to a session and writes down what the session does, in the
// form of a transcript's lines.
#pragma once

#include <string>
#include <vector>

#include "transcript.hpp"

namespace postern::test {

/// The whole transcript as it comes out when the client's lines arrive one by one.
std::string replay_by_line(const Transcript& transcript);

/// How the client's octets arrive.
struct Chunking {
    std::size_t first = 0;  ///< the first piece; 0 = none of its own
    std::size_t rest = 0;   ///< the size of the others; 0 = all that is left
};

/// Only the lines of the server: S, ? and !.
std::vector<std::string> replay_in_chunks(const Transcript& transcript, Chunking chunking);

/// All octets of the client.
std::string client_octets(const Transcript& transcript);
std::string tls_client_octets(const Transcript& transcript);

/// The lines that the transcript expects of the server.
std::vector<std::string> expected_lines(const Transcript& transcript);

}  // namespace postern::test
