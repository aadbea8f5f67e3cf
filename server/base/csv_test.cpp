#include "base/csv.h"

#include <gtest/gtest.h>

namespace baijin {
namespace {

// Gives the text in pieces of so many bytes.
std::function<bool(std::string&)> in_pieces(std::string text, std::size_t size) {
  return [text = std::move(text), size, at = std::size_t{0}](std::string& piece) mutable {
    piece = text.substr(std::min(at, text.size()), size);
    at += size;
    return at < text.size();
  };
}

std::string read_back(const std::string& text, std::size_t size) {
  CsvReader reader(in_pieces(text, size));
  std::string out;
  CsvRow row;
  while (reader.next(row)) {
    out += std::to_string(row.line) + ":";
    for (const auto& cell : row.cells) out += "[" + cell + "]";
    if (row.problem) out += "!" + *row.problem;
    out += ";";
  }
  return out;
}

struct Case {
  const char *text, *read;
};
constexpr Case cases[] = {
    {"", ""},
    {"a,b\n", "1:[a][b];"},
    {"a,b", "1:[a][b];"},
    {"a,b\r\nc,d\r\n", "1:[a][b];2:[c][d];"},
    {"a,\n", "1:[a][];"},
    {",\n", "1:[][];"},
    {"\n\r\n a \n\n", "3:[ a ];"},
    {"\"a,b\",\"c\"\"d\"\n", "1:[a,b][c\"d];"},
    {"\"a\nb\",c\nd,e\n", "1:[a\nb][c];3:[d][e];"},
    {"\"a\r\nb\"\n", "1:[a\r\nb];"},
    {"\"\"\n", "1:[];"},
    {"\xEF\xBB\xBF名称,值\n", "1:[名称][值];"},
    {"\"a\n", "1:[a\n]!quote_not_closed;"},
    {"\"a\"b,c\nd\n", "1:[a]!text_after_quote;2:[d];"},
    {"a\"b,c\nd\n", "1:[a]!quote_inside_cell;2:[d];"},
};

TEST(Csv, reads_rfc_4180_in_pieces_of_any_size) {
  for (const auto& one : cases) {
    for (std::size_t size : {1, 2, 3, 7, 1'000}) {
      EXPECT_EQ(read_back(one.text, size), one.read) << one.text << " in pieces of " << size;
    }
  }
}

TEST(Csv, refuses_cells_beyond_the_limit_and_goes_on) {
  std::string text(CsvReader::longest_cell + 5, 'x');
  CsvReader reader(in_pieces(text + "\nok\n", 4'096));
  CsvRow row;
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.problem, "cell_too_long");
  ASSERT_TRUE(reader.next(row));
  EXPECT_EQ(row.cells, std::vector<std::string>{"ok"});
  EXPECT_FALSE(row.problem);
}

// I3: no cell is a formula for a spreadsheet, whatever stands before it.
TEST(Csv, I3_CellsAreNeutralised) {
  struct Row {
    std::string_view text, cell;
  };
  for (const auto& row : {
           Row{"", R"("")"},
           Row{"plain", R"("plain")"},
           Row{"a \"quoted\", word", R"("a ""quoted"", word")"},
           Row{"=1+1", R"("'=1+1")"},
           Row{"+86 138", R"("'+86 138")"},
           Row{"-2", R"("'-2")"},
           Row{"@SUM(A1)", "\"'@SUM(A1)\""},
           Row{"  =1", R"("'  =1")"},
           Row{"\u00a0=1", "\"'\u00a0=1\""},
           Row{"　＝1", "\"'　＝1\""},
           Row{"\t=1", "\"'\t=1\""},
           Row{"\r=1", "\"'\r=1\""},
           Row{"\n=1", "\"'\n=1\""},
           Row{"＝1", "\"'＝1\""},
           Row{"＋1", "\"'＋1\""},
           Row{"－1", "\"'－1\""},
           Row{"＠a", "\"'＠a\""},
           Row{"1=1", R"("1=1")"},
           Row{"中文 = x", "\"中文 = x\""},
       }) {
    std::string cell;
    append_csv_cell(cell, row.text);
    EXPECT_EQ(cell, row.cell) << row.text;
  }
}

// security.md I3
TEST(Csv, I3_cells_are_never_formulas_and_read_back_as_they_were) {
  for (std::string text :
       {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\tx", "\rx", "\nx", "＝1", "　＋1", "－1",
        "＠x", "\u00a0=1", "'=1", "plain", "", "a=b", "say \"hi\""}) {
    std::string line;
    append_csv_row(line, {text, "x"});
    CsvReader reader(in_pieces(line, 3));
    CsvRow row;
    ASSERT_TRUE(reader.next(row)) << line;
    std::string_view cell = row.cells[0];
    auto first = cell.empty() ? 'x' : cell.front();
    bool formula = std::string_view("=+-@\t\r\n").find(first) != std::string_view::npos;
    EXPECT_FALSE(formula) << line;
    if (text == "'=1") continue;  // was written so by somebody: cannot be told from ours
    EXPECT_EQ(without_formula_guard(cell), text) << line;
  }
}

}  // namespace
}  // namespace baijin
