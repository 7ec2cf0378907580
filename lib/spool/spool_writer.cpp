// SPDX-License-Identifier: BSD-2-Clause
#include "spool/spool_writer.hpp"

#include "spool/record_codec.hpp"

namespace postern::spool {

namespace {

constexpr std::size_t kBuffer = 32 * 1024;
constexpr std::size_t kBlock = 4096;

}  // namespace

std::size_t room_behind(std::uint64_t end) { return (kBlock - end % kBlock) % kBlock; }

SpoolWriter::SpoolWriter(sys::File& file, const Head& head)
    : file_(file), sum_(kSumOctets), buffer_(write_head(head)) {
    sum_.add(std::string_view(buffer_).substr(kFixedLength));
}

Status SpoolWriter::append(std::string_view content) {
    sum_.add(content);
    size_ += content.size();
    buffer_ += content;
    return buffer_.size() < kBuffer ? Status(done) : write_out();
}

Status SpoolWriter::write_out() {
    POSTERN_TRY(file_.write_at(written_, buffer_));
    written_ += buffer_.size();
    buffer_.clear();
    return done;
}

Status SpoolWriter::finish(const std::optional<Record>& first) {
    std::string chain = sum_.finish_hex();
    const std::string fixed = write_fixed_fields({FileState::live, size_, chain});
    const bool is_all_in_memory = written_ == 0;
    if (is_all_in_memory) buffer_.replace(0, kFixedLength, fixed);
    if (first) append_log_line(buffer_, *first, chain);
    buffer_.append(room_behind(written_ + buffer_.size()), '\0');
    if (!buffer_.empty()) POSTERN_TRY(write_out());
    return is_all_in_memory ? Status(done) : file_.write_at(0, fixed);
}

}  // namespace postern::spool
