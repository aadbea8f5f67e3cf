#pragma once
// HTML cut into tags and texts in one pass: the tokenisation rules of the WHATWG standard without
// its tree. A parser with a tree is not used because libxml2's loses all that is nested deeper than
// 256 and needs quadratic time for unmatched end tags.
#include <string>
#include <string_view>
#include <vector>

namespace baijin {

struct HtmlAttribute {
  std::string name;   // lower case
  std::string value;  // character references resolved
};

struct HtmlToken {
  enum class Kind { text, start, end };
  Kind kind = Kind::text;
  std::string name;                       // of a tag, lower case
  std::string text;                       // of a text, character references resolved
  std::vector<HtmlAttribute> attributes;  // each name once, at most 64
  bool self_closing = false;              // <svg/>
  const std::string* attribute(std::string_view wanted) const;
};

// Left out: comments, declarations, elements whose contents are no markup (script, style, title …)
// and elements that are dropped with all they hold (object, form, svg …).
class HtmlTokens {
 public:
  explicit HtmlTokens(std::string_view html) : html_(html) {}
  bool next(HtmlToken& token);  // false at the end

 private:
  bool at_tag() const;
  bool take_markup(HtmlToken& token);
  std::string_view take_text();
  bool is_dropped(const HtmlToken& tag);
  bool take_tag(HtmlToken& token);
  bool take_attribute(HtmlToken& token);
  void skip_comment();
  void skip_raw_text(std::string_view name);
  void skip_blanks();

  std::string_view html_;
  std::size_t at_ = 0;
  std::string dropped_;  // the element being left out, or empty
  std::size_t dropped_depth_ = 0;
};

// Appends `text` with its character references (&amp; &#20013; &nbsp;) resolved. In attributes a
// name without its semicolon before = or a letter stays as it is: ?a=1&copy=2.
void append_resolved(std::string& out, std::string_view text, bool in_attribute);

}  // namespace baijin
