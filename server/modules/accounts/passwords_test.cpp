#include "modules/accounts/passwords.h"

#include <gtest/gtest.h>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {
namespace {

std::string verdict(std::string_view password, std::string_view login = "li.wei") {
  try {
    require_password_strength(password, login);
    return "good";
  } catch (const Error& error) {
    return error.reason;
  }
}

TEST(Passwords, checklist_15_short_and_common_ones_are_refused_and_nothing_else) {
  struct Row {
    std::string_view password, verdict;
  };
  for (const auto& row : {
           Row{"", "password_too_short"},
           Row{"x7#kQ2!", "password_too_short"},
           Row{"白金白金白金", "password_too_short"},
           Row{"12345678", "password_too_common"},
           Row{"Password1", "password_too_common"},
           Row{"PASSWORD123!", "password_too_common"},
           Row{"woaini1314", "password_too_common"},
           Row{"WoAiNi5201314", "password_too_common"},
           Row{"zhang1987", "password_too_common"},
           Row{"qwertyuiop", "password_too_common"},
           Row{"1qaz2wsx3edc", "password_too_common"},
           Row{"aaaaaaaaaaaa", "password_too_common"},
           Row{"abababababab", "password_too_common"},
           Row{"abc123abc123", "password_too_common"},
           Row{"123456789012", "password_too_common"},
           Row{"admin@2026", "password_too_common"},
           Row{"Baijin123456", "password_too_common"},
           Row{"tianxia520", "password_too_common"},
           Row{"ｐａｓｓｗｏｒｄ１２３", "password_too_common"},  // full width is no disguise
           // No rule about kinds of characters: length and rareness are enough.
           Row{"correct horse battery staple", "good"},
           Row{"kestrelvolume", "good"},
           Row{"床前明月光疑是地上霜", "good"},
           Row{"7h2kq9vx", "good"},
           Row{"mopfzuber", "good"},
       }) {
    EXPECT_EQ(verdict(row.password), row.verdict) << row.password;
  }
}

TEST(Passwords, ones_own_name_is_none) {
  EXPECT_EQ(verdict("Ouyang.Xiufen", "ouyang.xiufen"), "password_too_common");
}

TEST(Passwords, a_bad_one_says_which_field) {
  try {
    require_password_strength("short", "x", "new_password");
    FAIL();
  } catch (const Error& error) {
    ASSERT_EQ(error.fields.size(), 1u);
    EXPECT_EQ(error.fields[0].field, "new_password");
  }
}

}  // namespace
}  // namespace baijin::accounts
