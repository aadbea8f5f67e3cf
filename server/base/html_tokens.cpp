#include "base/html_tokens.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>

#include "base/unicode.h"

namespace baijin {
namespace {

constexpr std::size_t most_attributes = 64;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_html_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower_text(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

// Elements whose contents a browser reads as text, or not at all.
bool holds_raw_text(std::string_view name) {
  constexpr std::array<std::string_view, 10> names = {"script",   "style",    "title",   "textarea",
                                                      "xmp",      "iframe",   "noembed", "noframes",
                                                      "noscript", "plaintext"};
  return std::ranges::find(names, name) != names.end();
}

// Elements dropped with all they hold.
bool is_unwanted(std::string_view name) {
  constexpr std::array<std::string_view, 11> names = {"object", "applet",   "form",    "svg",
                                                      "math",   "template", "select",  "audio",
                                                      "video",  "canvas",   "frameset"};
  return std::ranges::find(names, name) != names.end();
}

// What numeric references to 0x80 … 0x9F mean: Windows-1252, by custom and by standard.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// "#123;" or "#x1F;" behind the ampersand; gives how many bytes it took, 0 for none.
std::size_t append_numeric(std::string& out, std::string_view text) {
  std::size_t at = 1;
  const bool hex = at < text.size() && lower(text[at]) == 'x';
  if (hex) ++at;
  const auto first = at;
  char32_t value = 0;
  for (; at < text.size(); ++at) {
    const int digit = hex ? hex_value(text[at]) : is_digit(text[at]) ? text[at] - '0' : -1;
    if (digit < 0) break;
    value = std::min<char32_t>(value * (hex ? 16 : 10) + static_cast<char32_t>(digit), 0x110000);
  }
  if (at == first) return 0;
  if (at < text.size() && text[at] == ';') ++at;
  if (value >= 0x80 && value <= 0x9F) value = windows_1252[value - 0x80];
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  append_code_point(out, value == 0 || value > 0x10FFFF || surrogate ? 0xFFFD : value);
  return at;
}

// "amp;" or "eacute" behind the ampersand. Only the old names may lack their semicolon.
std::size_t append_named(std::string& out, std::string_view text, bool in_attribute) {
  std::array<xmlChar, 12> name{};
  std::size_t size = 0;
  while (size < text.size() && (is_letter(text[size]) || is_digit(text[size]))) {
    if (size + 1 == name.size()) return 0;
    name[size] = static_cast<xmlChar>(text[size]);
    ++size;
  }
  if (size == 0) return 0;
  const auto* entity = htmlEntityLookup(name.data());
  if (!entity) return 0;
  const bool closed = size < text.size() && text[size] == ';';
  const bool followed = in_attribute && size < text.size() && text[size] == '=';
  if (!closed && (entity->value > 0xFF || entity->value == '\'' || followed)) return 0;
  append_code_point(out, entity->value);
  return size + (closed ? 1 : 0);
}

}  // namespace

void append_resolved(std::string& out, std::string_view text, bool in_attribute) {
  while (true) {
    const auto ampersand = text.find('&');
    out.append(text.substr(0, ampersand));
    if (ampersand == std::string_view::npos) return;
    text.remove_prefix(ampersand + 1);
    const bool numeric = text.starts_with('#');
    const auto taken = numeric ? append_numeric(out, text) : append_named(out, text, in_attribute);
    if (taken == 0) out += '&';
    text.remove_prefix(taken);
  }
}

const std::string* HtmlToken::attribute(std::string_view wanted) const {
  for (const auto& one : attributes) {
    if (one.name == wanted) return &one.value;
  }
  return nullptr;
}

bool HtmlTokens::at_tag() const {
  if (html_[at_] != '<' || at_ + 1 >= html_.size()) return false;
  const char next = html_[at_ + 1];
  return is_letter(next) || next == '/' || next == '!' || next == '?';
}

bool HtmlTokens::next(HtmlToken& token) {
  while (at_ < html_.size()) {
    if (at_tag()) {
      if (take_markup(token) && !is_dropped(token)) return true;
      continue;
    }
    const auto raw = take_text();
    if (!dropped_.empty()) continue;
    token.kind = HtmlToken::Kind::text;
    token.text.clear();
    append_resolved(token.text, raw, false);
    return true;
  }
  return false;
}

std::string_view HtmlTokens::take_text() {
  const auto begin = at_++;
  while (true) {
    at_ = std::min(html_.find('<', at_), html_.size());
    if (at_ == html_.size() || at_tag()) return html_.substr(begin, at_ - begin);
    ++at_;
  }
}

// Whether the tag begins, ends or stands within an element that is left out.
bool HtmlTokens::is_dropped(const HtmlToken& tag) {
  const bool start = tag.kind == HtmlToken::Kind::start;
  if (dropped_.empty()) {
    if (!start || !is_unwanted(tag.name)) return false;
    if (tag.self_closing && (tag.name == "svg" || tag.name == "math")) return true;
    dropped_ = tag.name;
    dropped_depth_ = 1;
  } else if (tag.name == dropped_) {
    const bool deeper = start && dropped_ != "form" && !tag.self_closing;  // forms do not nest
    if (deeper) ++dropped_depth_;
    if (!start && --dropped_depth_ == 0) dropped_.clear();
  }
  return true;
}

// Something that starts with < and is no text; false when there is nothing to tell of it.
bool HtmlTokens::take_markup(HtmlToken& token) {
  const char kind = html_[at_ + 1];
  if (html_.substr(at_).starts_with("<!--")) {
    skip_comment();
    return false;
  }
  const bool end_tag = kind == '/';
  const auto name_at = at_ + (end_tag ? 2 : 1);
  if (name_at >= html_.size() || !is_letter(html_[name_at])) {  // a declaration, or nonsense
    at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
    return false;
  }
  at_ = name_at;
  token.kind = end_tag ? HtmlToken::Kind::end : HtmlToken::Kind::start;
  if (!take_tag(token)) return false;
  if (end_tag || !holds_raw_text(token.name)) return true;
  skip_raw_text(token.name);
  return false;
}

void HtmlTokens::skip_comment() {
  at_ += 4;
  const auto rest = html_.substr(at_);
  if (rest.starts_with(">")) {
    at_ += 1;
  } else if (rest.starts_with("->")) {
    at_ += 2;
  } else {
    while (true) {
      at_ = html_.find("--", at_);
      if (at_ == std::string_view::npos) break;
      const auto after = html_.substr(at_ + 2);
      const std::size_t end = after.starts_with(">") ? 3 : after.starts_with("!>") ? 4 : 0;
      if (end != 0) {
        at_ += end;
        return;
      }
      ++at_;
    }
    at_ = html_.size();
  }
}

// Behind the start tag of `name`: goes behind its end tag, or to the end.
void HtmlTokens::skip_raw_text(std::string_view name) {
  while (name != "plaintext") {
    at_ = html_.find("</", at_);
    if (at_ == std::string_view::npos) break;
    at_ += 2;
    const auto candidate = html_.substr(at_, name.size());
    const auto after = at_ + name.size();
    if (lower_text(candidate) != name || after >= html_.size()) continue;
    if (html_[after] != '>' && html_[after] != '/' && !is_html_blank(html_[after])) continue;
    HtmlToken end;
    take_tag(end);
    return;
  }
  at_ = html_.size();
}

void HtmlTokens::skip_blanks() {
  while (at_ < html_.size() && is_html_blank(html_[at_])) ++at_;
}

// From the first letter of the name to behind the >; false when the text ends before that.
bool HtmlTokens::take_tag(HtmlToken& token) {
  auto begin = at_;
  while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '/' &&
         html_[at_] != '>') {
    ++at_;
  }
  token.name = lower_text(html_.substr(begin, at_ - begin));
  token.attributes.clear();
  while (true) {
    skip_blanks();
    if (at_ >= html_.size()) return false;
    if (html_[at_] == '>') {
      token.self_closing = html_[at_ - 1] == '/';
      ++at_;
      return true;
    }
    if (html_[at_] == '/') {
      ++at_;
    } else if (!take_attribute(token)) {
      return false;
    }
  }
}

bool HtmlTokens::take_attribute(HtmlToken& token) {
  const auto name_begin = at_++;  // even a = belongs to the name when it stands first
  while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '/' &&
         html_[at_] != '>' && html_[at_] != '=') {
    ++at_;
  }
  HtmlAttribute made;
  made.name = lower_text(html_.substr(name_begin, at_ - name_begin));
  skip_blanks();
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    skip_blanks();
    if (at_ >= html_.size()) return false;
    const char quote = html_[at_];
    auto begin = at_;
    if (quote == '"' || quote == '\'') {
      ++begin;
      at_ = html_.find(quote, begin);
      if (at_ == std::string_view::npos) {
        at_ = html_.size();
        return false;
      }
      append_resolved(made.value, html_.substr(begin, at_ - begin), true);
      ++at_;
    } else {
      while (at_ < html_.size() && !is_html_blank(html_[at_]) && html_[at_] != '>') ++at_;
      append_resolved(made.value, html_.substr(begin, at_ - begin), true);
    }
  }
  if (token.attributes.size() < most_attributes && !token.attribute(made.name)) {
    token.attributes.push_back(std::move(made));
  }
  return true;
}

}  // namespace baijin
