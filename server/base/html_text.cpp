// HTML as plain text and plain text as HTML.
#include <algorithm>
#include <array>

#include "base/html.h"
#include "base/html_tokens.h"
#include "base/html_values.h"
#include "base/text.h"
#include "base/unicode.h"

namespace baijin {
namespace {

constexpr int most_links = 1'000;

bool is_line_element(std::string_view name) {
  constexpr std::array<std::string_view, 34> names = {
      "address", "article", "aside",    "blockquote", "caption", "center", "dd",   "details", "div",
      "dl",      "dt",      "fieldset", "figcaption", "figure",  "footer", "h1",   "h2",      "h3",
      "h4",      "h5",      "h6",       "header",     "hr",      "li",     "main", "nav",     "ol",
      "p",       "pre",     "section",  "summary",    "table",   "tr",     "ul"};
  static_assert(std::ranges::is_sorted(names));
  return std::ranges::binary_search(names, name);
}

class ReadableText {
 public:
  void take(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::text) return add(plain_characters(token.text));
    const bool start = token.kind == HtmlToken::Kind::start;
    if (token.name == "br") {
      trim_blanks();
      out_ += '\n';
    } else if (is_line_element(token.name)) {
      begin_line();
    } else if ((token.name == "td" || token.name == "th") && !start) {
      if (!out_.empty() && out_.back() != '\n' && out_.back() != ' ') out_ += ' ';
    } else if (token.name == "img" && start) {
      if (const auto* alt = token.attribute("alt")) add(plain_characters(*alt));
    }
    if (token.name == "pre") preformatted_ = start;
  }

  std::string finish() {
    const auto begin = std::min(out_.find_first_not_of('\n'), out_.size());
    out_.erase(0, begin);
    while (!out_.empty() && (out_.back() == '\n' || out_.back() == ' ')) out_.pop_back();
    return normal_form(std::move(out_));
  }

 private:
  void trim_blanks() {
    while (!preformatted_ && !out_.empty() && out_.back() == ' ') out_.pop_back();
  }
  void begin_line() {
    trim_blanks();
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }
  // White space is squeezed outside of <pre>.
  void add(std::string_view text) {
    if (preformatted_) {
      out_ += text;
      return;
    }
    for (char c : text) {
      const bool blank = c == ' ' || c == '\t' || c == '\n';
      if (!blank) out_ += c;
      else if (!out_.empty() && out_.back() != ' ' && out_.back() != '\n') out_ += ' ';
    }
  }

  std::string out_;
  bool preformatted_ = false;
};

// How long the address at the start of the text is; 0 when there is none.
std::size_t address_length(std::string_view text) {
  const std::size_t scheme = text.starts_with("https://") ? 8 : text.starts_with("http://") ? 7 : 0;
  if (scheme == 0) return 0;
  auto length = scheme;
  while (length < text.size() && text[length] > ' ' && text[length] < 0x7F &&
         std::string_view("<>\"'`\\").find(text[length]) == std::string_view::npos) {
    ++length;
  }
  // A sentence goes on behind the address: its comma and its bracket are no part of it.
  while (length > scheme &&
         std::string_view(".,;:!?)]}").find(text[length - 1]) != std::string_view::npos) {
    --length;
  }
  return length > scheme ? length : 0;
}

void append_lines(std::string& out, std::string_view text) {
  while (true) {
    const auto end = text.find('\n');
    append_escaped(out, text.substr(0, end), false);
    if (end == std::string_view::npos) return;
    out += "<br>";
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string html_to_text(std::string_view html) {
  std::string repaired;
  if (!is_utf8(html)) {
    repaired = repaired_utf8(html);
    html = repaired;
  }
  HtmlTokens tokens(html);
  HtmlToken token;
  ReadableText readable;
  while (tokens.next(token)) readable.take(token);
  return readable.finish();
}

std::string text_to_html(std::string_view raw) {
  const auto clean = plain_characters(raw);
  std::string_view text = clean;
  std::string out;
  int links = 0;
  std::size_t searched = 0;
  while (links < most_links) {
    const auto at = text.find("http", searched);
    if (at == std::string_view::npos) break;
    const auto length = address_length(text.substr(at));
    searched = at + 4;
    const auto href = safe_href(text.substr(at, length));
    if (href.empty()) continue;
    append_lines(out, text.substr(0, at));
    out += "<a";
    append_attribute(out, "href", href);
    out.append(link_protection).append(">");
    append_escaped(out, text.substr(at, length), false);
    out += "</a>";
    text.remove_prefix(at + length);
    searched = 0;
    ++links;
  }
  append_lines(out, text);
  return normal_form(std::move(out));
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c; break;
    }
  }
  return out;
}

}  // namespace baijin
