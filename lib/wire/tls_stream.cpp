// SPDX-License-Identifier: BSD-2-Clause
#include "wire/tls_stream.hpp"

#include <utility>

namespace postern::wire {

namespace {

using State = tls::Engine::State;
using Why = sys::ReadEnd::Why;

std::string_view reason(Why why) {
    switch (why) {
        case Why::closed: return "the peer has closed the connection";
        case Why::timed_out: return "the peer says nothing";
        case Why::told_to_stop: return "told to stop";
        default: return "the connection is lost";
    }
}

}  // namespace

Status TlsStream::start(tls::Engine engine, std::string_view received, sys::Deadline deadline) {
    engine_.emplace(std::move(engine));
    engine_->receive(received);
    while (engine_->proceed() == State::handshake) {
        POSTERN_TRY(flush(deadline));
        const auto got = receive(deadline);
        if (got.why != Why::bytes)
            return Error(Fault::temporary, "TLS handshake: " + std::string(reason(got.why)));
    }
    const Status flushed = flush(deadline);  // an alert, too, after a failure
    if (engine_->state() == State::failed) return Error(Fault::temporary, engine_->trouble().what());
    plain_.acknowledge();  // TLS 1.3 without tickets: no word of the server answers the client's last one
    return flushed;
}

sys::ReadEnd TlsStream::read(std::span<char> into, sys::Deadline deadline) {
    if (!engine_) return plain_.read(into, deadline);
    for (;;) {
        if (const auto count = engine_->read(into)) return {Why::bytes, count};
        const Status flushed = flush(deadline);
        if (engine_->state() == State::closed) return {Why::closed};
        if (!flushed || engine_->state() != State::open) return {Why::broken};
        const auto got = receive(deadline);
        if (got.why != Why::bytes) return {got.why};
    }
}

/// A stream gives what has arrived even late; records without content must not keep a session alive.
sys::ReadEnd TlsStream::receive(sys::Deadline deadline) {
    const auto got = plain_.read(buffer_, deadline);
    if (got.why != Why::bytes) return got;
    if (std::chrono::steady_clock::now() > deadline) return {Why::timed_out};
    engine_->receive({buffer_.data(), got.count});
    return got;
}

Status TlsStream::write(std::string_view bytes, sys::Deadline deadline) {
    if (!engine_) return plain_.write(bytes, deadline);
    engine_->write(bytes);
    if (engine_->state() == State::failed) return Error(Fault::temporary, engine_->trouble().what());
    return flush(deadline);
}

Status TlsStream::flush(sys::Deadline deadline) {
    const std::string output = engine_->take_output();
    return output.empty() ? Status(done) : plain_.write(output, deadline);
}

void TlsStream::close(sys::Deadline deadline) {
    if (!engine_) return;
    engine_->close();
    (void)flush(deadline);
}

smtp::TlsFacts to_session_facts(tls::Facts facts) {
    return {std::move(facts.protocol), std::move(facts.cipher), std::move(facts.exporter),
            std::move(facts.end_point)};
}

}  // namespace postern::wire
