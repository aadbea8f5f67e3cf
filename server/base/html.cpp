#include "base/html.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/html_tokens.h"
#include "base/html_values.h"
#include "base/text.h"
#include "base/unicode.h"

namespace baijin {
namespace {

constexpr std::size_t deepest = 100;
constexpr int most_elements = 20'000;
constexpr int most_links = 5'000;

enum class Sort {
  inline_text,
  link,
  block,
  paragraph,
  heading,
  preformatted,
  list,
  item,
  descriptions,
  description,
  table,
  caption,
  section,
  row,
  cell,
  image,
  line_break,
  rule
};

// An element that is let through: its name in the input and in the output.
struct Element {
  std::string_view name;
  std::string_view written;
  Sort sort;
};

constexpr auto elements = std::to_array<Element>({
    {"a", "a", Sort::link},
    {"address", "div", Sort::block},
    {"article", "div", Sort::block},
    {"aside", "div", Sort::block},
    {"b", "b", Sort::inline_text},
    {"big", "span", Sort::inline_text},
    {"blockquote", "blockquote", Sort::block},
    {"br", "br", Sort::line_break},
    {"caption", "caption", Sort::caption},
    {"center", "div", Sort::block},
    {"code", "code", Sort::inline_text},
    {"dd", "dd", Sort::description},
    {"del", "s", Sort::inline_text},
    {"details", "div", Sort::block},
    {"div", "div", Sort::block},
    {"dl", "dl", Sort::descriptions},
    {"dt", "dt", Sort::description},
    {"em", "em", Sort::inline_text},
    {"fieldset", "div", Sort::block},
    {"figcaption", "div", Sort::block},
    {"figure", "div", Sort::block},
    {"font", "span", Sort::inline_text},
    {"footer", "div", Sort::block},
    {"h1", "h1", Sort::heading},
    {"h2", "h2", Sort::heading},
    {"h3", "h3", Sort::heading},
    {"h4", "h4", Sort::heading},
    {"h5", "h5", Sort::heading},
    {"h6", "h6", Sort::heading},
    {"header", "div", Sort::block},
    {"hr", "hr", Sort::rule},
    {"i", "i", Sort::inline_text},
    {"img", "img", Sort::image},
    {"ins", "u", Sort::inline_text},
    {"kbd", "code", Sort::inline_text},
    {"li", "li", Sort::item},
    {"main", "div", Sort::block},
    {"nav", "div", Sort::block},
    {"ol", "ol", Sort::list},
    {"p", "p", Sort::paragraph},
    {"pre", "pre", Sort::preformatted},
    {"s", "s", Sort::inline_text},
    {"samp", "code", Sort::inline_text},
    {"section", "div", Sort::block},
    {"small", "span", Sort::inline_text},
    {"span", "span", Sort::inline_text},
    {"strike", "s", Sort::inline_text},
    {"strong", "strong", Sort::inline_text},
    {"sub", "sub", Sort::inline_text},
    {"summary", "div", Sort::block},
    {"sup", "sup", Sort::inline_text},
    {"table", "table", Sort::table},
    {"tbody", "tbody", Sort::section},
    {"td", "td", Sort::cell},
    {"tfoot", "tfoot", Sort::section},
    {"th", "th", Sort::cell},
    {"thead", "thead", Sort::section},
    {"tr", "tr", Sort::row},
    {"tt", "code", Sort::inline_text},
    {"u", "u", Sort::inline_text},
    {"ul", "ul", Sort::list},
});
static_assert(std::ranges::is_sorted(elements, {}, &Element::name));

const Element* find_element(std::string_view name) {
  const auto* found = std::ranges::lower_bound(elements, name, {}, &Element::name);
  return found != elements.end() && found->name == name ? found : nullptr;
}

const Element& known(std::string_view name) { return *find_element(name); }

bool is_inline(Sort sort) { return sort == Sort::inline_text || sort == Sort::link; }
bool is_table_part(Sort sort) {
  return sort == Sort::caption || sort == Sort::section || sort == Sort::row || sort == Sort::cell;
}
// What stands inside these cannot end what stands outside.
bool is_boundary(Sort sort) {
  return sort == Sort::table || sort == Sort::cell || sort == Sort::caption;
}

// Writes the listed elements, always well nested. A start tag closes what it cannot stand in, and
// these closing tags are written, so that reading the result again finds nothing to close: this is
// what makes sanitising idempotent.
class Writer {
 public:
  void start(const HtmlToken& token);
  void end(std::string_view name);
  void text(std::string_view text);
  SafeHtml finish();

 private:
  struct Open {
    const Element* element;
    std::string_view written;
  };
  using Index = std::optional<std::size_t>;

  // The innermost open element of this sort that is not outside of a table's cell.
  Index open_in_scope(Sort sort) const;
  Index innermost_table() const;
  Sort top() const { return open_.empty() ? Sort::block : open_.back().element->sort; }
  void close_to(std::size_t size);
  void close_for(const Element& element);
  void open(const Element& element, std::string_view attributes = {});
  void count_element();
  void start_table_part(const Element& element, const HtmlToken& token);
  void start_link(const Element& element, const HtmlToken& token);
  void ensure_cell();
  void image(const HtmlToken& token);

  std::string out_;
  std::vector<Open> open_;
  std::array<std::size_t, elements.size()> flattened_{};  // started too deep, not yet ended
  bool remote_images_ = false;
  int element_count_ = 0;
  int link_count_ = 0;
};

Writer::Index Writer::open_in_scope(Sort sort) const {
  for (auto i = open_.size(); i-- > 0;) {
    const auto here = open_[i].element->sort;
    if (here == sort) return i;
    if (is_boundary(here)) return {};
  }
  return {};
}

Writer::Index Writer::innermost_table() const {
  for (auto i = open_.size(); i-- > 0;) {
    if (open_[i].element->sort == Sort::table) return i;
  }
  return {};
}

void Writer::close_to(std::size_t size) {
  while (open_.size() > size) {
    out_.append("</").append(open_.back().written).append(">");
    open_.pop_back();
  }
}

void Writer::count_element() {
  if (++element_count_ > most_elements) throw invalid("too_complex");
}

void Writer::open(const Element& element, std::string_view attributes) {
  count_element();
  auto written = element.written;
  const bool list_part = element.sort == Sort::item || element.sort == Sort::description;
  const auto list = element.sort == Sort::item ? Sort::list : Sort::descriptions;
  if (list_part && !open_in_scope(list)) written = "div";
  out_.append("<").append(written).append(attributes).append(">");
  open_.push_back({&element, written});
}

// Content directly in a table, a section or a row gets a cell of its own.
void Writer::ensure_cell() {
  if (top() == Sort::table) open(known("tbody"));
  if (top() == Sort::section) open(known("tr"));
  if (top() == Sort::row) open(known("td"));
}

// Closes what a browser would close at the start of this element.
void Writer::close_for(const Element& element) {
  if (is_inline(element.sort)) return;
  if (const auto paragraph = open_in_scope(Sort::paragraph)) close_to(*paragraph);
  if (element.sort == Sort::heading && top() == Sort::heading) close_to(open_.size() - 1);
  Index list;
  if (element.sort == Sort::item) list = open_in_scope(Sort::list);
  if (element.sort == Sort::description) list = open_in_scope(Sort::descriptions);
  if (list) close_to(*list + 1);
}

void Writer::start(const HtmlToken& token) {
  const auto* element = find_element(token.name);
  if (!element) return;
  if (is_table_part(element->sort)) return start_table_part(*element, token);
  if (element->sort == Sort::image) return image(token);
  if (element->sort == Sort::link) return start_link(*element, token);
  ensure_cell();
  if (element->sort == Sort::line_break) {
    out_ += "<br>";
    return;
  }
  close_for(*element);
  if (element->sort == Sort::rule) {
    count_element();
    out_ += "<hr>";
    return;
  }
  if (open_.size() >= deepest) {
    ++flattened_[static_cast<std::size_t>(element - elements.data())];
    if (!is_inline(element->sort) && !out_.ends_with('\n')) out_ += '\n';
    return;
  }
  std::string attributes;
  if (element->name == "ol") append_number(attributes, token, "start", 1'000'000);
  open(*element, attributes);
}

void Writer::start_table_part(const Element& element, const HtmlToken& token) {
  const auto table = innermost_table();
  const auto table_element = static_cast<std::size_t>(&known("table") - elements.data());
  if (!table || flattened_[table_element] > 0) return;
  const auto inside = *table + 1;
  auto sort_at = [&](std::size_t i) { return i < open_.size() ? open_[i].element->sort : top(); };
  const bool in_section = inside < open_.size() && sort_at(inside) == Sort::section;
  const bool in_row = in_section && inside + 1 < open_.size() && sort_at(inside + 1) == Sort::row;
  std::string attributes;
  switch (element.sort) {
    case Sort::row:
      close_to(in_section ? inside + 1 : inside);
      if (!in_section) open(known("tbody"));
      break;
    case Sort::cell:
      close_to(in_row ? inside + 2 : in_section ? inside + 1 : inside);
      if (!in_section) open(known("tbody"));
      if (!in_row) open(known("tr"));
      append_number(attributes, token, "colspan", 1'000);
      append_number(attributes, token, "rowspan", 1'000);
      break;
    default: close_to(inside); break;
  }
  open(element, attributes);
}

void Writer::start_link(const Element& element, const HtmlToken& token) {
  if (const auto outer = open_in_scope(Sort::link)) close_to(*outer);
  const auto* address = token.attribute("href");
  const auto href = address ? safe_href(*address) : std::string();
  if (href.empty()) return;
  ensure_cell();
  if (open_.size() >= deepest) return;
  if (++link_count_ > most_links) throw invalid("too_complex");
  std::string attributes;
  append_attribute(attributes, "href", href);
  if (const auto* title = token.attribute("title")) append_attribute(attributes, "title", *title);
  attributes += link_protection;
  open(element, attributes);
}

void Writer::image(const HtmlToken& token) {
  const auto* address = token.attribute("src");
  const auto* remote = token.attribute("data-remote-src");
  const auto* alt_given = token.attribute("alt");
  const auto alt = alt_given ? plain_characters(*alt_given) : std::string();
  const auto here = address ? safe_image(*address) : std::string();
  auto elsewhere = address && here.empty() ? remote_address(*address) : std::string();
  if (here.empty() && elsewhere.empty() && remote) elsewhere = remote_address(*remote);
  if (here.empty() && elsewhere.empty() && alt.empty()) return;
  ensure_cell();
  count_element();
  remote_images_ = remote_images_ || !elsewhere.empty();
  out_ += "<img";
  if (!here.empty()) append_attribute(out_, "src", here);
  if (!elsewhere.empty()) append_attribute(out_, "data-remote-src", elsewhere);
  if (alt_given) append_attribute(out_, "alt", alt);
  if (const auto* title = token.attribute("title")) append_attribute(out_, "title", *title);
  append_number(out_, token, "width", 9'999);
  append_number(out_, token, "height", 9'999);
  out_ += '>';
}

void Writer::end(std::string_view name) {
  const auto* element = find_element(name);
  if (!element) return;
  if (element->sort == Sort::line_break) {  // browsers read </br> as <br>
    ensure_cell();
    out_ += "<br>";
    return;
  }
  auto& flattened = flattened_[static_cast<std::size_t>(element - elements.data())];
  if (flattened > 0) {
    --flattened;
    return;
  }
  for (auto i = open_.size(); i-- > 0;) {
    const auto& here = *open_[i].element;
    if (&here == element) return close_to(i);
    const auto sort = here.sort;
    const bool table_part = is_table_part(element->sort) || element->sort == Sort::table;
    if (table_part ? sort == Sort::table : is_boundary(sort)) return;
    if (is_inline(element->sort) && !is_inline(sort)) return;
  }
}

void Writer::text(std::string_view raw) {
  const auto text = plain_characters(raw);
  const auto sort = top();
  if (sort == Sort::table || sort == Sort::section || sort == Sort::row) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) return;
    ensure_cell();
  }
  std::string_view shown = text;
  // A browser leaves out the first line end of <pre>, so there must be none.
  if (out_.ends_with("<pre>"))
    shown.remove_prefix(std::min(shown.find_first_not_of('\n'), shown.size()));
  append_escaped(out_, shown, false);
}

SafeHtml Writer::finish() {
  close_to(0);
  return {normal_form(std::move(out_)), remote_images_};
}

}  // namespace

SafeHtml sanitise(std::string_view html) {
  std::string repaired;
  if (!is_utf8(html)) {
    repaired = repaired_utf8(html);
    html = repaired;
  }
  Writer writer;
  HtmlTokens tokens(html);
  HtmlToken token;
  while (tokens.next(token)) {
    switch (token.kind) {
      case HtmlToken::Kind::start: writer.start(token); break;
      case HtmlToken::Kind::end: writer.end(token.name); break;
      case HtmlToken::Kind::text: writer.text(token.text); break;
    }
  }
  return writer.finish();
}

}  // namespace baijin
