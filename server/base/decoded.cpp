#include "base/decoded.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "base/text.h"

namespace baijin {
namespace {

constexpr std::size_t piece_bytes = 64 * 1'024;

// How many bytes at the end belong to a character that is not complete.
std::size_t cut_tail(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    auto c = static_cast<unsigned char>(text[text.size() - back]);
    if ((c & 0xC0) == 0x80) continue;
    std::size_t wanted = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
    return wanted > back ? back : 0;
  }
  return 0;
}

const char* encoding_of(std::istream& file, std::int64_t& bytes) {
  std::string piece(piece_bytes, '\0'), rest;
  const char* by_mark = nullptr;
  bool utf8 = true;
  bytes = 0;
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    std::string_view got(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (bytes == 0 && got.starts_with("\xFF\xFE")) by_mark = "UTF-16LE";
    if (bytes == 0 && got.starts_with("\xFE\xFF")) by_mark = "UTF-16BE";
    bytes += static_cast<std::int64_t>(got.size());
    if (!utf8 || by_mark) continue;  // only the length is still wanted
    rest += got;
    auto tail = cut_tail(rest);
    utf8 = is_utf8(std::string_view(rest).substr(0, rest.size() - tail));
    rest.erase(0, rest.size() - tail);
  }
  file.clear();
  file.seekg(0);
  if (!file) throw std::runtime_error("the file cannot be read from its beginning");
  if (by_mark) return by_mark;
  return utf8 && rest.empty() ? "UTF-8" : "GB18030";
}

}  // namespace

struct DecodedFile::Converter {
  UConverter* handle = nullptr;
  bool fresh = true;
  explicit Converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    handle = ucnv_open(name, &status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("no converter for ") + name);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ucnv_close(handle); }

  void add(std::string& out, std::string_view bytes, bool last) {
    std::vector<UChar> units(bytes.size() + 16);
    const char* from = bytes.data();
    auto* to = units.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(handle, &to, units.data() + units.size(), &from, bytes.data() + bytes.size(),
                   nullptr, last, &status);
    if (U_FAILURE(status)) throw std::runtime_error("the file cannot be decoded");
    append(out, units.data(), static_cast<std::int32_t>(to - units.data()));
  }

 private:
  // UTF-16 to UTF-8; half a pair at the end waits for the next piece.
  void append(std::string& out, const UChar* units, std::int32_t count) {
    for (std::int32_t i = 0; i < count; ++i) {
      std::uint32_t c = units[i];
      if (U16_IS_LEAD(c)) {
        lead_ = c;
        continue;
      }
      if (lead_ && U16_IS_TRAIL(c)) c = static_cast<std::uint32_t>(U16_GET_SUPPLEMENTARY(lead_, c));
      lead_ = 0;
      if (fresh && c == 0xFEFF) {
        fresh = false;
        continue;
      }
      fresh = false;
      std::array<char, 4> bytes;
      std::int32_t size = 0;
      U8_APPEND_UNSAFE(bytes.data(), size, c);
      out.append(bytes.data(), static_cast<std::size_t>(size));
    }
  }
  std::uint32_t lead_ = 0;
};

DecodedFile::DecodedFile(std::istream& file)
    : file_(file),
      encoding_(encoding_of(file, bytes_)),
      converter_(std::make_unique<Converter>(encoding_)) {}
DecodedFile::~DecodedFile() = default;

bool DecodedFile::next(std::string& piece) {
  piece.clear();
  std::string bytes(piece_bytes, '\0');
  file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file_.gcount()));
  read_ += static_cast<std::int64_t>(bytes.size());
  converter_->add(piece, bytes, bytes.empty());
  return !bytes.empty();
}

double DecodedFile::part_read() const {
  return bytes_ == 0 ? 1 : static_cast<double>(read_) / static_cast<double>(bytes_);
}

}  // namespace baijin
