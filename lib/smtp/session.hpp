// SPDX-License-Identifier: BSD-2-Clause
// The SMTP server's session as a pure machine: octets go in, effects come out; it knows no socket, clock,
// file or log. The driver pulls effects with next() until there is none, answers questions as they come,
// and only then reads more. At most one question is open; meanwhile input is kept and nothing comes out.
//
//   connected --EHLO--> ready --MAIL--> sender --RCPT--> recipients --DATA--> body --dot--> ready
//                                              recipients --BDAT--> chunks --BDAT LAST--> ready
//   RSET and EHLO lead back to ready from sender, recipients and chunks; STARTTLS to connected; QUIT, the end
//   of the input, too many errors and what is no SMTP lead to closing, in which nothing comes out any more.
//   The octets of a chunk are taken off the input first, in whatever phase it came.
//
// kRules (session_rules.cpp) says which verb may come when; the handlers (session_*.cpp) may rely on it.
// What lives as long as the connection and what lives as long as a transaction are two objects, and
// drop_transaction() is the only end of the second. A message is accepted in one place: the 250 is said
// because of the answer to CommitMessage. Limits that are hit in content are kept until the final dot
// and told then, so that content is never taken for commands.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "sasl/exchange.hpp"
#include "smtp/chunk.hpp"
#include "smtp/command.hpp"
#include "smtp/content_check.hpp"
#include "smtp/dot_coder.hpp"
#include "smtp/effect.hpp"
#include "smtp/line_buffer.hpp"
#include "smtp/parameters.hpp"
#include "smtp/session_facts.hpp"

namespace postern::smtp {

class Session {
public:
    explicit Session(SessionFacts facts);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The peer has spoken before anything was said: in place of 220 it hears that it is not served.
    void refuse_early_talker();
    void receive(std::string_view bytes);
    /// Is there something that was received and not looked at?
    bool has_unread() const { return consumed_ < input_.size(); }
    /// No more bytes will come. What was received before is still done first, an open question still waits
    /// for its answer.
    void receive_end(End end);
    void answer(const Answer& answer);
    /// The next thing to do; nothing = needs bytes, or the open question's answer.
    std::optional<Effect> next();
    /// Is content what comes next?
    bool is_in_content() const { return chunk_.has_value() || phase_ == Phase::body; }

private:
    enum class Phase { connected, ready, sender, recipients, body, chunks, closing };
    struct Rule;
    static const Rule kRules[];
    static const Rule* find_rule(Verb verb);
    bool is_spoken(Verb verb) const;

    struct Connection {
        std::string helo = {};
        mail::Protocol protocol = mail::Protocol::smtp;
        std::size_t bad_commands = 0;
        std::size_t bad_recipients = 0;
        std::size_t idle_commands = 0;
        std::size_t bad_logins = 0;
        bool is_logged_in = false;
        sasl::Mechanism mechanism = {};
        std::unique_ptr<sasl::Exchange> exchange = {};  ///< between AUTH and its last reply
        bool nothing_received = true;
        bool no_command_yet = true;
    };

    struct Transaction {
        mail::ReversePath reverse_path = {};
        Parameters said = {};  ///< by MAIL
        std::vector<mail::Recipient> recipients = {};
        std::unordered_map<std::string, std::size_t> known = {};  ///< their addresses and places
        std::size_t accepted = 0;      ///< RCPTs; the same address may have several
        bool message_is_open = false;  ///< begun, neither committed nor abandoned
        DotDecoder decoder = {};
        ChunkChecker checker = {};
        std::unique_ptr<ContentCheck> check = {};  ///< of the open message
        std::uint64_t size = 0;
        std::optional<Reply> refusal = {};  ///< latched: told after the final dot
        bool refusal_is_logged = false;
        bool surplus_is_logged = false;  ///< a recipient beyond limits.recipients
    };

    /// Who the client is, and what he may do for that, without what was said of it in plain text: that is
    /// forgotten when TLS begins (RFC 3207 §4.2).
    struct Unclaimed {
        std::string user = {};
        std::optional<HoldLimits> holds = {};
        bool asks_for_mail = false;
    };

    /// The octets behind a BDAT.
    struct Chunk {
        std::uint64_t left = 0;
        bool is_last = false;
        std::optional<Reply> refusal = {};  ///< of the command itself: they belong to no message
    };

    struct SenderAsked {
        mail::ReversePath reverse_path;
        Parameters said;
    };
    struct RecipientAsked {
        mail::ForwardPath path;
        Parameters said;
    };
    struct VerifyAsked {
        Charset charset;  ///< of the answer
    };
    struct ReleaseAsked {
        std::string domain;
    };
    struct ClientAsked {
        mail::PeerFacts client;
        std::optional<mail::Protocol> protocol;
    };
    struct TlsAsked {};
    struct HandshakeAsked {};
    struct KeysAsked {};
    struct LoginAsked {};
    struct BeginAsked {};
    struct FirstChunkAsked {
        ChunkCommand command;
    };
    struct CommitAsked {};
    using Question = std::variant<std::monostate, SenderAsked, RecipientAsked, VerifyAsked, ClientAsked,
                                  ReleaseAsked, TlsAsked, HandshakeAsked, KeysAsked, LoginAsked, BeginAsked,
                                  FirstChunkAsked, CommitAsked>;

    // session.cpp: the machine
    void enter(Phase phase) { phase_ = phase; }
    void append_mended(std::string_view bytes);
    void drop_transaction();
    void advance();
    void read_command();
    void run(const Line& line);
    void dispatch(const Rule& rule, const Command& command, std::size_t octets);
    std::optional<replies::Entry> objection(const Rule& rule, const Command& command,
                                            std::size_t octets) const;
    void object_to(const Command& command, const Reply& reply);
    bool is_offered(const Rule& rule) const;
    bool speaks_out_of_turn(const Rule& rule) const;
    bool lacks_tls(const Rule& rule) const;
    bool is_open_question() const { return question_.index() != 0; }

    // session_replies.cpp: what is said
    void emit(Effect effect) { effects_.push_back(std::move(effect)); }
    void ask(Question question, Effect effect);
    void say(const Reply& reply, Charset charset = Charset::ascii);
    void complain(const Reply& reply);
    void refuse(std::string_view what, const Reply& reply);
    void refuse_sender(std::string_view what, const Reply& reply);
    void turn_away(std::string_view what, const Reply& reply);
    void refuse_recipient(std::string_view what, const Reply& reply);
    void close(std::string_view why);
    void close(std::string_view why, const Reply& last_words);
    void end(End end);

    // handlers by topic
    void on_ehlo(std::string_view argument);
    void on_helo(std::string_view argument);
    void on_lhlo(std::string_view argument);
    bool greet(std::string_view argument, mail::Protocol protocol, const Reply& syntax);
    void on_mail(std::string_view argument);
    void on_rcpt(std::string_view argument);
    void refuse_surplus(const mail::ForwardPath& path);
    std::optional<Parameters> read_parameters(std::string_view text, ParameterPlace place);
    static const replies::Entry& reply_to(ContentFlaw flaw);
    static std::optional<Reply> refusal_in(const Answer& answer);
    mail::Envelope make_envelope() const;
    void open_message();
    void add_recipient(mail::Address address, Parameters said);
    void on_data(std::string_view argument);
    mail::ValidationRules validation_rules() const;
    void read_content();
    void take_content(std::string_view bytes);
    void refuse_message(const Reply& reply);
    void tell_refusal();
    void finish_check();
    void end_content();
    void repeat_for_others(const Reply& reply);
    void on_bdat(std::string_view argument);
    void swallow_chunk(const ChunkCommand& command, const Reply& reply);
    void lose_chunk();
    void begin_chunk(Chunk chunk);
    void read_chunk();
    void take_chunk(std::string_view piece);
    void end_chunk();
    void on_rset(std::string_view argument);
    void on_noop(std::string_view argument);
    void on_vrfy(std::string_view argument);
    void on_expn(std::string_view argument);
    void verify(AskVerify::What what, std::string_view argument);
    void on_xclient(std::string_view argument);
    void refuse_client(const Reply& reply);
    void on_etrn(std::string_view argument);
    void on_starttls(std::string_view argument);
    void discard_plaintext();
    void discard_claims();
    void on_auth(std::string_view argument);
    void read_response();
    void take_response(const Line& line);
    void forget_response();
    void respond(std::string_view base64);
    void go_on(sasl::Step step);
    void end_exchange(const Reply& complaint);
    void refuse_login(const Reply& reply);
    void on_help(std::string_view argument);
    std::string offered_commands() const;
    void on_quit(std::string_view argument);

    void on_answer(std::monostate, const Answer&) {}
    void on_answer(SenderAsked asked, const Answer& answer);
    void on_answer(RecipientAsked asked, const Answer& answer);
    void on_answer(VerifyAsked asked, const Answer& answer);
    void on_answer(ClientAsked asked, const Answer& answer);
    void on_answer(ReleaseAsked asked, const Answer& answer);
    void on_answer(TlsAsked, const Answer& answer);
    void on_answer(HandshakeAsked, const Answer& answer);
    void on_answer(KeysAsked, const Answer& answer);
    void on_answer(LoginAsked asked, const Answer& answer);
    void on_answer(BeginAsked, const Answer& answer);
    void on_answer(FirstChunkAsked asked, const Answer& answer);
    void on_answer(CommitAsked, const Answer& answer);

    SessionFacts facts_;
    Unclaimed unclaimed_;
    Phase phase_ = Phase::connected;
    Connection connection_;
    Transaction transaction_;
    std::optional<Chunk> chunk_;
    Question question_;
    LineBuffer lines_;
    std::string input_;
    std::size_t consumed_ = 0;  ///< octets of input_ that are done with
    bool after_cr_ = false;     ///< the last octet received was a CR
    std::optional<End> end_;
    std::deque<Effect> effects_;
};

}  // namespace postern::smtp
