// The promise: the phone rings, and before the caller has said his name the desk shows who it is
// and how he wants to be treated; whoever is not known is in the book with two entries. CUS-1,
// CUS-5, INT-3.
#include "cast.h"

namespace baijin::stories {
namespace {

TEST(PhoneCall, CUS_1_5_a_known_caller_is_recognised_and_treated_as_he_wishes) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto customer = add_customer(admin, "江南大学");
  auto contact = add_contact(admin, "陈老师", customer, {{"mobile", "13912345678"}});
  auto agent = person(admin, {"agent", "小刘", {"agent"}});
  auto put = agent.put("/contacts/" + std::to_string(contact) + "/preferences",
                       {{"channel", "phone"},
                        {"form_of_address", "陈教授"},
                        {"telling", "answer_first"},
                        {"not_to_ask_twice", {"服务器在图书馆三楼"}}});
  ASSERT_EQ(put.status, 200) << put.body;

  auto found = agent.get("/contacts/lookup?phone=%2B86%20139-1234-5678");  // as telephones show it
  ASSERT_EQ(found.status, 200) << found.body;
  ASSERT_NE(found.body.find("陈老师"), std::string::npos) << found.body;
  auto shown = agent.get("/contacts/" + std::to_string(contact) + "/preferences");
  EXPECT_EQ(shown.text("effective.form_of_address"), "陈教授");
  EXPECT_EQ(shown.text("effective.telling"), "answer_first");
  EXPECT_EQ(shown.text("effective.not_to_ask_twice.0"), "服务器在图书馆三楼");

  auto ticket = open_ticket(agent, {{"customer", customer},
                                    {"contact", contact},
                                    {"channel", "phone"},
                                    {"body", "<p>来电：登录很慢</p>"}});
  auto page = agent.get("/customers/" + std::to_string(customer));
  EXPECT_EQ(page.number("counts.open_tickets"), 1);
  EXPECT_EQ(agent.get("/tickets/" + std::to_string(ticket)).text("names.contact"), "陈老师");
}

TEST(PhoneCall, CUS_1_an_unknown_caller_is_written_down_while_he_speaks) {
  RunningDesk desk;
  auto admin = desk.admin();
  auto agent = person(admin, {"agent", "小刘", {"agent"}});
  auto nobody = agent.get("/contacts/lookup?phone=021-55556666");
  ASSERT_EQ(nobody.status, 200);
  EXPECT_EQ(nobody.body.find("\"id\""), std::string::npos) << nobody.body;
  auto customer = add_customer(agent, "东海港务");
  auto contact = add_contact(agent, "孙工", customer, {{"phone", "021-55556666"}});
  auto ticket = open_ticket(agent,
                            {{"customer", customer}, {"contact", contact}, {"channel", "phone"}});
  auto again = agent.get("/contacts/lookup?phone=02155556666");
  EXPECT_NE(again.body.find("孙工"), std::string::npos) << again.body;
  // Found by words, too, and only by those who may (PLT-3).
  auto path = "/search?q=" + percent_encoded("孙工");
  EXPECT_NE(agent.get(path).body.find("孙工"), std::string::npos);
  auto other = add_contact(admin, "赵工", add_customer(admin, "西部水务"));
  auto stranger = person(admin, {"zhao", "赵工", {"contact"}, {}, other});
  EXPECT_EQ(stranger.get(path).body.find("东海"), std::string::npos);
  EXPECT_EQ(stranger.get("/tickets/" + std::to_string(ticket)).status, 404);
}

}  // namespace
}  // namespace baijin::stories
