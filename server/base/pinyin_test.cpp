#include "base/pinyin.h"

#include <gtest/gtest.h>

namespace baijin {
namespace {

TEST(Pinyin, InitialsAreWhatPeopleType) {
  struct Row {
    const char *text, *typed;
  };
  const Row rows[] = {{"李娜", "ln"},
                      {"欧阳朔", "oys"},
                      {"单雄信", "sxx"},
                      {"曾国藩", "zgf"},
                      {"解缙", "xj"},
                      {"仇英", "qy"},
                      {"查良镛", "zly"},
                      {"重庆", "cq"},
                      {"朝阳区", "cyq"},
                      {"长江水务", "cjsw"},
                      {"中国银行", "zgyh"},
                      {"华东精密制造有限公司", "hdjmzzyxgs"},
                      {"永安县第3医院", "yaxd3yy"},
                      {"ERP V8 生产集群", "ev8scjq"},
                      {"ＥＲＰ　系统", "ext"},
                      {"Wang Wei", "ww"},
                      {"O'Brien & Söhne GmbH", "osg"},
                      {"Ångström", "a"},
                      {"2026 年", "2026n"},
                      {"", ""},
                      {"——", ""},
                      {"😀", ""}};
  for (const auto& row : rows) EXPECT_EQ(initials(row.text), row.typed) << row.text;
}

TEST(Pinyin, InitialsHoldNothingButLettersAndDigits) {
  for (const std::string text : {"张%_!伟", "a\xff\xfe", "Ж日本Ω", "李\xE2\x80\x8B娜"}) {
    for (char c : initials(text)) {
      EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) << text;
    }
  }
}

}  // namespace
}  // namespace baijin
