#include "base/csv.h"

#include <algorithm>
#include <array>

#include "base/unicode.h"

namespace baijin {
namespace {

bool begins_formula(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    auto before = at;
    auto c = next_code_point(text, at);
    // A tab or line break at the very beginning is enough for some programs.
    if (before == 0 && (c == '\t' || c == '\r' || c == '\n')) return true;
    if (is_blank(c)) continue;
    static constexpr std::array<char32_t, 8> starts{'=',    '+',    '-',    '@',
                                                    0xFF1D, 0xFF0B, 0xFF0D, 0xFF20};
    return std::find(starts.begin(), starts.end(), c) != starts.end();
  }
  return false;
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view text) {
  out += '"';
  if (begins_formula(text)) out += '\'';
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
  bool first = true;
  for (const auto& cell : cells) {
    if (!first) out += ',';
    first = false;
    append_csv_cell(out, cell);
  }
  out += "\r\n";
}

std::string_view without_formula_guard(std::string_view cell) {
  if (cell.starts_with('\'') && begins_formula(cell.substr(1))) cell.remove_prefix(1);
  return cell;
}

int CsvReader::peek() {
  while (at_ == piece_.size()) {
    if (ended_) return end_of_text;
    piece_.clear();
    at_ = 0;
    ended_ = !more_(piece_);
    if (!begun_) skip_mark();
  }
  return static_cast<unsigned char>(piece_[at_]);
}

// The mark that some programs put before UTF-8, however small the pieces are.
void CsvReader::skip_mark() {
  begun_ = true;
  std::string piece;
  while (piece_.size() < 3 && !ended_) {
    ended_ = !more_(piece);
    piece_ += piece;
  }
  if (piece_.starts_with("\xEF\xBB\xBF")) at_ = 3;
}

int CsvReader::take() {
  int c = peek();
  if (c == end_of_text) return c;
  ++at_;
  if (c == '\n') ++line_;
  return c;
}

void CsvReader::add(CsvRow& row, std::string& cell, int c) {
  if (cell.size() < longest_cell) cell += static_cast<char>(c);
  else row.problem = "cell_too_long";
}

void CsvReader::end_cell(CsvRow& row, std::string& cell) {
  if (row.cells.size() < most_cells) row.cells.push_back(std::move(cell));
  else row.problem = "too_many_cells";
  cell.clear();
}

// Up to the closing quote; a doubled one is one quote.
void CsvReader::read_quoted(CsvRow& row, std::string& cell) {
  take();
  while (true) {
    int c = take();
    if (c == end_of_text) {
      row.problem = "quote_not_closed";
      return;
    }
    if (c == '"') {
      if (peek() != '"') break;
      take();
    }
    add(row, cell, c);
  }
  int after = peek();
  if (after != ',' && after != '\r' && after != '\n' && after != end_of_text) {
    row.problem = "text_after_quote";
    skip_line();
  }
}

void CsvReader::read_plain(CsvRow& row, std::string& cell) {
  while (true) {
    int c = peek();
    if (c == ',' || c == '\r' || c == '\n' || c == end_of_text) return;
    if (c == '"') {
      row.problem = "quote_inside_cell";
      return skip_line();
    }
    add(row, cell, take());
  }
}

void CsvReader::skip_line() {
  while (peek() != '\n' && peek() != end_of_text) take();
}

bool CsvReader::next(CsvRow& row) {
  row = {};
  while (peek() == '\r' || peek() == '\n') take();
  if (peek() == end_of_text) return false;
  row.line = line_;
  std::string cell;
  while (true) {
    if (peek() == '"') read_quoted(row, cell);
    else read_plain(row, cell);
    end_cell(row, cell);
    int c = take();
    if (c == ',') continue;
    if (c == '\r' && peek() == '\n') take();
    return true;
  }
}

}  // namespace baijin
