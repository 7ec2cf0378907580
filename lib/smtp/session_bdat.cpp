// SPDX-License-Identifier: BSD-2-Clause
// BDAT (RFC 3030): content in chunks, each answered. The octets that a chunk announces are taken off the
// input whatever becomes of it, so that no content is ever read as commands. What is wrong with a message is
// told at the end of that chunk and of each one that follows, up to LAST or RSET.
#include <algorithm>
#include <utility>

#include "smtp/session.hpp"

namespace postern::smtp {

void Session::on_bdat(std::string_view argument) {
    const auto command = parse_chunk_command(argument);
    if (command.form != ChunkCommand::Form::legal) return swallow_chunk(command, replies::bdat_syntax);
    const bool fits = command.size <= facts_.limits.message_size - transaction_.size;
    if (!fits && !transaction_.refusal) refuse_message(replies::message_too_big);
    if (phase_ == Phase::recipients && fits)
        return ask(FirstChunkAsked{command}, BeginMessage{make_envelope()});
    enter(Phase::chunks);
    begin_chunk({command.size, command.is_last});
}

void Session::on_answer(FirstChunkAsked asked, const Answer& answer) {
    if (const auto refusal = refusal_in(answer))
        refuse_message(*refusal);
    else
        open_message();
    enter(Phase::chunks);
    begin_chunk({asked.command.size, asked.command.is_last});
}

/// The octets of a command that is not run: read, dropped, and then the reply (RFC 3030 §2).
void Session::swallow_chunk(const ChunkCommand& command, const Reply& reply) {
    if (command.form == ChunkCommand::Form::endless)
        return close("BDAT without an end", replies::endless_chunk);
    if (command.size > 0 || phase_ == Phase::chunks) lose_chunk();
    begin_chunk({command.size, false, reply});
}

/// A message that lacks a chunk is no message any more, whatever was pipelined behind it (RFC 3030 §2).
void Session::lose_chunk() {
    if (phase_ != Phase::recipients && phase_ != Phase::chunks) return;
    refuse_message(replies::chunk_missing);
    enter(Phase::chunks);
}

void Session::begin_chunk(Chunk chunk) {
    chunk_ = std::move(chunk);
    if (chunk_->left == 0) end_chunk();
}

void Session::read_chunk() {
    const auto rest = std::string_view(input_).substr(consumed_);
    const auto piece = rest.substr(0, std::min<std::uint64_t>(chunk_->left, rest.size()));
    consumed_ += piece.size();
    chunk_->left -= piece.size();
    if (!chunk_->refusal && !transaction_.refusal) take_chunk(piece);
    if (chunk_->left == 0) end_chunk();
}

void Session::take_chunk(std::string_view piece) {
    if (transaction_.said.body == mail::BodyType::binary_mime) return take_content(piece);
    take_content(piece.substr(0, transaction_.checker.read(piece)));
    if (const auto flaw = transaction_.checker.flaw()) refuse_message(reply_to(*flaw));
}

void Session::end_chunk() {
    const Chunk chunk = *std::exchange(chunk_, std::nullopt);
    if (chunk.refusal) return complain(*chunk.refusal);
    if (!chunk.is_last) return transaction_.refusal ? tell_refusal() : say(replies::chunk_ok);
    transaction_.checker.finish();
    if (const auto flaw = transaction_.checker.flaw()) refuse_message(reply_to(*flaw));
    end_content();
}

}  // namespace postern::smtp
