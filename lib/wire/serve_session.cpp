// SPDX-License-Identifier: BSD-2-Clause
#include "wire/serve_session.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace postern::wire {

namespace {

constexpr std::size_t kReadSize = 64 * 1024;
constexpr std::size_t kEnoughToSend = 16 * 1024;  // a peer that pipelines and reads nothing fills no memory

smtp::End end_of(sys::ReadEnd::Why why) {
    switch (why) {
        case sys::ReadEnd::Why::timed_out: return smtp::End::timed_out;
        case sys::ReadEnd::Why::told_to_stop: return smtp::End::told_to_stop;
        case sys::ReadEnd::Why::closed: return smtp::End::closed;
        case sys::ReadEnd::Why::bytes:
        case sys::ReadEnd::Why::broken: break;
    }
    return smtp::End::broken;
}

class Driver {
public:
    Driver(smtp::Session& session, sys::Stream& stream, SessionHandler& handler, const Deadlines& deadlines)
        : session_(session), stream_(stream), handler_(handler), deadlines_(deadlines) {}

    void run() {
        while (!closed_) {
            while (auto effect = session_.next()) std::visit([this](auto& each) { perform(each); }, *effect);
            flush();
            if (!closed_) read();
        }
    }

private:
    void perform(smtp::Send& send) {
        to_send_ += send.bytes;
        if (to_send_.size() >= kEnoughToSend) flush();
    }
    void perform(smtp::AskSender& asked) { session_.answer(handler_.sender(asked)); }
    void perform(smtp::AskRecipient& asked) { session_.answer(handler_.recipient(asked)); }
    void perform(smtp::BeginMessage& message) { session_.answer(handler_.begin(message)); }
    void perform(smtp::BodyBytes& body) { handler_.body(body.bytes); }
    void perform(smtp::CommitMessage& message) { session_.answer(handler_.commit(message)); }
    void perform(smtp::AbandonMessage&) { handler_.abandon(); }
    void perform(smtp::Note& note) { handler_.note(note); }
    void perform(smtp::Close&) { closed_ = true; }

    sys::Deadline deadline() const {
        return std::min(deadlines_.session, std::chrono::steady_clock::now() + deadlines_.idle);
    }

    void flush() {
        if (!to_send_.empty() && !broken_) broken_ = !stream_.write(to_send_, deadline());
        to_send_.clear();
    }

    void read() {
        if (broken_) return session_.receive_end(smtp::End::broken);
        // A stream gives what has arrived even late; a peer that always has more would never be late.
        if (std::chrono::steady_clock::now() >= deadlines_.session)
            return session_.receive_end(smtp::End::timed_out);
        const auto got = stream_.read(buffer_, deadline());
        if (got.why == sys::ReadEnd::Why::bytes)
            session_.receive({buffer_.data(), got.count});
        else
            session_.receive_end(end_of(got.why));
    }

    smtp::Session& session_;
    sys::Stream& stream_;
    SessionHandler& handler_;
    const Deadlines& deadlines_;
    std::array<char, kReadSize> buffer_;
    std::string to_send_;
    bool broken_ = false;
    bool closed_ = false;
};

}  // namespace

void serve(smtp::Session& session, sys::Stream& stream, SessionHandler& handler, const Deadlines& deadlines) {
    Driver(session, stream, handler, deadlines).run();
}

}  // namespace postern::wire
