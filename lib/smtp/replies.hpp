// SPDX-License-Identifier: BSD-2-Clause
// Every reply that the server can utter, in one place: code (RFC 5321 §4.2.3), enhanced status (RFC 3463,
// RFC 5248), text. Constants cost nothing at start; a Reply with strings is made when one is said.
// Nothing that the peer has sent is ever repeated in a reply, but the name of a header field that is wrong.
#pragma once

#include <cstdint>
#include <string_view>

#include "mail/flaw.hpp"
#include "smtp/dialect.hpp"
#include "smtp/reply.hpp"

namespace postern::smtp::replies {

/// A fixed reply; becomes a Reply where one is wanted.
struct Entry {
    int code;
    std::string_view status;
    std::string_view text;
    operator Reply() const { return {code, std::string(status), std::string(text)}; }
};

// Positive
inline constexpr Entry start_tls{220, "2.0.0", "Begin the TLS handshake"};
inline constexpr Entry bye{221, "2.0.0", "Bye"};
inline constexpr Entry logged_in{235, "2.7.0", "Authenticated"};
inline constexpr Entry ok{250, "2.0.0", "OK"};
inline constexpr Entry sender_ok{250, "2.1.0", "Sender OK"};
inline constexpr Entry chunk_ok{250, "2.0.0", "Chunk received"};
inline constexpr Entry recipient_ok{250, "2.1.5", "Recipient OK"};
inline constexpr Entry cannot_verify{252, "2.0.0", "Send some mail, and it will be tried"};
inline constexpr Entry mail_released{250, "2.0.0", "Mail that waits for you is on its way"};
inline constexpr Entry list_too_long{252, "2.0.0", "The list is too long to be told"};
inline constexpr Entry send_content{354, "", "Send the message; end it with a dot on a line by itself"};

// The connection ends
inline constexpr Entry stopping{421, "4.3.2", "The service is stopping"};
inline constexpr Entry stopped{421, "4.3.2", "The service is stopped"};
inline constexpr Entry busy{421, "4.3.2", "Too busy, try again later"};
inline constexpr Entry misconfigured{421, "4.3.5", "The service is not configured correctly"};
inline constexpr Entry timed_out{421, "4.4.2", "Waited too long for the client"};
inline constexpr Entry out_of_time{421, "4.4.2", "The session has lasted too long"};
inline constexpr Entry too_slow{421, "4.4.2", "The message comes too slowly"};
inline constexpr Entry too_many_bad_recipients{421, "4.7.0", "Too many refused recipients"};
inline constexpr Entry too_many_sessions{421, "4.7.0",
                                         "Too many sessions from your address, try again later"};
inline constexpr Entry too_many_sessions_of_user{421, "4.7.0",
                                                 "Too many sessions of this user, try again later"};
inline constexpr Entry too_many_connections{421, "4.7.0",
                                            "Too many connections from your address, try again later"};
inline constexpr Entry too_many_connections_of_all{421, "4.3.2", "Too many connections, try again later"};
inline constexpr Entry banned{421, "4.7.0", "Your address is not served for a time, try again later"};
inline constexpr Entry too_many_unknown_recipients{421, "4.7.0",
                                                   "Too many unknown recipients, try again later"};
inline constexpr Entry too_many_idle_commands{421, "4.7.0", "Too many commands without a message"};
inline constexpr Entry spoke_too_early{421, "4.7.0", "The client spoke before its greeting"};
inline constexpr Entry out_of_turn{421, "4.5.0", "The client did not wait for a reply"};
inline constexpr Entry too_many_bad_logins{421, "4.7.0", "Too many failed logins"};
inline constexpr Entry too_many_errors{421, "4.7.0", "Too many errors"};
inline constexpr Entry endless_chunk{421, "4.7.0", "No chunk can be so large"};
inline constexpr Entry not_smtp{421, "4.7.0", "This is an SMTP service"};
inline constexpr Entry not_of_this_machine{421, "4.7.0", "This service is for users of this machine"};
inline constexpr Entry peer_unknown{421, "4.7.0", "The address of the client cannot be found out"};

// Syntax and order
inline constexpr Entry unknown_command{500, "5.5.1", "Unknown command"};
inline constexpr Entry not_offered{502, "5.5.1", "This command is not offered here"};
inline constexpr Entry no_such_help{504, "5.5.4", "There is no help for that"};
inline constexpr Entry line_too_long{500, "5.5.2", "Line too long"};
inline constexpr Entry bare_newline{500, "5.5.2", "Lines end in CRLF"};
inline constexpr Entry control_character{500, "5.5.2", "Control characters are not allowed"};
inline constexpr Entry no_argument_allowed{501, "5.5.4", "This command takes no argument"};
inline constexpr Entry helo_syntax{501, "5.5.4", "Syntax: EHLO name or [address]"};
inline constexpr Entry lhlo_syntax{501, "5.5.4", "Syntax: LHLO name or [address]"};
inline constexpr Entry mail_syntax{501, "5.5.4", "Syntax: MAIL FROM:<address> [parameters]"};
inline constexpr Entry bad_sender_address{501, "5.1.7",
                                          "Not a valid sender address; syntax: MAIL FROM:<address>"};
// RFC 6531 §3.5: the code differs by command.
inline constexpr Entry sender_needs_smtputf8{550, "5.6.7", "A sender with UTF-8 needs SMTPUTF8"};
inline constexpr Entry recipient_needs_smtputf8{553, "5.6.7", "A recipient with UTF-8 needs SMTPUTF8"};
inline constexpr Entry rcpt_syntax{501, "5.5.4", "Syntax: RCPT TO:<address> [parameters]"};
inline constexpr Entry bad_recipient_address{501, "5.1.3",
                                             "Not a valid recipient address; syntax: RCPT TO:<address>"};
/// RFC 6531 §3.7.4.2.
inline constexpr Entry needs_utf8_reply{252, "2.6.8", "The answer has UTF-8; ask with SMTPUTF8"};
inline constexpr Entry name_needs_smtputf8{553, "5.6.7", "A name with UTF-8 needs SMTPUTF8"};
inline constexpr Entry vrfy_syntax{501, "5.5.4", "Syntax: VRFY user or address [SMTPUTF8]"};
inline constexpr Entry expn_syntax{501, "5.5.4", "Syntax: EXPN list [SMTPUTF8]"};
inline constexpr Entry etrn_syntax{501, "5.5.4", "Syntax: ETRN domain or @domain"};
inline constexpr Entry xclient_syntax{501, "5.5.4", "Syntax: XCLIENT attribute=value ..."};
inline constexpr Entry auth_syntax{501, "5.5.4", "Syntax: AUTH mechanism [initial-response]"};
inline constexpr Entry unknown_mechanism{504, "5.5.4", "This mechanism is not offered here"};
inline constexpr Entry response_too_long{500, "5.5.6", "The response is too long"};
inline constexpr Entry not_base64{501, "5.5.2", "This is not base64"};
inline constexpr Entry malformed_response{501, "5.5.2", "This is no message of the mechanism"};
inline constexpr Entry login_cancelled{501, "5.7.0", "Authentication cancelled"};
inline constexpr Entry logged_in_already{503, "5.5.1", "Authenticated already"};
inline constexpr Entry bdat_syntax{501, "5.5.4", "Syntax: BDAT size [LAST]"};
inline constexpr Entry bad_parameter_value{501, "5.5.4", "A parameter's value is not valid"};
inline constexpr Entry repeated_parameter{501, "5.5.4", "A parameter stands twice"};
inline constexpr Entry held_too_long{501, "5.5.4", "This server holds no message for so long"};
/// RFC 8689 §2; 5.7.10 is "encryption needed".
inline constexpr Entry require_tls_without_tls{530, "5.7.10", "REQUIRETLS needs TLS: STARTTLS first"};
inline constexpr Entry unknown_parameter{555, "5.5.4", "Unknown parameter"};
inline constexpr Entry hello_first{503, "5.5.1", "EHLO or HELO first"};
inline constexpr Entry ehlo_first{503, "5.5.1", "EHLO first"};
inline constexpr Entry lhlo_first{503, "5.5.1", "LHLO first"};
inline constexpr Entry mail_first{503, "5.5.1", "MAIL first"};
inline constexpr Entry recipient_first{503, "5.5.1", "No valid recipient; MAIL and RCPT first"};
inline constexpr Entry mail_already_given{503, "5.5.1", "MAIL was given already; RSET starts anew"};
inline constexpr Entry not_in_a_transaction{503, "5.5.1", "Not within a transaction; RSET ends it"};
inline constexpr Entry tls_is_active{503, "5.5.1", "TLS is spoken already"};
inline constexpr Entry chunks_begun{503, "5.5.1", "Chunks have begun; BDAT goes on, RSET starts anew"};
inline constexpr Entry binary_needs_chunks{503, "5.5.1", "BINARYMIME needs BDAT"};

// Policy
inline constexpr Entry no_such_user{550, "5.1.1", "No such user here"};
inline constexpr Entry not_a_list{550, "5.1.0", "This is a mailbox, not a list"};
inline constexpr Entry refused_elsewhere{550, "5.1.1", "The server that has the mailboxes refuses this one"};
inline constexpr Entry mailbox_disabled{550, "5.2.1", "This mailbox takes no mail"};
inline constexpr Entry no_kicks_from_there{550, "5.7.1", "Nothing is sent for this address"};
/// RFC 3207 §4.
inline constexpr Entry tls_required{530, "5.7.0", "STARTTLS first"};
inline constexpr Entry login_required{530, "5.7.0", "Authentication required"};
/// RFC 4954 §6: the same whatever was wrong.
inline constexpr Entry login_refused{535, "5.7.8", "Wrong name or password"};
inline constexpr Entry login_needs_tls{538, "5.7.11", "Not without encryption"};
inline constexpr Entry login_impossible{454, "4.7.0", "Cannot authenticate now, try again later"};
inline constexpr Entry not_own_address{553, "5.7.1", "This sender address is not yours"};
/// RFC 7504 §4, RFC 7505 §4.2.
inline constexpr Entry recipient_takes_no_mail{556, "5.1.10", "The recipient's domain takes no mail"};
inline constexpr Entry sender_takes_no_mail{550, "5.7.27", "The sender's domain takes no mail"};
inline constexpr Entry no_recipient_domain{550, "5.1.2", "There is no such domain"};
inline constexpr Entry no_sender_domain{550, "5.1.8", "The sender's domain does not exist"};
inline constexpr Entry relaying_denied{550, "5.7.1", "Relaying is not allowed"};
/// RFC 5321 §4.3.2: 450 is no reply to MAIL.
inline constexpr Entry too_many_messages{451, "4.7.1", "Too many messages in an hour, try again later"};
inline constexpr Entry too_many_recipients_in_time{450, "4.7.1",
                                                   "Too many recipients in an hour, try again later"};
inline constexpr Entry too_many_messages_of_all{451, "4.3.2",
                                                "This server has taken too many messages, try again later"};
inline constexpr Entry too_many_recipients_of_all{
    450, "4.3.2", "This server has taken too many recipients, try again later"};
inline constexpr Entry too_many_failed_logins_of_all{
    454, "4.7.0", "Too many failed logins on this server, try again later"};
inline constexpr Entry too_many_failed_logins{454, "4.7.0", "Too many failed logins, try again later"};
inline constexpr Entry too_many_recipients{452, "4.5.3",
                                           "Too many recipients; send the rest in another message"};

// The message
inline constexpr Entry message_too_big{552, "5.3.4", "The message is larger than this server allows"};
inline constexpr Entry bare_newline_in_content{550, "5.6.0",
                                               "The message has a CR or LF that is not part of CRLF"};
inline constexpr Entry nul_in_content{550, "5.6.0", "The message has a NUL octet"};
inline constexpr Entry content_line_too_long{550, "5.6.0", "The message has a line of more than 998 octets"};
inline constexpr Entry chunk_missing{554, "5.5.0", "A chunk of this message was refused"};
inline constexpr Entry too_many_hops{554, "5.4.6", "The message has passed too many servers: a mail loop"};

// This machine
inline constexpr Entry cannot_ask{450, "4.4.1",
                                  "The server that has the mailboxes cannot be asked now, try again later"};
/// RFC 3207 §4.
inline constexpr Entry tls_unavailable{454, "4.7.0", "TLS is not available now"};
inline constexpr Entry local_error{451, "4.3.0", "Local trouble, try again later"};
/// RFC 1985 §5.2.
inline constexpr Entry cannot_release{458, "4.3.0", "The mail cannot be sent now, try again later"};
inline constexpr Entry mailbox_full{452, "4.2.2", "The mailbox is full, try again later"};
inline constexpr Entry no_space{452, "4.3.1", "Not enough space, try again later"};
inline constexpr Entry configuration_error{451, "4.3.5",
                                           "The server has a configuration error, try again later"};
inline constexpr Entry failed_for_good{554, "5.3.0", "This cannot be done"};

/// 220, the first thing the server says. §4.2: the name comes first.
Reply greeting(std::string_view hostname, Dialect dialect);
/// 250 to HELO: the name alone.
Reply hello(std::string_view hostname);
/// 334 within AUTH, with what the server says.
Reply challenge(std::string_view text);
/// 250 after the final dot, with the id under which the message is queued.
Reply queued(std::string_view id);
/// 554 after the final dot: what is wrong with the message, and where.
Reply not_valid(const mail::Flaw& flaw);
/// 250 to VRFY and EXPN: an address, or several divided by '\n'.
Reply verified(std::string_view addresses);
/// 214: the names of commands, each behind a space.
Reply help(std::string_view commands);
/// 214 on one of them.
Reply explanation(std::string_view syntax, std::string_view meaning);

}  // namespace postern::smtp::replies
