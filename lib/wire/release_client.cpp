// SPDX-License-Identifier: BSD-2-Clause
#include "wire/release_client.hpp"

#include <array>

#include "smtp/extensions.hpp"
#include "smtp/reply_parser.hpp"

namespace postern::wire {

namespace {

class Talk {
public:
    Talk(sys::Stream& stream, sys::Deadline deadline) : stream_(stream), deadline_(deadline) {}

    Result<smtp::Reply> say(const std::string& command) {
        POSTERN_TRY(stream_.write(command + "\r\n", deadline_));
        return listen();
    }

    Result<smtp::Reply> listen() {
        for (;;) {
            if (auto reply = parser_.next()) return *std::move(reply);
            if (parser_.is_broken()) return Error(Fault::temporary, "the server does not speak SMTP");
            std::array<char, 4096> buffer;
            const auto got = stream_.read(buffer, deadline_);
            if (got.why == sys::ReadEnd::Why::timed_out)
                return Error(Fault::temporary, "the server did not answer in time");
            if (got.why != sys::ReadEnd::Why::bytes)
                return Error(Fault::temporary, "the server closed the connection");
            parser_.receive({buffer.data(), got.count});
        }
    }

private:
    sys::Stream& stream_;
    sys::Deadline deadline_;
    smtp::ReplyParser parser_;
};

Error refusal(const std::string& step, const smtp::Reply& reply) {
    return {Fault::temporary, "the server answers " + step + " with " + std::to_string(reply.code) + " " +
                                  reply.text.substr(0, reply.text.find('\n'))};
}

}  // namespace

Result<std::vector<Released>> ask_for_releases(sys::Stream& stream, const std::string& hostname,
                                               const std::vector<std::string>& domains,
                                               sys::Deadline deadline) {
    Talk talk(stream, deadline);
    POSTERN_ASSIGN(const auto greeting, talk.listen());
    if (!greeting.is_positive()) return refusal("the connection", greeting);
    POSTERN_ASSIGN(const auto hello, talk.say("EHLO " + hostname));
    if (!hello.is_positive()) return refusal("EHLO", hello);
    if (!smtp::parse_extensions(hello.text).etrn)
        return Error(Fault::temporary, "the server offers no ETRN to this host");
    std::vector<Released> answers;
    for (const auto& domain : domains) {
        POSTERN_ASSIGN(auto reply, talk.say("ETRN " + domain));
        answers.push_back({domain, std::move(reply)});
    }
    (void)talk.say("QUIT");
    return answers;
}

}  // namespace postern::wire
