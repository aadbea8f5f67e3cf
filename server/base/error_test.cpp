#include "base/error.h"

#include <gtest/gtest.h>

namespace baijin {

TEST(Error, EveryKindHasItsStatus) {
  const std::pair<Kind, int> table[] = {{Kind::invalid, 400},   {Kind::unauthenticated, 401},
                                        {Kind::forbidden, 403}, {Kind::not_found, 404},
                                        {Kind::conflict, 409},  {Kind::too_large, 413},
                                        {Kind::too_many, 429},  {Kind::busy, 503},
                                        {Kind::no_space, 507}};
  for (const auto& [kind, status] : table) EXPECT_EQ(http_status(kind), status);
}

TEST(Error, InvalidNamesItsField) {
  const auto error = invalid("too_long", "contacts.0.email");
  EXPECT_EQ(error.kind, Kind::invalid);
  EXPECT_STREQ(error.what(), "too_long");
  ASSERT_EQ(error.fields.size(), 1U);
  EXPECT_EQ(error.fields[0].field, "contacts.0.email");
  EXPECT_EQ(error.fields[0].reason, "too_long");
  EXPECT_TRUE(invalid("not_json").fields.empty());
}

}  // namespace baijin
