#include "mime/structure.h"

#include "mime/addresses.h"
#include "mime/characters.h"
#include "mime/charset.h"

namespace baijin::mime {
namespace {

constexpr std::size_t longest_boundary = 1'000;

std::string value_of(const HeaderBlock& head, std::string_view name) {
  const auto* field = head.find(name);
  return field ? unfolded(field->value) : std::string();
}

// "--boundary" at the start of the body of a multipart that does not name it.
std::string guessed_boundary(std::string_view body) {
  while (!body.empty() && is_white(body.front())) body.remove_prefix(1);
  if (!body.starts_with("--")) return {};
  return std::string(trimmed(body.substr(2, line_end(body, 0) - 2)));
}

class StructureReader {
 public:
  StructureReader(std::string_view bytes, Budget& budget) : bytes_(bytes), budget_(budget) {}

  Structure read() {
    const auto body = add_part(0, 0);
    if (body != npos) open_body(0, body);
    scan();
    return std::move(made_);
  }

 private:
  static constexpr auto npos = std::string_view::npos;

  struct Open {  // a multipart whose end has not come
    std::size_t part;
    std::string boundary;
    std::size_t current = npos;  // the child whose body is being read
    bool seen = false;           // its boundary
  };

  // Reads the header at `at`; answers where the body begins, npos when a limit is met.
  std::size_t add_part(std::size_t at, std::size_t parent) {
    if (!budget_.part()) return npos;
    Part part;
    part.head = read_header_block(bytes_, at, budget_);
    part.parent = parent;
    const auto told = value_of(part.head, "Content-Type");
    part.type = read_parameters(told, {}, budget_);
    const bool digest = !made_.parts.empty() && made_.parts[parent].is("multipart/digest");
    part.type_told = part.type.value.find('/') != npos && !part.type.value.ends_with('/');
    if (!part.type_told) part.type.value = digest ? "message/rfc822" : "text/plain";
    part.disposition = read_parameters(value_of(part.head, "Content-Disposition"), {}, budget_);
    part.encoding = lower(trimmed(value_of(part.head, "Content-Transfer-Encoding")));
    const auto ids = read_ids(value_of(part.head, "Content-ID"));
    if (!ids.empty()) part.content_id = ids.front();
    const auto body = part.head.body;
    part.body = bytes_.substr(body);
    made_.parts.push_back(std::move(part));
    return body;
  }

  // A multipart is opened; everything else is a body up to the next boundary.
  void open_body(std::size_t index, std::size_t body) {
    at_ = body;
    auto& part = made_.parts[index];
    if (!part.is_multipart()) return;
    if (!budget_.depth(open_.size() + 1)) return;
    std::string boundary(part.type.find("boundary"));
    if (boundary.empty()) boundary = guessed_boundary(part.body);
    if (boundary.empty() || boundary.size() > longest_boundary) {
      be_text(part);
      return;
    }
    open_.push_back({index, std::move(boundary)});
  }

  // What says it is a multipart, and has no parts, is shown as the text it is.
  void be_text(Part& part) {
    made_.bare_multipart = true;
    part.type.value = "text/plain";
  }

  void scan() {
    while (!open_.empty() && budget_.met() != TooMuch::parts && budget_.met() != TooMuch::depth) {
      const auto line = next_dash_line();
      if (line == npos) break;
      const auto end = line_end(bytes_, line);
      auto text = bytes_.substr(line + 2, end - line - 2);
      while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
      at_ = end;
      take_delimiter(text, line);
    }
    while (!open_.empty()) {
      made_.unterminated = true;
      close_innermost(bytes_.size());
    }
  }

  // The next line that begins with "--".
  std::size_t next_dash_line() const {
    if (bytes_.substr(at_).starts_with("--") && (at_ == 0 || bytes_[at_ - 1] == '\n')) return at_;
    const auto found = bytes_.find("\n--", at_);
    return found == npos ? npos : found + 1;
  }

  // The innermost multipart with this boundary goes on or ends; those inside it have ended.
  void take_delimiter(std::string_view text, std::size_t line) {
    for (auto i = open_.size(); i-- > 0;) {
      const std::string_view boundary = open_[i].boundary;
      if (!text.starts_with(boundary)) continue;
      const auto rest = text.substr(boundary.size());
      if (!rest.empty() && rest != "--") continue;
      const auto body_end = before_line_end(line);
      while (open_.size() > i + 1) {
        made_.unterminated = true;
        close_innermost(body_end);
      }
      end_current(body_end);
      open_.back().seen = true;
      if (rest.empty()) begin_child();
      else close_innermost(body_end);
      return;
    }
  }

  // The line end before a boundary belongs to the boundary.
  std::size_t before_line_end(std::size_t line) const {
    if (line > 0 && bytes_[line - 1] == '\n') --line;
    if (line > 0 && bytes_[line - 1] == '\r') --line;
    return line;
  }

  void end_current(std::size_t end) {
    auto& open = open_.back();
    if (open.current != npos) cut_body(made_.parts[open.current], end);
    open.current = npos;
  }

  void cut_body(Part& part, std::size_t end) {
    const auto begin = part.head.body;
    part.body = end > begin ? bytes_.substr(begin, end - begin) : std::string_view();
  }

  void close_innermost(std::size_t end) {
    end_current(end);
    auto& part = made_.parts[open_.back().part];
    cut_body(part, end);
    if (!open_.back().seen) be_text(part);
    open_.pop_back();
  }

  void begin_child() {
    const auto parent = open_.back().part;
    const auto index = made_.parts.size();
    const auto body = add_part(at_, parent);
    if (body == npos) return;
    made_.parts[parent].children.push_back(index);
    open_.back().current = index;
    open_body(index, body);
  }

  std::string_view bytes_;
  Budget& budget_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  Structure made_;
};

}  // namespace

std::string_view Part::file_name() const {
  const auto name = disposition.find("filename");
  return name.empty() ? type.find("name") : name;
}

Structure read_structure(std::string_view bytes, Budget& budget) {
  return StructureReader(bytes, budget).read();
}

}  // namespace baijin::mime
