#include "mime/header_block.h"

#include "mime/characters.h"

namespace baijin::mime {
namespace {

constexpr std::size_t longest_name = 128;

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

bool is_continuation(std::string_view line) {
  return !line.empty() && (line.front() == ' ' || line.front() == '\t');
}

// Where the colon of "Subject: …" or of the obsolete "Subject : …" stands, or npos.
std::size_t colon_of(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && line[at] > ' ' && line[at] < 0x7F && line[at] != ':') ++at;
  if (at == 0 || at > longest_name) return std::string_view::npos;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  return at < line.size() && line[at] == ':' ? at : std::string_view::npos;
}

bool is_field(std::string_view line) { return colon_of(line) != std::string_view::npos; }

class BlockReader {
 public:
  BlockReader(std::string_view bytes, std::size_t at, Budget& budget)
      : bytes_(bytes), at_(at), budget_(budget) {}

  HeaderBlock read() {
    skip_mbox_line();
    while (at_ < bytes_.size()) {
      const auto end = line_end(bytes_, at_);
      const auto line = without_line_end(bytes_.substr(at_, end - at_));
      if (line.empty()) {
        block_.ended = true;
        at_ = end;
        break;
      }
      if (line.starts_with("--") || !take(line, end)) break;
    }
    block_.body = at_;
    return std::move(block_);
  }

 private:
  void skip_mbox_line() {
    const auto rest = bytes_.substr(at_);
    if (rest.starts_with("From ") || rest.starts_with(">From ")) at_ = line_end(bytes_, at_);
  }

  // A whitespace line continues a field, unless what follows can only be a body.
  bool is_separator(std::string_view line, std::size_t end) const {
    if (!trimmed(line).empty() || end == bytes_.size()) return false;
    const auto next = without_line_end(bytes_.substr(end, line_end(bytes_, end) - end));
    return !next.empty() && !is_continuation(next) && !is_field(next);
  }

  // False where the body begins.
  bool take(std::string_view line, std::size_t end) {
    if (is_continuation(line) && !block_.fields.empty()) {
      if (is_separator(line, end)) {
        block_.ended = true;
        at_ = end;
        return false;
      }
      extend(line);
    } else if (const auto colon = colon_of(line); colon != std::string_view::npos) {
      begin_field(line, colon);
    } else if (!is_followed_by_field(end)) {
      return false;
    } else {
      block_.bad_lines = true;
    }
    at_ = end;
    return true;
  }

  bool is_followed_by_field(std::size_t end) const {
    const auto next = without_line_end(bytes_.substr(end, line_end(bytes_, end) - end));
    return !block_.fields.empty() && is_field(next);
  }

  void begin_field(std::string_view line, std::size_t colon) {
    full_ = full_ || !budget_.header() || !budget_.header_bytes(line.size());
    if (full_) return;
    block_.fields.push_back({trimmed(line.substr(0, colon)), line.substr(colon + 1)});
  }

  void extend(std::string_view line) {
    full_ = full_ || !budget_.header_bytes(line.size() + 1);
    if (full_) return;
    auto& value = block_.fields.back().value;
    value = {value.data(), static_cast<std::size_t>(line.data() + line.size() - value.data())};
  }

  std::string_view bytes_;
  std::size_t at_;
  Budget& budget_;
  HeaderBlock block_;
  bool full_ = false;  // a limit was met: the rest is only searched for its end
};

}  // namespace

const RawField* HeaderBlock::find(std::string_view name) const {
  for (const auto& field : fields) {
    if (same_word(field.name, name)) return &field;
  }
  return nullptr;
}

HeaderBlock read_header_block(std::string_view bytes, std::size_t at, Budget& budget) {
  return BlockReader(bytes, at, budget).read();
}

std::string unfolded(std::string_view value) {
  std::string line;
  line.reserve(value.size());
  bool folded = false;  // a line ended, and nothing but blanks came since
  for (char c : value) {
    if (c == '\n' || (folded && is_white(c))) {
      while (!line.empty() && is_white(line.back())) line.pop_back();
      folded = true;
      continue;
    }
    if (folded) line += ' ';
    folded = false;
    line += c == '\0' || c == '\r' ? ' ' : c;
  }
  return line;
}

std::size_t line_end(std::string_view bytes, std::size_t at) {
  const auto feed = bytes.find('\n', at);
  return feed == std::string_view::npos ? bytes.size() : feed + 1;
}

}  // namespace baijin::mime
