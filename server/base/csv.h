#pragma once
// Comma-separated values as in RFC 4180, in UTF-8: a reader that takes the text in pieces, and a
// writer whose cells no spreadsheet takes for a formula (security.md I3).
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baijin {

// At the beginning of a file: tells spreadsheets that it is UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Appends one cell, always quoted. What a spreadsheet would take for a formula (= + - @ and their
// full-width forms, after blanks too) or what begins with a tab or line break gets a ' before it.
void append_csv_cell(std::string& out, std::string_view text);
// A whole line with its CRLF.
void append_csv_row(std::string& out, const std::vector<std::string>& cells);
// What append_csv_cell put before a formula is taken away again.
std::string_view without_formula_guard(std::string_view cell);

struct CsvRow {
  std::vector<std::string> cells;
  std::int64_t line = 0;               // the line of the file it begins in, counted from 1
  std::optional<std::string> problem;  // why it cannot be read: "quote_not_closed" …
};

class CsvReader {
 public:
  static constexpr std::size_t longest_cell = 1 << 20, most_cells = 1'000;

  // `more` replaces its argument by the next piece of text; false at the end.
  explicit CsvReader(std::function<bool(std::string&)> more) : more_(std::move(more)) {}

  // The next row that is not empty; false at the end. A row that cannot be read has a problem, and
  // reading goes on with the line after it.
  bool next(CsvRow& row);

 private:
  static constexpr int end_of_text = -1;
  int peek();
  int take();
  void skip_mark();
  void end_cell(CsvRow& row, std::string& cell);
  void read_quoted(CsvRow& row, std::string& cell);
  void read_plain(CsvRow& row, std::string& cell);
  void skip_line();
  void add(CsvRow& row, std::string& cell, int c);

  std::function<bool(std::string&)> more_;
  std::string piece_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  bool ended_ = false, begun_ = false;
};

}  // namespace baijin
