#include "base/json.h"

#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/error.h"

namespace baijin {
namespace json = boost::json;
namespace {

constexpr std::size_t deepest = 64;

// Builds the value and remembers the keys of every open object, to refuse one that comes twice: two
// readers of one text could otherwise take different values for the same name.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  using Code = json::error_code;
  using View = json::string_view;

  bool on_document_begin(Code&) {
    stack_.reset();
    return true;
  }
  bool on_document_end(Code&) { return true; }
  bool on_object_begin(Code&) { return true; }
  bool on_object_end(std::size_t size, Code& code) {
    if (!last_keys_differ(size)) {
      duplicate_ = true;
      code = json::error::exception;
      return false;
    }
    stack_.push_object(size);
    return true;
  }
  bool on_array_begin(Code&) { return true; }
  bool on_array_end(std::size_t size, Code&) {
    stack_.push_array(size);
    return true;
  }
  bool on_key_part(View part, std::size_t, Code&) {
    names_.append(part.data(), part.size());
    stack_.push_chars(part);
    return true;
  }
  bool on_key(View part, std::size_t size, Code&) {
    names_.append(part.data(), part.size());
    keys_.push_back({names_.size() - size, size});
    stack_.push_key(part);
    return true;
  }
  bool on_string_part(View part, std::size_t, Code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(View part, std::size_t, Code&) {
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(View, Code&) { return true; }
  bool on_int64(std::int64_t number, View, Code&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, View, Code&) {
    stack_.push_uint64(number);
    return true;
  }
  // The library's own reading may be off by one in the last place; `text` is the whole number.
  bool on_double(double number, View text, Code& code) {
    std::from_chars(text.data(), text.data() + text.size(), number);
    if (!std::isfinite(number)) {
      code = json::error::exponent_overflow;
      return false;
    }
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool value, Code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(Code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(View, Code&) { return true; }
  bool on_comment(View, Code&) { return true; }

  bool duplicate() const { return duplicate_; }
  json::value release() { return stack_.release(); }

 private:
  struct Key {
    std::size_t begin;
    std::size_t size;
  };
  std::string_view name(const Key& key) const {
    return std::string_view(names_).substr(key.begin, key.size);
  }
  // Takes the `count` newest keys off.
  bool last_keys_differ(std::size_t count) {
    if (count == 0) return true;
    const auto first = keys_.end() - static_cast<std::ptrdiff_t>(count);
    const auto begin = first->begin;
    auto less = [this](const Key& a, const Key& b) { return name(a) < name(b); };
    auto same = [this](const Key& a, const Key& b) { return name(a) == name(b); };
    std::sort(first, keys_.end(), less);
    const bool differ = std::adjacent_find(first, keys_.end(), same) == keys_.end();
    keys_.erase(first, keys_.end());
    names_.resize(begin);
    return differ;
  }

  json::value_stack stack_;
  std::string names_;
  std::vector<Key> keys_;
  bool duplicate_ = false;
};

json::parse_options strict() {
  json::parse_options options;
  options.max_depth = deepest;
  return options;
}

// 0 for what stands in a JSON string as it is, else the letter behind the backslash ('u': \u00xx).
constexpr auto escapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b', table['\f'] = 'f', table['\n'] = 'n', table['\r'] = 'r', table['\t'] = 't';
  table['"'] = '"', table['\\'] = '\\';
  return table;
}();

// Whether one of the eight bytes at `at` needs an escape.
bool any_escape(const char* at) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = ones * 0x80;
  std::uint64_t word;
  std::memcpy(&word, at, 8);
  const std::uint64_t quote = word ^ ones * '"';
  const std::uint64_t backslash = word ^ ones * '\\';
  const std::uint64_t found = ((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
                              ((backslash - ones) & ~backslash);
  return (found & tops) != 0;
}

}  // namespace

json::value parse_json(std::string_view text) {
  json::basic_parser<TreeBuilder> parser(strict());
  json::error_code problem;
  const auto read = parser.write_some(false, text.data(), text.size(), problem);
  if (problem == json::error::too_deep) throw invalid("too_deep");
  if (parser.handler().duplicate()) throw invalid("duplicate_key");
  if (problem || read != text.size()) throw invalid("not_json");
  return parser.handler().release();
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  const char* at = text.data();
  const char* const end = at + text.size();
  const char* plain = at;
  while (at != end) {
    if (end - at >= 8 && !any_escape(at)) {
      at += 8;
      continue;
    }
    const auto byte = static_cast<unsigned char>(*at);
    const char letter = escapes[byte];
    if (letter != 0) {
      out.append(plain, at);
      out += '\\';
      out += letter;
      if (letter == 'u') {
        constexpr std::string_view digits = "0123456789abcdef";
        out.append("00").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
      }
      plain = at + 1;
    }
    ++at;
  }
  out.append(plain, end);
  out += '"';
}

void JsonWriter::key(std::string_view name) {
  before();
  append_json_text(out_, name);
  out_ += ':';
  fresh_ = true;
}

void JsonWriter::text(std::string_view value) {
  before();
  append_json_text(out_, value);
}

void JsonWriter::number(std::int64_t value) {
  before();
  char digits[24];
  out_.append(digits, std::to_chars(digits, std::end(digits), value).ptr);
}

void JsonWriter::real(double value) {
  if (!std::isfinite(value)) return null();
  before();
  char digits[32];
  if (value == 0) value = 0;  // "-0" would be read as the integer 0
  out_.append(digits, std::to_chars(digits, std::end(digits), value).ptr);
}

void JsonWriter::time(Time value) {
  before();
  out_ += '"';
  append_text(out_, value);
  out_ += '"';
}

void JsonWriter::object(const json::object& value) {
  begin_object();
  for (const auto& [name, member] : value) {
    key(name);
    this->value(member);
  }
  end_object();
}

void JsonWriter::value(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null: return null();
    case json::kind::bool_: return boolean(value.get_bool());
    case json::kind::int64: return number(value.get_int64());
    case json::kind::uint64: return raw(std::to_string(value.get_uint64()));
    case json::kind::double_: return real(value.get_double());
    case json::kind::string: return text(value.get_string());
    case json::kind::object: return object(value.get_object());
    case json::kind::array:
      begin_array();
      for (const auto& element : value.get_array()) this->value(element);
      return end_array();
  }
}

}  // namespace baijin
