#include "modules/imports/line.h"

#include <date/tz.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace baijin::imports {
namespace {

using boost::json::array;
using boost::json::object;

constexpr std::size_t longest_line = 4 << 20;
constexpr std::string_view times[] = {"created_at", "closed_at"};

// 标签 may be divided by any of the usual marks.
array tags_in(std::string_view text) {
  array tags;
  std::string tag;
  auto end_tag = [&] {
    auto first = tag.find_first_not_of(' ');
    if (first != std::string::npos) {
      tags.emplace_back(tag.substr(first, tag.find_last_not_of(' ') - first + 1));
    }
    tag.clear();
  };
  constexpr std::string_view marks[] = {",", ";", "|", "，", "；", "、"};
  while (!text.empty()) {
    const auto* mark = std::find_if(std::begin(marks), std::end(marks),
                                    [&](std::string_view one) { return text.starts_with(one); });
    if (mark != std::end(marks)) {
      end_tag();
      text.remove_prefix(mark->size());
    } else {
      tag += text.front();
      text.remove_prefix(1);
    }
  }
  end_tag();
  return tags;
}

// Times as people write them become those the fields take.
void put_times_right(object& said, std::string_view zone) {
  auto put = [&](boost::json::value& value) {
    if (!value.is_string()) return;
    if (auto time = time_in(value.as_string(), zone)) value = to_text(*time);
  };
  for (auto name : times) {
    if (auto* value = said.if_contains(name)) put(*value);
  }
  auto* messages = said.if_contains("messages");
  if (!messages || !messages->is_array()) return;
  for (auto& message : messages->as_array()) {
    if (!message.is_object()) continue;
    if (auto* at = message.as_object().if_contains("at")) put(*at);
  }
}

void decode(ImportedLine& line, object said, std::string_view zone) {
  try {
    put_times_right(said, zone);
    line.ticket = from_json<ImportedTicket>(said);
  } catch (const Error& error) {
    line.problem = error;
  }
}

class CsvLines final : public LineReader {
 public:
  CsvLines(More more, std::string zone) : reader_(std::move(more)), zone_(std::move(zone)) {
    CsvRow head;
    if (!reader_.next(head)) throw invalid("empty_file");
    if (head.problem) throw invalid(*head.problem, "header");
    const auto& known = fields_of<ImportedTicket>();
    for (auto& cell : head.cells) {
      auto name = folded(cell);
      if (!known.find(name)) throw invalid("unknown_column", name, name);
      if (!std::all_of(columns_.begin(), columns_.end(),
                       [&](const auto& other) { return other != name; })) {
        throw invalid("column_twice", name, name);
      }
      columns_.push_back(std::move(name));
    }
    for (std::string_view needed : {"subject", "service_type", "created_at"}) {
      if (std::find(columns_.begin(), columns_.end(), needed) == columns_.end()) {
        throw invalid("missing_column", needed, needed);
      }
    }
  }

  bool next(ImportedLine& line) override {
    CsvRow row;
    if (!reader_.next(row)) return false;
    line = {row.line, {}, {}};
    if (row.problem) {
      line.problem = invalid(*row.problem);
      return true;
    }
    if (row.cells.size() != columns_.size()) {
      line.problem = invalid("wrong_number_of_cells");
      return true;
    }
    try {
      decode(line, object_of(row), zone_);
    } catch (const Error& error) {
      line.problem = invalid(error.reason, "messages");
    }
    return true;
  }

 private:
  object object_of(const CsvRow& row) const {
    object said;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      auto cell = without_formula_guard(row.cells[i]);
      if (cell.empty()) continue;
      if (columns_[i] == "tags") said["tags"] = tags_in(cell);
      else if (columns_[i] == "messages") said["messages"] = parse_json(cell);
      else said[columns_[i]] = cell;
    }
    return said;
  }

  CsvReader reader_;
  std::string zone_;
  std::vector<std::string> columns_;
};

class JsonLines final : public LineReader {
 public:
  JsonLines(More more, std::string zone) : more_(std::move(more)), zone_(std::move(zone)) {}

  bool next(ImportedLine& line) override {
    std::string text;
    do {
      if (!read(text)) return false;
    } while (text.find_first_not_of(" \t\r") == std::string::npos);
    line = {line_, {}, {}};
    if (text.size() >= longest_line) {
      line.problem = invalid("line_too_long");
      return true;
    }
    try {
      auto value = parse_json(text);
      if (!value.is_object()) throw invalid("not_an_object");
      decode(line, std::move(value.as_object()), zone_);
    } catch (const Error& error) {
      line.problem = error;
    }
    return true;
  }

 private:
  bool read(std::string& text) {
    text.clear();
    while (true) {
      auto end = piece_.find('\n', at_);
      auto size = std::min(end, piece_.size()) - at_;
      if (text.size() < longest_line) text.append(piece_, at_, size);
      if (end != std::string::npos) {
        at_ = end + 1;
        ++line_;
        return true;
      }
      piece_.clear();
      at_ = 0;
      if (ended_) {
        ++line_;
        return !text.empty();
      }
      ended_ = !more_(piece_);
      if (line_ == 0 && text.empty() && piece_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }
  }

  More more_;
  std::string zone_, piece_;
  std::size_t at_ = 0;
  std::int64_t line_ = 0;
  bool ended_ = false;
};

// The next number of the text, which is moved behind it.
std::optional<int> number_at(std::string_view& text) {
  int number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || number < 0) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool skip_one_of(std::string_view& text, std::string_view marks) {
  if (text.empty() || marks.find(text.front()) == marks.npos) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<Time> time_in(std::string_view text, std::string_view zone) {
  if (auto exact = parse_time(text)) return exact;
  int parts[6] = {0, 1, 1, 0, 0, 0};
  constexpr std::string_view marks[] = {"", "-/", "-/", " T", ":", ":"};
  int read = 0;
  for (; read < 6 && (read == 0 || skip_one_of(text, marks[read])); ++read) {
    auto number = number_at(text);
    if (!number) return {};
    parts[read] = *number;
  }
  if (!text.empty() || (read != 3 && read < 5)) return {};
  if (parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31) return {};
  date::year_month_day day{date::year(parts[0]), date::month(static_cast<unsigned>(parts[1])),
                           date::day(static_cast<unsigned>(parts[2]))};
  bool sound = day.ok() && parts[0] >= 1970 && parts[0] <= 9999 && parts[3] < 24 && parts[4] < 60 &&
               parts[5] < 60;
  if (!sound) return {};
  auto local = date::local_days(day) + std::chrono::hours(parts[3]) +
               std::chrono::minutes(parts[4]) + std::chrono::seconds(parts[5]);
  // In the hour that comes twice or not at all, the earlier moment is meant.
  auto there = date::locate_zone(std::string(zone))->to_sys(local, date::choose::earliest);
  return Time{
      std::chrono::duration_cast<std::chrono::microseconds>(there.time_since_epoch()).count()};
}

std::string reason_of(const Error& error) {
  if (error.fields.empty()) {
    return error.detail.empty() ? error.reason : error.reason + ": " + error.detail;
  }
  std::string text;
  for (const auto& field : error.fields) {
    if (!text.empty()) text += ", ";
    text += field.field + ": " + field.reason;
  }
  return text;
}

std::unique_ptr<LineReader> lines_of(DecodedFile& text, std::string zone,
                                     std::optional<Format> format) {
  std::string first;
  while (first.find_first_not_of(" \t\r\n") == std::string::npos) {
    std::string piece;
    if (!text.next(piece)) throw invalid("empty_file");
    first += piece;
  }
  bool is_object = first[first.find_first_not_of(" \t\r\n")] == '{';
  More more = [&text, first = std::move(first), given = false](std::string& piece) mutable {
    if (given) return text.next(piece);
    given = true;
    piece = std::move(first);
    return true;
  };
  return format.value_or(is_object ? Format::json_lines : Format::csv) == Format::csv
             ? csv_lines(std::move(more), std::move(zone))
             : json_lines(std::move(more), std::move(zone));
}

std::unique_ptr<LineReader> csv_lines(More more, std::string zone) {
  return std::make_unique<CsvLines>(std::move(more), std::move(zone));
}
std::unique_ptr<LineReader> json_lines(More more, std::string zone) {
  return std::make_unique<JsonLines>(std::move(more), std::move(zone));
}

}  // namespace baijin::imports
