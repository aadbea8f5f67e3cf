#include "net/imap_reader.h"

#include <algorithm>
#include <charconv>

#include "hub/mail_line.h"
#include "net/characters.h"

namespace baijin::net {
namespace {

constexpr std::int64_t longest_literal = 64 * 1024;  // of what is no message
constexpr int most_literals = 1'000;                 // in one reply
constexpr int deepest = 32;                          // parentheses within parentheses

[[noreturn]] void garbled(std::string_view line) { throw LineFailure("peer_garbled", line); }

std::string upper(std::string_view text) {
  std::string made(text);
  for (char& c : made) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return made;
}

bool ends_atom(char c) {
  return c == ' ' || c == '(' || c == ')' || c == '"' || c == '{' || is_control(c);
}

}  // namespace

void ImapReader::read_rest_of_line() {
  line_ = source_.line();
  at_ = 0;
}

bool ImapReader::skip(char c) {
  if (peek() != c || at_end()) return false;
  ++at_;
  return true;
}

void ImapReader::expect(char c) {
  if (!skip(c)) garbled(line_);
}

std::string_view ImapReader::atom() {
  const auto begin = at_;
  while (!at_end() && !ends_atom(line_[at_])) ++at_;
  if (at_ == begin) garbled(line_);
  return std::string_view(line_).substr(begin, at_ - begin);
}

// An atom that may hold a section with blanks and parentheses: BODY[HEADER.FIELDS (DATE)]<0>.
std::string ImapReader::item_name() {
  const auto begin = at_;
  bool section = false;
  while (!at_end() && (section || !ends_atom(line_[at_]))) {
    if (line_[at_] == '[') section = true;
    if (line_[at_] == ']') section = false;
    ++at_;
  }
  if (at_ == begin || section) garbled(line_);
  return upper(std::string_view(line_).substr(begin, at_ - begin));
}

std::uint32_t ImapReader::number() {
  const auto digits = atom();
  std::uint32_t value = 0;
  const auto* end = digits.data() + digits.size();
  const auto [stopped, wrong] = std::from_chars(digits.data(), end, value);
  if (wrong != std::errc() || stopped != end) garbled(line_);
  return value;
}

// "{123}" is always the last of its line; {-1}, {} and {99999999999999999999} are nothing.
std::int64_t ImapReader::literal_size() {
  const auto close = line_.size() - 1;
  std::uint64_t size = 0;
  const char* first = line_.data() + at_ + 1;
  const char* last = line_.data() + close;
  if (close <= at_ || *last != '}') garbled(line_);
  const auto [stopped, wrong] = std::from_chars(first, last, size);
  if (wrong == std::errc::result_out_of_range) throw LineFailure("peer_too_long");
  if (wrong != std::errc() || stopped != last) garbled(line_);
  if (size > 0x7fffffffffffffff) throw LineFailure("peer_too_long");
  return static_cast<std::int64_t>(size);
}

// A string in quotes, a literal, NIL or an atom, handed on in pieces; how many octets it has.
std::int64_t ImapReader::value(std::int64_t longest, const Octets& sink) {
  if (peek() == '{') {
    const auto size = literal_size();
    if (size > longest || ++literals_ > most_literals) throw LineFailure("peer_too_long");
    source_.take(size, sink);
    read_rest_of_line();
    return size;
  }
  std::string text;
  if (skip('"')) {
    while (!skip('"')) {
      skip('\\');
      if (at_end()) garbled(line_);
      text.push_back(line_[at_++]);
    }
  } else {
    text = atom();
    if (upper(text) == "NIL") text.clear();
  }
  if (static_cast<std::int64_t>(text.size()) > longest) throw LineFailure("peer_too_long");
  if (!text.empty()) sink(text);
  return static_cast<std::int64_t>(text.size());
}

std::string ImapReader::text_value() {
  std::string text;
  value(longest_literal, [&](std::string_view piece) { text += piece; });
  return text;
}

void ImapReader::skip_value() {
  int depth = 0;
  do {
    if (skip('(')) {
      if (++depth > deepest) garbled(line_);
    } else if (skip(')')) {
      --depth;
    } else if (!skip(' ')) {
      value(longest_literal, [](std::string_view) {});
    }
    if (depth < 0) garbled(line_);
  } while (depth > 0);
}

// What is not understood may still go on after a literal.
void ImapReader::skip_literals() {
  while (line_.ends_with('}')) {
    const auto open = line_.rfind('{');
    if (open == std::string::npos || !is_digit(line_[open + 1])) return;
    at_ = open;
    value(longest_literal, [](std::string_view) {});
  }
}

void ImapReader::read_status(ImapReply& reply) {
  if (skip('[')) {
    const auto end = line_.find(']', at_);
    if (end == std::string::npos) garbled(line_);
    reply.code = line_.substr(at_, end - at_);
    at_ = end + 1;
    skip(' ');
  }
  reply.text = line_.substr(at_);
}

void ImapReader::read_fetch(ImapReply& reply, std::int64_t longest_body, const Octets& body) {
  reply.kind = ImapReply::Kind::fetch;
  expect('(');
  while (!skip(')')) {
    if (skip(' ')) continue;
    const auto name = item_name();
    expect(' ');
    if (name == "UID") {
      reply.uid = number();
    } else if (name == "RFC822.SIZE") {
      const auto digits = atom();
      std::int64_t size = 0;
      std::from_chars(digits.data(), digits.data() + digits.size(), size);
      reply.size = std::max<std::int64_t>(size, 0);  // a hint: what is no number is no size
    } else if (name.starts_with("BODY[]")) {
      if (reply.body || !body) garbled(line_);  // twice, or nobody asked
      // Who has a message and does not give it out must not make it look like an empty one.
      if (upper(std::string_view(line_).substr(at_, 3)) == "NIL") garbled(line_);
      reply.body = value(longest_body, body);
    } else {
      skip_value();
    }
  }
}

void ImapReader::read_numbered(ImapReply& reply, std::int64_t longest_body, const Octets& body) {
  reply.number = number();
  expect(' ');
  reply.word = upper(atom());
  if (reply.word == "EXISTS" || reply.word == "RECENT" || reply.word == "EXPUNGE") {
    reply.kind = ImapReply::Kind::count;
  } else if (reply.word == "FETCH") {
    expect(' ');
    read_fetch(reply, longest_body, body);
  } else {
    skip_literals();
  }
}

// * LIST (\HasNoChildren) "/" "name"
void ImapReader::read_list(ImapReply& reply) {
  reply.kind = ImapReply::Kind::list;
  expect('(');
  while (!skip(')')) {
    if (skip(' ')) continue;
    const auto flag = upper(atom());
    if (flag == "\\NOSELECT" || flag == "\\NONEXISTENT") reply.selectable = false;
  }
  expect(' ');
  skip_value();
  expect(' ');
  reply.text = text_value();
}

ImapReply ImapReader::next(std::int64_t longest_body, const Octets& body) {
  read_rest_of_line();
  literals_ = 0;
  ImapReply reply;
  if (skip('+')) {
    reply.kind = ImapReply::Kind::go_on;
    skip(' ');
    reply.text = line_.substr(at_);
    return reply;
  }
  reply.tag = atom();
  expect(' ');
  if (reply.tag == "*" && is_digit(peek())) {
    read_numbered(reply, longest_body, body);
    return reply;
  }
  reply.word = upper(atom());
  skip(' ');
  const bool ends = reply.word == "OK" || reply.word == "NO" || reply.word == "BAD";
  if (reply.tag != "*") {
    if (!ends) garbled(line_);
    reply.kind = ImapReply::Kind::tagged;
    read_status(reply);
  } else if (ends || reply.word == "BYE" || reply.word == "PREAUTH") {
    reply.kind = ImapReply::Kind::status;
    read_status(reply);
  } else if (reply.word == "CAPABILITY") {
    reply.kind = ImapReply::Kind::capability;
    reply.text = line_.substr(at_);
  } else if (reply.word == "LIST") {
    read_list(reply);
  } else {
    skip_literals();
  }
  return reply;
}

}  // namespace baijin::net
