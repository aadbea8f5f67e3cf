#include "modules/audit/rows.h"

#include <gtest/gtest.h>

namespace baijin::audit {
namespace {

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
