#include "modules/notices/letter.h"

#include <gtest/gtest.h>

namespace baijin::notices {
namespace {

NoticeView answered(const char* title) {
  NoticeView notice;
  notice.kind = NoticeKind::customer_answered;
  notice.subject = {"ticket", 17};
  notice.number = "2026-4831-9207";
  notice.title = title;
  notice.customer_name = "永安县医院";
  notice.by_name = "陈工";
  notice.at = *parse_time("2026-11-23T06:00:00Z");
  return notice;
}

constexpr Reading chinese{false, "Asia/Shanghai", "https://desk.test/"};
constexpr Reading english{true, "Europe/Berlin", "https://desk.test"};

TEST(NoticeLetter, OfOneSaysWhatItIs) {
  auto letter = letter_of({answered("水泵不转")}, 0, chinese);
  EXPECT_EQ(letter.subject, "陈工回复了：水泵不转 [2026-4831-9207]");
  EXPECT_NE(letter.html.find("href=\"https://desk.test/tickets/17\""), std::string::npos);
  EXPECT_NE(letter.html.find("永安县医院 · 2026-11-23 14:00"), std::string::npos) << letter.html;
  EXPECT_NE(letter.html.find("href=\"https://desk.test/me/notices\""), std::string::npos);
}

TEST(NoticeLetter, OfSeveralCountsThem) {
  auto folded = answered("Pump");
  folded.times = 3;
  auto letter = letter_of({folded, answered("Fan")}, 4, english);
  EXPECT_EQ(letter.subject, "6 new notices");
  EXPECT_NE(letter.html.find("陈工 answered ×3"), std::string::npos) << letter.html;
  EXPECT_NE(letter.html.find("2026-11-23 07:00"), std::string::npos) << letter.html;
  EXPECT_NE(letter.html.find(">4 more<"), std::string::npos) << letter.html;
  EXPECT_EQ(letter_of({folded, folded}, 0, chinese).subject, "2 条新通知");
}

TEST(NoticeLetter, TakesNothingForMarkup) {
  auto letter = letter_of({answered("<b>&\"")}, 0, chinese);
  EXPECT_NE(letter.html.find("&lt;b&gt;&amp;"), std::string::npos) << letter.html;
}

TEST(NoticeLetter, HasWordsForEveryKind) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<NoticeKind>>([](auto kind) {
    NoticeView notice;
    notice.kind = kind.value;
    EXPECT_FALSE(sentence_of(notice, false).empty()) << kind.name;
    EXPECT_FALSE(sentence_of(notice, true).empty()) << kind.name;
  });
}

}  // namespace
}  // namespace baijin::notices
