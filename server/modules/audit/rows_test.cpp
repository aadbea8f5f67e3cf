#include "modules/audit/rows.h"

#include <gtest/gtest.h>

namespace baijin::audit {
namespace {

// I3: no cell is a formula for a spreadsheet, whatever stands before it.
TEST(AuditRows, I3_cells_are_neutralised) {
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
    EXPECT_EQ(csv_cell(row.text), row.cell) << row.text;
  }
}

TEST(AuditRows, what_is_wanted_matches) {
  Event event;
  event.at = Time{1'000};
  event.kind = "tickets.closed";
  event.actor = "user:7";
  event.subject = {"ticket", 17};
  struct Row {
    Wanted wanted;
    bool matches;
  };
  for (const auto& row :
       {Row{{}, true}, Row{{Ref{"ticket", 17}, {}, {}, {}, {}}, true},
        Row{{Ref{"ticket", 18}, {}, {}, {}, {}}, false},
        Row{{{}, "tickets.closed", "user:7", {}, {}}, true},
        Row{{{}, "tickets.opened", {}, {}, {}}, false}, Row{{{}, {}, "user:8", {}, {}}, false},
        Row{{{}, {}, {}, Time{1'000}, Time{1'000}}, true},
        Row{{{}, {}, {}, Time{1'001}, {}}, false}, Row{{{}, {}, {}, {}, Time{999}}, false}}) {
    EXPECT_EQ(matches(row.wanted, event), row.matches);
  }
}

}  // namespace
}  // namespace baijin::audit
