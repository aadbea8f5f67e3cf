#include "mime/html_tree.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/html_values.h"
#include "mime/characters.h"

namespace baijin::mime {
namespace {

bool is_page_element(std::string_view name) {
  return name.empty() || name == "html" || name == "head" || name == "body";
}

class Builder {
 public:
  explicit Builder(std::vector<HtmlNode>& nodes) : nodes_(nodes) { open_.push_back(0); }

  void take(HtmlToken& token) {
    switch (token.kind) {
      case HtmlToken::Kind::text: add(token).is_text = true; return;
      case HtmlToken::Kind::start: return start(token);
      case HtmlToken::Kind::end: return end_of(token.name);
    }
  }

  void finish() {
    while (!open_.empty()) close();
  }

 private:
  // The reference lasts until the next one is added.
  HtmlNode& add(HtmlToken& token) {
    auto& node = nodes_.emplace_back();
    node.name = std::move(token.name);
    node.text = std::move(token.text);
    node.attributes = std::move(token.attributes);
    node.parent = open_.back();
    node.end = nodes_.size();
    return node;
  }
  void start(HtmlToken& token) {
    const bool closed = token.self_closing || is_void_element(token.name);
    const auto& node = add(token);
    if (closed) return;
    ++count_[node.name];
    open_.push_back(nodes_.size() - 1);
  }
  void end_of(const std::string& name) {
    auto& count = count_[name];
    if (count == 0) return;  // never begun
    while (nodes_[open_.back()].name != name) close();
    close();
  }
  void close() {
    auto& node = nodes_[open_.back()];
    node.end = nodes_.size();
    --count_[node.name];
    open_.pop_back();
  }

  std::vector<HtmlNode>& nodes_;
  std::vector<std::size_t> open_;
  std::unordered_map<std::string, std::size_t> count_;  // of each name, how many are open
};

void write_start(std::string& out, const HtmlNode& node) {
  out += '<';
  out += node.name;
  for (const auto& attribute : node.attributes) {
    append_attribute(out, attribute.name, attribute.value);
  }
  out += '>';
}

void write_end(std::string& out, const HtmlNode& node) {
  out += "</";
  out += node.name;
  out += '>';
}

}  // namespace

const std::string* HtmlNode::attribute(std::string_view wanted) const {
  const auto found = std::ranges::find(attributes, wanted, &HtmlAttribute::name);
  return found == attributes.end() ? nullptr : &found->value;
}

bool HtmlNode::has_class(std::string_view wanted) const {
  const auto* classes = attribute("class");
  if (!classes) return false;
  std::string_view rest = *classes;
  while (!(rest = trimmed(rest)).empty()) {
    const auto length = std::min(rest.find_first_of(" \t\r\n"), rest.size());
    if (rest.substr(0, length) == wanted) return true;
    rest.remove_prefix(length);
  }
  return false;
}

HtmlTree::HtmlTree(std::string_view html) {
  nodes_.emplace_back();
  Builder builder(nodes_);
  HtmlTokens tokens(html);
  for (HtmlToken token; tokens.next(token);) builder.take(token);
  builder.finish();
}

std::string HtmlTree::written(std::size_t begin, std::size_t behind) const {
  std::string out;
  std::vector<std::size_t> open;
  if (begin < nodes_.size()) {
    for (auto at = nodes_[begin].parent; at != 0; at = nodes_[at].parent) open.push_back(at);
  }
  std::ranges::reverse(open);
  std::erase_if(open, [&](std::size_t at) { return is_page_element(nodes_[at].name); });
  for (const auto at : open) write_start(out, nodes_[at]);
  auto close_before = [&](std::size_t at) {
    while (!open.empty() && nodes_[open.back()].end <= at) {
      write_end(out, nodes_[open.back()]);
      open.pop_back();
    }
  };
  for (auto at = std::max<std::size_t>(begin, 1); at < std::min(behind, nodes_.size()); ++at) {
    close_before(at);
    const auto& node = nodes_[at];
    if (node.is_text) {
      append_escaped(out, node.text, false);
    } else if (!is_page_element(node.name)) {
      write_start(out, node);
      if (!is_void_element(node.name)) open.push_back(at);
    }
  }
  close_before(static_cast<std::size_t>(-1));
  return out;
}

bool is_void_element(std::string_view name) {
  constexpr std::array<std::string_view, 15> names = {"area",  "base",  "br",     "col",   "embed",
                                                      "frame", "hr",    "img",    "input", "link",
                                                      "meta",  "param", "source", "track", "wbr"};
  static_assert(std::ranges::is_sorted(names));
  return std::ranges::binary_search(names, name);
}

}  // namespace baijin::mime
