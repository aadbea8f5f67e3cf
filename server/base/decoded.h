#pragma once
// A file as UTF-8, piece by piece, whatever it was written in.
#include <cstdint>
#include <istream>
#include <memory>
#include <string>

namespace baijin {

class DecodedFile {
 public:
  // Reads the file once to find its encoding, then goes back to its beginning.
  explicit DecodedFile(std::istream& file);
  ~DecodedFile();

  // The next piece as UTF-8, never cut inside a character; false at the end. What cannot be decoded
  // becomes U+FFFD.
  bool next(std::string& piece);
  double part_read() const;  // 0 … 1, by bytes
  const char* encoding() const { return encoding_; }

 private:
  struct Converter;
  std::istream& file_;
  const char* encoding_;
  std::int64_t bytes_ = 0, read_ = 0;
  std::unique_ptr<Converter> converter_;
};

}  // namespace baijin
