#include "net/chunk_reader.h"

#include <algorithm>

#include "net/characters.h"
#include "net/head_reader.h"

namespace baijin::net {
namespace {

constexpr std::size_t longest_size_line = 256;
constexpr std::size_t most_trailer_bytes = 4096;
constexpr std::size_t most_size_digits = 15;  // so that no sum overflows

}  // namespace

ChunkReader::Piece ChunkReader::next(std::string_view bytes) {
  if (bytes.empty() || done() || bad()) return {};
  if (state_ == State::data) {
    auto size = std::min<std::uint64_t>(left_, bytes.size());
    left_ -= size;
    if (left_ == 0) state_ = State::data_end;
    return {size, bytes.substr(0, size)};
  }
  return {take_line(bytes), {}};
}

std::size_t ChunkReader::take_line(std::string_view bytes) {
  auto end = bytes.find('\n');
  auto used = end == std::string_view::npos ? bytes.size() : end + 1;
  line_.append(bytes, 0, used);
  auto limit = state_ == State::trailer ? most_trailer_bytes - trailer_bytes_ : longest_size_line;
  if (state_ == State::data_end && !std::string_view("\r\n").starts_with(line_)) {
    state_ = State::bad;  // at once: the client may be waiting for the answer
  }
  if (line_.size() > limit) state_ = State::bad;
  if (state_ == State::bad || end == std::string_view::npos) return used;
  if (!line_.ends_with("\r\n")) {
    state_ = State::bad;
    return used;
  }
  line_.resize(line_.size() - 2);
  if (state_ == State::size) read_size();
  else if (state_ == State::trailer) read_trailer();
  else state_ = State::size;
  line_.clear();
  return used;
}

void ChunkReader::read_size() {
  std::size_t digits = 0;
  left_ = 0;
  while (digits < line_.size() && hex_value(line_[digits]) >= 0) {
    if (digits == most_size_digits) break;
    left_ = left_ * 16 + static_cast<std::uint64_t>(hex_value(line_[digits++]));
  }
  auto extension = std::string_view(line_).substr(digits);
  bool clean = std::none_of(extension.begin(), extension.end(), is_control);
  if (digits == 0 || (!extension.empty() && extension.front() != ';') || !clean) {
    state_ = State::bad;
  } else {
    state_ = left_ == 0 ? State::trailer : State::data;
  }
}

void ChunkReader::read_trailer() {
  trailer_bytes_ += line_.size() + 2;
  if (line_.empty()) state_ = State::done;
  else if (!is_header_line(line_)) state_ = State::bad;
}

}  // namespace baijin::net
