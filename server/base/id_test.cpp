#include "base/id.h"

#include <gtest/gtest.h>

namespace baijin {

TEST(Ref, IsReadAndWritten) {
  const auto ref = parse_ref("work_log:9223372036854775807");
  ASSERT_TRUE(ref);
  EXPECT_EQ(ref->kind, "work_log");
  EXPECT_EQ(ref->id, INT64_MAX);
  EXPECT_EQ(ref->text(), "work_log:9223372036854775807");
}

TEST(Ref, AnyOtherTextIsNone) {
  const std::string long_kind(41, 'a');
  const std::string texts[] = {"",
                               ":",
                               "ticket",
                               "ticket:",
                               ":17",
                               "ticket:0",
                               "ticket:017",
                               "ticket:-1",
                               "ticket:+1",
                               "ticket:1 ",
                               " ticket:1",
                               "Ticket:1",
                               "ticket:9223372036854775808",
                               "ticket:1:2",
                               "ticket:1e3",
                               "ti cket:1",
                               "工单:1",
                               long_kind + ":1"};
  for (const auto& text : texts) EXPECT_FALSE(parse_ref(text)) << text;
}

}  // namespace baijin
