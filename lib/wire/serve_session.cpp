// SPDX-License-Identifier: BSD-2-Clause
#include "wire/serve_session.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/secret.hpp"
#include "smtp/replies.hpp"
#include "wire/pace.hpp"
#include "wire/stream_end.hpp"

namespace postern::wire {

namespace {

constexpr std::size_t kReadSize = 64 * 1024;
constexpr std::size_t kEnoughToSend = 16 * 1024;  // a peer that pipelines and reads nothing fills no memory

class Driver {
public:
    Driver(smtp::Session& session, sys::Stream& stream, SessionHandler& handler, const Deadlines& deadlines)
        : session_(session),
          stream_(stream),
          handler_(handler),
          deadlines_(deadlines),
          pace_(deadlines.minimum_rate, deadlines.rate_window) {}

    void run() {
        if (deadlines_.before_greeting.count() > 0) wait_before_greeting();
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
    void perform(smtp::AskVerify& asked) { session_.answer(handler_.verify(asked)); }
    void perform(smtp::AskClient& asked) { session_.answer(handler_.client(asked)); }
    void perform(smtp::AskRelease& asked) { session_.answer(handler_.release(asked)); }
    void perform(smtp::PrepareTls&) { session_.answer(handler_.prepare_tls()); }
    void perform(smtp::StartTls&) {
        flush();
        const auto end = std::chrono::steady_clock::now() + deadlines_.idle;
        const auto tls = broken_ ? std::nullopt : handler_.start_tls(std::min(end, deadlines_.session));
        session_.answer(tls ? smtp::Answer(*tls)
                            : smtp::Answer(smtp::Verdict::refuse(smtp::replies::tls_unavailable)));
    }
    void perform(smtp::AskKeys& asked) { session_.answer(handler_.keys(asked)); }
    void perform(smtp::AskLogin& asked) { session_.answer(handler_.login(asked)); }
    void perform(smtp::BeginMessage& message) { session_.answer(handler_.begin(message)); }
    void perform(smtp::BodyBytes& body) { handler_.body(body.bytes); }
    void perform(smtp::CommitMessage& message) { session_.answer(handler_.commit(message)); }
    void perform(smtp::AbandonMessage&) { handler_.abandon(); }
    void perform(smtp::Note& note) { handler_.note(note); }
    void perform(smtp::Close&) { closed_ = true; }

    void wait_before_greeting() {
        if (session_.has_unread()) return session_.refuse_early_talker();  // behind a proxy's header
        const auto end = std::chrono::steady_clock::now() + deadlines_.before_greeting;
        const auto got = stream_.read(buffer_, std::min(end, deadlines_.session));
        if (got.why == sys::ReadEnd::Why::bytes) return session_.refuse_early_talker();
        if (got.why != sys::ReadEnd::Why::timed_out) session_.receive_end(end_of(got.why));
    }

    void flush() {
        const auto end = std::chrono::steady_clock::now() + deadlines_.idle;
        if (!to_send_.empty() && !broken_)
            broken_ = !stream_.write(to_send_, std::min(end, deadlines_.session));
        to_send_.clear();
    }

    void read() {
        if (broken_) return session_.receive_end(smtp::End::broken);
        // A stream gives what has arrived even late; a peer that always has more would never be late.
        const auto now = std::chrono::steady_clock::now();
        if (now >= deadlines_.session) return session_.receive_end(smtp::End::out_of_time);
        session_.is_in_content() ? read_content(now) : read_command(now);
    }

    void read_command(sys::Deadline now) {
        pace_.restart();
        const auto got = stream_.read(buffer_, std::min(deadlines_.session, now + deadlines_.idle));
        receive(got);
        wipe(std::span(buffer_).first(got.count));  // it may have had a password in it
    }

    void read_content(sys::Deadline now) {
        const auto silent_until = std::min(deadlines_.session, now + deadlines_.content_idle);
        const auto slow_until = now + std::chrono::duration_cast<sys::Deadline::duration>(pace_.left());
        const auto got = stream_.read(buffer_, std::min(silent_until, slow_until));
        if (got.why != sys::ReadEnd::Why::timed_out || silent_until <= slow_until) receive(got);
        if (!pace_.is_kept(std::chrono::steady_clock::now() - now, got.count))
            session_.receive_end(smtp::End::too_slow);
    }

    void receive(const sys::ReadEnd& got) {
        if (got.why == sys::ReadEnd::Why::bytes) return session_.receive({buffer_.data(), got.count});
        const bool is_over =
            got.why == sys::ReadEnd::Why::timed_out && std::chrono::steady_clock::now() >= deadlines_.session;
        session_.receive_end(is_over ? smtp::End::out_of_time : end_of(got.why));
    }

    smtp::Session& session_;
    sys::Stream& stream_;
    SessionHandler& handler_;
    const Deadlines& deadlines_;
    Pace pace_;
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
