// What comes by mail from an address that a guest only says is his. M9.
#include <gmock/gmock.h>

#include "modules/mail/test_desk.h"

namespace baijin::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Unproven : public MailDesk {
 protected:
  // Somebody gives the address from which another service mails its codes.
  void SetUp() override {
    MailDesk::SetUp();
    std::string type;
    desk->read([&](Reader& reader) {
      type = std::to_string(catalogue::service_type_by_key(reader, "consultation")->value);
    });
    auto receipt = desk->post(
        "/guest-requests", R"({"name":"某人","email":"codes@forge.test","service_type":)" + type +
                               R"(,"subject":"请教","body":"<p>怎么用</p>"})");
    ASSERT_EQ(receipt.status, 201) << receipt.body;
    form_link = secret_in(receipt.text("link"));
    settle();
  }
  static std::string secret_in(const std::string& text) {
    const std::string before = "/portal/follow#";
    auto at = text.find(before) + before.size();
    return text.substr(at, text.find_first_of("\"\r\n ", at) - at);
  }
  std::string seen_with(const std::string& secret) {
    auto shown = desk->post("/guest-requests/show", R"({"token":")" + secret + R"("})");
    EXPECT_EQ(shown.status, 200) << shown.body;
    return shown.body;
  }
  std::string form_link;
};
BAIJIN_ON_BOTH_ENGINES(Unproven)

TEST_P(Unproven, M9_a_code_that_comes_unasked_is_on_another_ticket) {
  comes({.from = "codes@forge.test", .subject = "Your code", .body = "Sign in with 493021"});
  ASSERT_EQ(tickets().size(), 2u);
  EXPECT_THAT(seen_with(form_link), Not(HasSubstr("493021")));
}

TEST_P(Unproven, M9_an_answer_is_read_by_the_desk_and_by_who_gets_the_mail) {
  ASSERT_EQ(sent().size(), 1u);
  auto letter = last_sent();
  auto mailed_link = secret_in(letter.html);
  comes({.from = "codes@forge.test",
         .subject = "Re: " + letter.subject,
         .body = "Sign in with 493021",
         .headers = "In-Reply-To: <" + letter.message_id + ">\r\n"});
  auto all = tickets();
  ASSERT_EQ(all.size(), 1u) << "the mark and the sender are right";
  auto conversation = messages(number(all[0], "id"));
  EXPECT_THAT(text(conversation.back(), "body"), HasSubstr("493021"));
  EXPECT_FALSE(conversation.back().at("withheld").as_bool());

  auto shown = seen_with(form_link);
  EXPECT_THAT(shown, Not(HasSubstr("493021")));
  EXPECT_THAT(shown, HasSubstr(R"("withheld":true)"));
  EXPECT_THAT(shown, HasSubstr("怎么用")) << "what he wrote in the form he reads again";
  EXPECT_THAT(seen_with(mailed_link), HasSubstr("493021"));
}

}  // namespace
}  // namespace baijin::mail
