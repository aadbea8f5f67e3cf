#pragma once
// HTML as a tree that can be cut. It is no browser's tree: an element ends where its end tag stands
// or where an element around it ends. Building and writing take one pass each, at any depth.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/html_tokens.h"

namespace baijin::mime {

struct HtmlNode {
  bool is_text = false;
  std::string name;  // of an element
  std::string text;  // of a text, character references resolved
  std::vector<HtmlAttribute> attributes;
  std::size_t parent = 0;  // index; the root is its own
  std::size_t end = 0;     // behind the last node inside it

  const std::string* attribute(std::string_view wanted) const;
  bool has_class(std::string_view wanted) const;
};

class HtmlTree {
 public:
  explicit HtmlTree(std::string_view html);

  // In the order of the document; 0 is the root, an element without a name around all others.
  const std::vector<HtmlNode>& nodes() const { return nodes_; }

  // The nodes from `begin` up to, not including, `behind`, well nested: what is open at `begin` is
  // opened anew, without <html>, <head> and <body>.
  std::string written(std::size_t begin, std::size_t behind) const;

 private:
  std::vector<HtmlNode> nodes_;
};

// <br>, <img> …: elements that hold nothing and have no end tag.
bool is_void_element(std::string_view name);

}  // namespace baijin::mime
