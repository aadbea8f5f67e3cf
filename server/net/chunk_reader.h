#pragma once
// Takes the chunked transfer coding off a body (RFC 9112 §7.1), strictly: CRLF only, no blanks, no
// signs; extensions and trailers are checked and dropped.
#include <cstdint>
#include <string>
#include <string_view>

namespace baijin::net {

class ChunkReader {
 public:
  struct Piece {
    std::size_t used = 0;   // of the bytes given
    std::string_view data;  // the part of them that belongs to the body
  };
  // Call until nothing is used any more, or done() or bad().
  Piece next(std::string_view bytes);
  bool done() const { return state_ == State::done; }
  bool bad() const { return state_ == State::bad; }

 private:
  enum class State { size, data, data_end, trailer, done, bad };
  std::size_t take_line(std::string_view bytes);
  void read_size();
  void read_trailer();

  State state_ = State::size;
  std::uint64_t left_ = 0;  // of the chunk
  std::size_t trailer_bytes_ = 0;
  std::string line_;  // what has come of it
};

}  // namespace baijin::net
