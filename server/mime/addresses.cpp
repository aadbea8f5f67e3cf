#include "mime/addresses.h"

#include <optional>

#include "base/text.h"
#include "mime/characters.h"
#include "mime/charset.h"
#include "mime/encoded_words.h"

namespace baijin::mime {
namespace {

constexpr std::size_t longest_id = 998;
constexpr std::size_t most_ids = 1'000;

// clean_email refuses by throwing; for a header of somebody else's making that is no error.
std::optional<std::string> normal_email(std::string_view raw) {
  try {
    return clean_email(raw);
  } catch (const Error&) {
    return {};
  }
}

// "jdoe@test  . example" → "jdoe@test.example"
std::string without_blanks_around_dots(std::string_view text) {
  std::string tight;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_white(text[at])) {
      tight += text[at];
      continue;
    }
    auto next = at;
    while (next < text.size() && is_white(text[next])) ++next;
    const char before = tight.empty() ? '\0' : tight.back();
    const char after = next < text.size() ? text[next] : '\0';
    const bool inside = before == '.' || before == '@' || after == '.' || after == '@';
    if (!inside) tight += ' ';
    at = next - 1;
  }
  return tight;
}

class ListReader {
 public:
  ListReader(std::string_view text, std::string_view hint, Budget& budget)
      : text_(text), hint_(hint), budget_(budget), last_word_end_(text.rfind("?=")) {}

  std::vector<Address> read() {
    while (at_ < text_.size() && !full_) take();
    finish();
    return std::move(list_);
  }

 private:
  void take() {
    const char c = text_[at_];
    switch (c) {
      case '"': return take_quoted();
      case '(': return take_comment();
      case '<': return take_angle();
      case ',': ++at_; return finish();
      case ';':
        ++at_;
        finish();
        group_.clear();
        return;
      case ':': return take_colon();
      case '=': return take_word();
      default: break;
    }
    if (!is_white(c)) add(c);
    else if (!phrase_.empty() && phrase_.back() != ' ') add(' ');
    ++at_;
  }

  void add(char c) {
    phrase_ += c;
    raw_ += c;
  }

  // Its commas are its own: =?gb2312?Q?a,b?=
  void take_word() {
    const bool may_end = last_word_end_ != std::string_view::npos && at_ < last_word_end_;
    const auto length = may_end ? encoded_word_length(text_.substr(at_)) : 0;
    if (length == 0) {
      add('=');
      ++at_;
      return;
    }
    phrase_ += text_.substr(at_, length);
    raw_ += text_.substr(at_, length);
    at_ += length;
  }

  void take_quoted() {
    const auto end = text_.find('"', at_ + 1);
    if (end == std::string_view::npos) {  // a lone quotation mark is left out
      ++at_;
      return;
    }
    const auto begin = at_++;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      phrase_ += text_[at_++];
    }
    at_ = std::min(at_ + 1, text_.size());
    raw_ += text_.substr(begin, at_ - begin);
  }

  void take_comment() {
    int depth = 0;
    std::string comment;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\\' && at_ < text_.size()) {
        comment += text_[at_++];
        continue;
      }
      if (c == '(' && ++depth == 1) continue;
      if (c == ')' && --depth == 0) break;
      comment += c;
    }
    if (comment_.empty()) comment_ = std::move(comment);
  }

  void take_angle() {
    while (at_ < text_.size() && (text_[at_] == '<' || is_white(text_[at_]))) ++at_;
    const auto close = text_.find_first_of("<>", at_);
    const bool closed = close != std::string_view::npos && text_[close] == '>';
    std::string inside;
    bool quoted = false;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') quoted = !quoted;
      if (!quoted && (c == '>' || (!closed && (c == ',' || c == ';')))) break;
      if (!quoted && c == '(') {
        take_comment();
        continue;
      }
      if (!is_white(c)) inside += c;
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '>') ++at_;
    if (!angle_) angle_ = inside;
  }

  void take_colon() {
    const bool names_group = !angle_ && !trimmed(phrase_).empty() &&
                             raw_.find('@') == std::string::npos;
    if (names_group) {
      group_ = decoded_words(trimmed(phrase_), hint_, budget_);
      clear();
    } else {
      add(':');
    }
    ++at_;
  }

  // Behind @route,@route: stands the address.
  static std::string_view without_route(std::string_view inside) {
    if (begins_with_word(inside, "mailto:")) inside = inside.substr(7, inside.find('?') - 7);
    const auto colon = inside.rfind(':');
    return inside.starts_with('@') && colon != std::string_view::npos ? inside.substr(colon + 1)
                                                                      : inside;
  }

  void finish() {
    const auto name = trimmed(phrase_);
    Address address;
    if (angle_) {
      address = plain_address(without_route(*angle_));
      address.name = decoded_words(name, hint_, budget_);
    } else if (raw_.find('@') != std::string::npos) {
      address = bare_address();
    } else {
      address.name = decoded_words(name, hint_, budget_);
    }
    if (address.name.empty()) address.name = decoded_words(comment_, hint_, budget_);
    address.group = group_;
    clear();
    if (address.name.empty() && address.email.empty()) return;
    if (budget_.address()) list_.push_back(std::move(address));
    else full_ = true;
  }

  // "a@b.cn", "Name a@b.cn"; a quoted local part is never taken apart.
  Address bare_address() const {
    const auto tight = without_blanks_around_dots(trimmed(raw_));
    const std::string_view all = tight;
    if (all.find('"') != std::string_view::npos) return plain_address(all);
    const auto sign = all.rfind('@');
    const auto space = all.rfind(' ', sign);
    const auto begin = space == std::string_view::npos ? 0 : space + 1;
    const auto end = std::min(all.find(' ', sign), all.size());
    auto address = plain_address(all.substr(begin, end - begin));
    address.name = decoded_words(trimmed(all.substr(0, begin)), hint_, budget_);
    return address;
  }

  void clear() {
    phrase_.clear();
    raw_.clear();
    comment_.clear();
    angle_.reset();
  }

  std::string_view text_;
  std::string_view hint_;
  Budget& budget_;
  std::size_t last_word_end_;
  std::size_t at_ = 0;
  std::string phrase_;  // without quotation marks
  std::string raw_;     // with them
  std::string comment_;
  std::optional<std::string> angle_;
  std::string group_;
  std::vector<Address> list_;
  bool full_ = false;
};

std::string plain_id(std::string_view raw) {
  std::string id;
  for (char c : raw) {
    if (!is_white(c)) id += c;
  }
  return id.size() > longest_id ? std::string() : one_line(to_utf8(id, {}).text);
}

}  // namespace

std::vector<Address> read_addresses(std::string_view unfolded, std::string_view hint,
                                    Budget& budget) {
  return ListReader(unfolded, hint, budget).read();
}

Address plain_address(std::string_view email) {
  Address address;
  email = trimmed(email);
  if (auto normal = normal_email(email)) {
    address.email = *std::move(normal);
    address.valid = true;
  } else {
    address.email = one_line(to_utf8(email, {}).text);
  }
  return address;
}

std::vector<std::string> read_ids(std::string_view text) {
  std::vector<std::string> ids;
  auto add = [&](std::string_view raw) {
    if (auto id = plain_id(raw); !id.empty() && ids.size() < most_ids) ids.push_back(std::move(id));
  };
  if (text.find('<') == std::string_view::npos) {
    while (!(text = trimmed(text)).empty()) {
      const auto end = std::min(text.find_first_of(" \t,"), text.size());
      add(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return ids;
  }
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    const auto end = std::min(text.find_first_of("<>", at + 1), text.size());
    add(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return ids;
}

}  // namespace baijin::mime
