#include <algorithm>
#include <array>

#include "mime/characters.h"
#include "mime/html_tree.h"
#include "mime/quote_marks.h"
#include "mime/quoted.h"

namespace baijin::mime {
namespace {

bool ends_line(std::string_view name) {
  constexpr std::array<std::string_view, 27> names = {
      "address", "article", "aside",  "blockquote", "body", "caption", "center",  "dd", "div",
      "dl",      "dt",      "footer", "form",       "h1",   "h2",      "h3",      "h4", "h5",
      "h6",      "header",  "li",     "ol",         "p",    "pre",     "section", "tr", "ul"};
  return std::ranges::find(names, name) != names.end() || name == "table" || name == "tbody";
}

// The marks that mail programs put around what they quote.
bool is_quote_element(const HtmlNode& node) {
  constexpr auto classes = std::to_array<std::string_view>(
      {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "moz-cite-prefix",
       "moz-forward-container", "ntes-mailmaster-quote", "protonmail_quote", "zmail_extra",
       "xm_mail_oringinal_describe", "OutlookMessageHeader", "ReferenceQuote", "qqmail_quote"});
  constexpr auto ids = std::to_array<std::string_view>(
      {"appendonsend", "divRplyFwdMsg", "x_divRplyFwdMsg", "OLK_SRC_BODY_SECTION", "isReplyContent",
       "isForwardContent", "original-content", "replySplit", "zwchr",
       "mail-editor-reference-message-container", "ms-outlook-mobile-reply", "yahoo_quoted"});
  const auto* id = node.attribute("id");
  if (id && std::ranges::find(ids, *id) != ids.end()) return true;
  if (std::ranges::any_of(classes, [&](auto name) { return node.has_class(name); })) return true;
  const auto* type = node.attribute("type");
  return node.name == "blockquote" && type && same_word(*type, "cite");
}

// The tree as lines, each with the node it begins at.
class LineReader {
 public:
  explicit LineReader(const HtmlTree& tree) : nodes_(tree.nodes()) {}

  void read() {
    std::vector<std::size_t> open;
    for (std::size_t at = 1; at < nodes_.size(); ++at) {
      while (!open.empty() && nodes_[open.back()].end <= at) leave(open);
      const auto& node = nodes_[at];
      if (node.is_text) {
        add(at, node.text);
        continue;
      }
      enter(at);
      if (node.end > at + 1) open.push_back(at);
      else if (ends_line(node.name)) end_line();
    }
    end_line();
  }

  std::vector<MailLine> lines;
  std::vector<std::size_t> begins;

 private:
  void enter(std::size_t at) {
    const auto& node = nodes_[at];
    if (ends_line(node.name) || node.name == "br") end_line();
    if (node.name == "blockquote" && node.end > at + 1) ++quotes_;
    if (is_quote_element(node)) {
      end_line();
      mark_ = true;
    }
    if (node.name == "hr") {
      add(at, "_____");
      end_line();
    }
    if (node.name == "img") add(at, "\uFFFC");
    if (node.name == "td" || node.name == "th") text_ += ' ';
  }
  void leave(std::vector<std::size_t>& open) {
    const auto& node = nodes_[open.back()];
    if (ends_line(node.name)) end_line();
    if (node.name == "blockquote") --quotes_;
    open.pop_back();
  }
  void add(std::size_t at, std::string_view text) {
    if (text_.empty() && squeezed_line(text).empty()) return;
    if (begin_ == 0) begin_ = at;
    text_ += text;
  }
  void end_line() {
    auto text = squeezed_line(text_);
    text_.clear();
    if (!text.empty()) {
      MailLine line{std::move(text), quotes_ > 0, mark_};
      if (line.text.starts_with('>')) line.quoted = true;
      lines.push_back(std::move(line));
      begins.push_back(begin_);
      mark_ = false;
    }
    begin_ = 0;
  }

  const std::vector<HtmlNode>& nodes_;
  std::string text_;
  std::size_t begin_ = 0;
  std::size_t quotes_ = 0;
  bool mark_ = false;
};

bool is_seen(const HtmlNode& node) {
  if (node.is_text) return !squeezed_line(node.text).empty();
  return node.name == "img" || node.name == "hr" || node.name == "input";
}

// What stands around the line or in front of it and shows nothing by itself goes with it.
std::size_t with_blanks_above(const std::vector<HtmlNode>& nodes, std::size_t at) {
  while (at > 1 && !is_seen(nodes[at - 1])) --at;
  return at;
}

}  // namespace

Folded fold_html(std::string_view html) {
  const HtmlTree tree(html);
  LineReader reader(tree);
  reader.read();
  const auto& nodes = tree.nodes();
  const auto cuts = find_cuts(reader.lines);
  auto node_of = [&](std::size_t line) {
    if (line == reader.begins.size()) return nodes.size();
    return with_blanks_above(nodes, reader.begins[line]);
  };
  const auto quote = node_of(cuts.quote);
  const auto signature = std::min(node_of(cuts.signature), quote);
  if (signature == nodes.size()) return {std::string(html), {}, {}};
  return {tree.written(0, signature),
          signature < quote ? tree.written(signature, quote) : std::string(),
          quote < nodes.size() ? tree.written(quote, nodes.size()) : std::string()};
}

}  // namespace baijin::mime
