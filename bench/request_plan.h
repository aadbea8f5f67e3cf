#pragma once
// What the load driver asks for: the steps of one visit, with places that are filled each time.
//   {n}     a running number: every body differs from every other
//   {id}    one of the ids, by chance; the same in all steps of a visit
//   {word}  one of the words, by chance; the same in all steps of a visit
#include <charconv>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// A text with places, cut once.
class Template {
 public:
  explicit Template(std::string_view text) {
    while (true) {
      auto [at, place, length] = next_place(text);
      pieces_.push_back({std::string(text.substr(0, at)), place});
      if (place == Place::none) return;
      text.remove_prefix(at + length);
    }
  }

  void fill(std::string& out, std::int64_t n, std::int64_t id, std::string_view word) const {
    for (const auto& piece : pieces_) {
      out += piece.text;
      if (piece.place == Place::number) append(out, n);
      if (piece.place == Place::id) append(out, id);
      if (piece.place == Place::word) out += word;
    }
  }

 private:
  enum class Place { none, number, id, word };
  struct Piece {
    std::string text;
    Place place;  // what follows the text
  };
  struct Found {
    std::size_t at;
    Place place;
    std::size_t length;
  };

  static Found next_place(std::string_view text) {
    Found first{text.size(), Place::none, 0};
    for (auto [name, place] : {std::pair<std::string_view, Place>{"{n}", Place::number},
                               {"{id}", Place::id},
                               {"{word}", Place::word}}) {
      auto at = text.find(name);
      if (at < first.at) first = {at, place, name.size()};
    }
    return first;
  }
  static void append(std::string& out, std::int64_t number) {
    char digits[20];
    auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end);
  }

  std::vector<Piece> pieces_;
};

// One request of a visit.
struct Step {
  Template target;
  std::vector<Template> bodies;  // one of them each time; none: GET
  int status = 200;
};

inline std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  if (lines.empty()) throw std::runtime_error(path + " is empty");
  return lines;
}

struct Plan {
  std::string host, headers;  // headers: "Name: value\r\n…"
  std::vector<Step> steps;
  std::vector<std::int64_t> ids;
  std::int64_t first_id = 1, last_id = 0;  // a range, when there is no list
  std::vector<std::string> words;
  std::vector<Template> expected;  // must stand in every answer of the last step

  std::int64_t id(std::uint64_t chance) const {
    if (!ids.empty()) return ids[chance % ids.size()];
    if (last_id < first_id) return 0;
    return first_id +
           static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(last_id - first_id + 1));
  }
  std::string_view word(std::uint64_t chance) const {
    return words.empty() ? std::string_view() : words[chance % words.size()];
  }

  void write(std::string& out, const Step& step, std::int64_t n, std::int64_t id_,
             std::string_view word_) const {
    out.clear();
    out += step.bodies.empty() ? "GET " : "POST ";
    step.target.fill(out, n, id_, word_);
    out.append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n").append(headers);
    if (step.bodies.empty()) {
      out += "\r\n";
      return;
    }
    thread_local std::string body;
    body.clear();
    step.bodies[static_cast<std::size_t>(n) % step.bodies.size()].fill(body, n, id_, word_);
    out.append("Content-Type: application/json\r\nContent-Length: ");
    out.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  }
};
