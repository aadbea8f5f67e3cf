#include "main/demo/dialogue.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace baijin::demo {
namespace {

constexpr std::string_view known_lines = "CKELNDOBSTFAWPRa";

void read_head(Dialogue& made, std::string_view line) {
  auto words = split(line, ' ');
  if (words.size() != 6) throw std::logic_error("six words are missing: " + std::string(line));
  made.service_type = words[0];
  made.category = words[1];
  made.families = split(words[2], ',');
  if (words[3] != "-") made.severity = words[3];
  if (words[4] != "-") made.impact = words[4];
  made.channels = split(words[5], ',');
}

void go_on(Dialogue& made, std::string_view line) {
  if (made.lines.empty()) throw std::logic_error("goes on with nothing: " + std::string(line));
  auto& text = made.lines.back().text;
  bool new_line = line.starts_with("  ");
  if (new_line) text += '\n';
  else if (static_cast<unsigned char>(text.back()) < 0x80) text += ' ';
  text += line.substr(2);
}

void read_line(std::vector<Dialogue>& all, std::string_view line) {
  if (line.size() < 3 || (line[1] != ' ' && line[0] != ' ')) {
    throw std::logic_error("not a line of a dialogue: " + std::string(line));
  }
  auto rest = line.substr(2);
  if (line[0] == '@') return read_head(all.emplace_back(), rest);
  if (all.empty()) throw std::logic_error("a dialogue begins with @");
  auto& made = all.back();
  if (line[0] == '=') {
    made.subject = rest;
  } else if (line[0] == 't') {
    made.tags = split(rest, ',');
    made.english = std::find(made.tags.begin(), made.tags.end(), "english") != made.tags.end();
  } else if (line[0] == '+' || line[0] == ' ') {
    go_on(made, line);
  } else if (known_lines.find(line[0]) != known_lines.npos) {
    made.lines.push_back({line[0], std::string(rest)});
  } else {
    throw std::logic_error("nobody says: " + std::string(line));
  }
}

std::optional<std::int64_t> number_in(std::string_view range, Dice& dice) {
  auto dash = range.find('-');
  if (dash == range.npos) return {};
  std::int64_t low = 0, high = 0;
  const char* middle = range.data() + dash;
  const char* end = range.data() + range.size();
  if (std::from_chars(range.data(), middle, low).ptr != middle) return {};
  if (std::from_chars(middle + 1, end, high).ptr != end) return {};
  return dice.between(low, high);
}

}  // namespace

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    auto end = std::min(text.find(at), text.size());
    parts.emplace_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<Dialogue> read_dialogues(std::string_view text) {
  std::vector<Dialogue> all;
  for (const auto& line : split(text, '\n')) {
    if (!line.empty()) read_line(all, line);
  }
  return all;
}

const std::vector<Dialogue>& dialogues() {
  static const auto all = [] {
    std::vector<Dialogue> made;
    for (auto text :
         {dialogues_of_faults, dialogues_of_questions, dialogues_of_work, dialogues_of_voices}) {
      for (auto& dialogue : read_dialogues(text)) made.push_back(std::move(dialogue));
    }
    return made;
  }();
  return all;
}

const std::string& Wording::value_of(std::string_view braces) {
  if (auto found = said_.find(braces); found != said_.end()) return found->second;
  std::string value;
  if (braces.find('|') != braces.npos) {
    auto choices = split(braces, '|');
    value = dice_.one_of(choices);
  } else if (auto number = number_in(braces, dice_)) {
    value = std::to_string(*number);
  } else {
    throw std::logic_error("nobody knows the word {" + std::string(braces) + "}");
  }
  return said_.emplace(braces, value).first->second;
}

std::string Wording::fill(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto open = std::min(text.find('{'), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    auto close = text.find('}');
    if (close == text.npos) throw std::logic_error("a brace is not closed");
    out += value_of(text.substr(1, close - 1));
    text.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace baijin::demo
