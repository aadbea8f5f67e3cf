#include "modules/customers/customers.h"

#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::customers {
namespace {

using testing::Answer;

class Customers : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"search", search::install},
                  {"accounts", accounts::install},
                  {"customers", customers::install}});
    agent = desk->sign_in(desk->staff(Scope::own, {"customers.read", "customers.manage"}));
  }

  std::int64_t made(const std::string& target, const std::string& body) {
    auto answer = desk->post(target, body, agent);
    EXPECT_EQ(answer.status, 201) << target << " " << answer.body;
    return answer.id();
  }
  std::int64_t customer(const std::string& name) {
    return made("/customers", R"({"name":")" + name + R"("})");
  }
  std::int64_t contact(const std::string& more, std::int64_t of, bool lead = false) {
    return made("/contacts", "{" + more + R"(,"customers":[{"customer":)" + std::to_string(of) +
                                 R"(,"lead":)" + (lead ? "true" : "false") + "}]}");
  }
  std::string portal(std::int64_t contact_id) {
    return desk->sign_in(desk->contact(contact_id, {"customers.read"}, 9'100 + contact_id));
  }
  static std::size_t items(const Answer& answer) { return answer.at("items").as_array().size(); }

  testing::Desk* desk = nullptr;
  std::string agent;
};
BAIJIN_ON_BOTH_ENGINES(Customers)

std::string path(const char* what, std::int64_t id, const char* more = "") {
  return "/" + std::string(what) + "/" + std::to_string(id) + more;
}

TEST_P(Customers, Cus1HaveOnePage) {
  auto id = made("/customers", R"({"name":"华东医院","short_name":"华医","tier":"gold",
      "phone":"0591-87654321","email_domain":"@HD.example.cn","website":"https://hd.example.cn",
      "notes":"pays late"})");
  contact(R"("name":"李伟")", id);
  made("/sites", R"({"customer":)" + std::to_string(id) + R"(,"name":"一号楼"})");
  auto page = desk->get(path("customers", id), agent);
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_EQ(page.text("email_domain"), "hd.example.cn");
  EXPECT_EQ(page.at("counts.contacts").as_int64(), 1);
  EXPECT_EQ(page.at("counts.sites").as_int64(), 1);
  EXPECT_EQ(page.text("allowed.0"), "change");
  auto changed = desk->patch(path("customers", id), R"({"short_name":null,"active":false})", agent);
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_TRUE(changed.at("short_name").is_null());
  EXPECT_EQ(desk->patch(path("customers", id), R"({"region":77})", agent).reason(),
            "unknown_region");
  EXPECT_EQ(desk->patch(path("customers", id), R"({"folded_name":"x"})", agent).status, 400);
}

TEST_P(Customers, AreListedFilteredAndPaged) {
  for (auto name : {"甲公司", "Beta Ltd", "乙_公司", "Beta Works"}) customer(name);
  made("/customers", R"({"name":"丙","tier":"gold","phone":"13800138000"})");
  auto count = [&](const char* query) {
    auto answer = desk->get("/customers?" + std::string(query), agent);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return items(answer);
  };
  EXPECT_EQ(count(""), 5u);
  EXPECT_EQ(count("q=beta"), 2u);
  EXPECT_EQ(count("q=%E5%85%AC%E5%8F%B8"), 2u);
  EXPECT_EQ(count("q=_"), 1u) << "a sign of LIKE stands for itself";
  EXPECT_EQ(count("q=%25"), 0u);
  EXPECT_EQ(count("q=138-0013"), 1u);
  EXPECT_EQ(count("tier=gold"), 1u);
  EXPECT_EQ(count("active=false"), 0u);
  auto first = desk->get("/customers?limit=2&sort=-created_at&count=true", agent);
  EXPECT_EQ(first.at("total").as_int64(), 5);
  auto rest = desk->get("/customers?limit=3&sort=-created_at&cursor=" + first.text("next"), agent);
  EXPECT_EQ(items(rest), 3u) << rest.body;
  EXPECT_TRUE(rest.at("next").is_null());
  EXPECT_EQ(desk->get("/customers?sort=notes", agent).status, 400);
}

TEST_P(Customers, AreFoundByTheInitialsOfTheirNames) {
  auto id = made("/customers", R"({"name":"华东精密制造有限公司","short_name":"华东精密"})");
  auto person = contact(R"("name":"单志远")", id);
  EXPECT_EQ(desk->get("/customers?q=hdjm", agent).text("items.0.initials"), "hdjmzzyxgs hdjm");
  EXPECT_EQ(desk->get("/contacts?q=SZY", agent).text("items.0.initials"), "szy");
  EXPECT_EQ(desk->get(path("contacts", person), agent).text("initials"), "szy");
  EXPECT_EQ(items(desk->get("/customers?q=hdxx", agent)), 0u);
  desk->patch(path("contacts", person), R"({"name":"曾志远"})", agent);
  EXPECT_EQ(items(desk->get("/contacts?q=szy", agent)), 0u);
  EXPECT_EQ(items(desk->get("/contacts?q=zzy", agent)), 1u);
}

TEST_P(Customers, Sec2SeeTheirOwnOnly) {
  auto a = made("/customers", R"({"name":"A","tier":"gold","notes":"CNRY-1","phone":"110120119"})");
  auto b = customer("B");
  auto a1 = contact(R"("name":"a1","wechat_openid":"CNRY-2")", a);
  auto a2 = contact(R"("name":"a2")", a, true);
  auto b1 = contact(R"("name":"b1")", b);
  auto as_a1 = portal(a1), as_a2 = portal(a2);
  EXPECT_EQ(items(desk->get("/customers", as_a1)), 1u);
  EXPECT_EQ(desk->get(path("customers", b), as_a1).status, 404);
  auto page = desk->get(path("customers", a), as_a1);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body.find("CNRY"), std::string::npos) << page.body;
  EXPECT_EQ(page.body.find("gold"), std::string::npos) << page.body;
  EXPECT_EQ(desk->get("/customers?tier=gold", as_a1).status, 403);
  EXPECT_EQ(desk->get("/customers?region=1", as_a1).status, 403);
  EXPECT_EQ(items(desk->get("/contacts", as_a1)), 1u) << "himself";
  EXPECT_EQ(items(desk->get("/contacts", as_a2)), 2u) << "a lead sees the people";
  EXPECT_EQ(desk->get(path("contacts", b1), as_a2).status, 404);
  EXPECT_EQ(desk->get("/contacts?customer=" + std::to_string(b), as_a2).status, 404);
  EXPECT_EQ(items(desk->get("/contacts/lookup?name=b1", as_a2)), 0u);
  EXPECT_EQ(desk->get(path("contacts", a1), as_a2).body.find("CNRY"), std::string::npos);
  EXPECT_EQ(desk->get(path("customers", a, "/notes"), as_a2).status, 404);
  EXPECT_EQ(desk->get(path("customers", a, "/dates"), as_a2).status, 404);
  EXPECT_EQ(desk->post(path("customers", a, "/notes"), R"({"body":"x"})", as_a2).status, 404);
  EXPECT_EQ(desk->patch(path("customers", a), R"({"name":"x"})", as_a2).status, 403);
}

TEST_P(Customers, MembershipsElsewhereStayHidden) {
  auto a = customer("A"), b = customer("CNRY-B");
  auto lead = contact(R"("name":"lead")", a, true);
  auto both = contact(R"("name":"both")", a);
  auto put = desk->put(path("contacts", both, "/customers"),
                       R"({"customers":[{"customer":)" + std::to_string(a) + R"(},{"customer":)" +
                           std::to_string(b) + R"(,"main":true}]})",
                       agent);
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(put.at("customers.0.customer").as_int64(), b);
  auto seen = desk->get(path("contacts", both), portal(lead));
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.body.find("CNRY"), std::string::npos) << seen.body;
}

TEST_P(Customers, ChangeTheirOwnProfile) {
  auto a = customer("A");
  auto me = portal(contact(R"("name":"a1","email":"a1@a.cn")", a));
  EXPECT_EQ(desk->get("/me/contact", me).text("name"), "a1");
  auto changed = desk->patch("/me/contact", R"({"mobile":"13800138000","locale":"en"})", me);
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.text("mobile"), "13800138000");
  EXPECT_EQ(desk->patch("/me/contact", R"({"email":"x@y.cn"})", me).status, 400);
  EXPECT_EQ(desk->patch("/me/contact", R"({"locale":"xx"})", me).status, 400);
  EXPECT_EQ(desk->get("/me/contact", agent).reason(), "not_a_contact");
}

TEST_P(Customers, Cus5SayHowTheyWantToBeTreated) {
  auto a = customer("A");
  auto a1 = contact(R"("name":"a1","form_of_address":"李主任")", a);
  auto a2 = contact(R"("name":"a2")", a, true);
  auto as_a1 = portal(a1), as_a2 = portal(a2);
  auto said = R"({"channel":"wechat","quiet_from":"22:00","quiet_to":"07:00",
                  "please_do_not":["call before nine"]})";
  EXPECT_EQ(desk->put(path("contacts", a1, "/preferences"), said, as_a1).status, 200);
  EXPECT_EQ(desk->put(path("contacts", a1, "/preferences"), said, as_a2).status, 403);
  EXPECT_EQ(desk->put(path("customers", a, "/preferences"), said, as_a1).status, 403);
  auto of_a = desk->put(path("customers", a, "/preferences"),
                        R"({"channel":"email","telling":"answer_first"})", as_a2);
  EXPECT_EQ(of_a.status, 200) << of_a.body;
  auto page = desk->get(path("contacts", a1, "/preferences"), agent);
  EXPECT_EQ(page.text("effective.channel"), "wechat");
  EXPECT_EQ(page.text("effective.telling"), "answer_first");
  EXPECT_EQ(page.text("effective.form_of_address"), "李主任");
  EXPECT_TRUE(page.at("said.telling").is_null());
  EXPECT_EQ(desk->get(path("customers", a), agent).text("preferences.channel"), "email");
  EXPECT_EQ(desk->put(path("contacts", a1, "/preferences"), R"({"quiet_from":"9"})", agent).status,
            400);
  EXPECT_EQ(desk->put(path("contacts", 999, "/preferences"), said, agent).status, 404);
}

TEST_P(Customers, Int3AreRecognised) {
  auto a = made("/customers", R"({"name":"A","email_domain":"a.cn"})");
  auto a1 = contact(R"("name":"a1","email":"Li@A.cn","mobile":"+86 138 0013 8000")", a);
  contact(R"("name":"a2","phone":"0591-87654321")", a);
  contact(R"("name":"a3","phone":"059187654321")", a);
  desk->read([&](Reader& reader) {
    EXPECT_EQ(contact_with_email(reader, "li@a.cn"), (Id<Contact>{a1}));
    EXPECT_EQ(contact_with_phone(reader, "13800138000"), (Id<Contact>{a1}));
    EXPECT_FALSE(contact_with_phone(reader, "0591 8765 4321")) << "two share it";
    EXPECT_FALSE(contact_with_email(reader, "nobody@a.cn"));
    EXPECT_EQ(customer_with_email_domain(reader, "nobody@A.CN"), (Id<Customer>{a}));
    EXPECT_EQ(main_customer(reader, {a1}), (Id<Customer>{a}));
  });
}

TEST_P(Customers, Cus4DuplicatesAreFound) {
  auto a = customer("华东医院"), b = customer("华东医院有限公司");
  customer("华南医院");
  contact(R"("name":"李伟","mobile":"13800138000")", a);
  contact(R"("name":"小李","phone":"+86 13800138000")", b);
  contact(R"("name":"王 芳")", a);
  contact(R"("name":"王芳")", a);
  contact(R"("name":"王芳")", b);
  auto customers = desk->get("/customers/duplicates", agent);
  ASSERT_EQ(items(customers), 1u) << customers.body;
  EXPECT_EQ(customers.at("items.0.customers").as_array().size(), 2u);
  auto contacts = desk->get("/contacts/duplicates", agent);
  ASSERT_EQ(items(contacts), 2u) << contacts.body;
  EXPECT_EQ(contacts.text("items.0.by"), "phone");
  EXPECT_EQ(contacts.at("items.1.contacts").as_array().size(), 2u) << contacts.body;
  auto like = desk->get("/contacts/lookup?phone=138-0013-8000&name=%E6%9D%8E%E4%BC%9F", agent);
  ASSERT_EQ(items(like), 2u) << like.body;
  EXPECT_EQ(like.text("items.0.name"), "李伟") << "more speaks for him";
  EXPECT_EQ(items(desk->get("/customers/lookup?name=%E5%8D%8E%E4%B8%9C%E5%8C%BB%E9%99%A2", agent)),
            2u);
}

TEST_P(Customers, Cus4AreMergedAndTheMergeIsUndone) {
  auto a = customer("A"), b = customer("B");
  auto a1 = contact(R"("name":"a1")", a);
  auto b1 = contact(R"("name":"b1","email":"b1@b.cn")", b, true);
  auto site = made("/sites", R"({"customer":)" + std::to_string(b) + R"(,"name":"B site"})");
  desk->put(path("contacts", a1, "/customers"),
            R"({"customers":[{"customer":)" + std::to_string(a) + R"(},{"customer":)" +
                std::to_string(b) + R"(,"lead":true,"main":true}]})",
            agent);
  desk->put(path("customers", b, "/preferences"), R"({"channel":"visit"})", agent);
  const std::vector<std::string> tables{"contact_customers", "sites", "preference_sheets"};
  auto merged = desk->post(path("customers", a, "/merges"),
                           R"({"other":)" + std::to_string(b) + "}", agent);
  ASSERT_EQ(merged.status, 201) << merged.body;
  EXPECT_EQ(desk->get(path("sites", site), agent).at("customer").as_int64(), a);
  auto first = desk->get(path("contacts", a1), agent);
  ASSERT_EQ(first.at("customers").as_array().size(), 1u) << first.body;
  EXPECT_TRUE(first.at("customers.0.lead").as_bool());
  EXPECT_EQ(desk->get(path("contacts", b1), agent).at("customers.0.customer").as_int64(), a);
  EXPECT_EQ(desk->get(path("customers", b), agent).at("merged_into").as_int64(), a);
  EXPECT_EQ(items(desk->get("/customers", agent)), 1u);
  EXPECT_EQ(desk->get(path("customers", a), agent).text("preferences.channel"), "visit");
  EXPECT_EQ(desk->patch(path("customers", b), R"({"name":"x"})", agent).reason(),
            "customer_is_merged");
  auto again = desk->post(path("customers", a, "/merges"), R"({"other":)" + std::to_string(b) + "}",
                          agent);
  EXPECT_EQ(again.reason(), "already_merged");

  auto undo = path("customers", a, "/merges/") + std::to_string(merged.id()) + "/undo";
  ASSERT_EQ(desk->post(undo, "{}", agent).status, 200);
  EXPECT_EQ(desk->get(path("sites", site), agent).at("customer").as_int64(), b);
  first = desk->get(path("contacts", a1), agent);
  EXPECT_EQ(first.at("customers").as_array().size(), 2u);
  EXPECT_EQ(first.at("customers.0.customer").as_int64(), b) << "main again";
  EXPECT_FALSE(first.at("customers.1.lead").as_bool());
  EXPECT_TRUE(desk->get(path("customers", b), agent).at("active").as_bool());
  EXPECT_EQ(desk->post(undo, "{}", agent).reason(), "already_undone");
}

TEST_P(Customers, MergesNeedBothEndsAndHaveATimeToBeUndone) {
  auto a = customer("A"), b = customer("B");
  auto body = R"({"other":)" + std::to_string(b) + "}";
  EXPECT_EQ(desk->post(path("customers", b, "/merges"), body, agent).reason(), "same_record");
  EXPECT_EQ(desk->post(path("customers", a, "/merges"), R"({"other":999})", agent).status, 404);
  auto merged = desk->post(path("customers", a, "/merges"), body, agent);
  desk->advance(days(31));
  auto undo = path("customers", a, "/merges/") + std::to_string(merged.id()) + "/undo";
  EXPECT_EQ(desk->post(undo, "{}", agent).reason(), "too_late");
  EXPECT_EQ(desk->post(path("customers", b, "/merges/1/undo"), "{}", agent).status, 404);
}

TEST_P(Customers, Cus4ContactsAreMergedAndFoundByTheirOldAddress) {
  auto a = customer("A"), b = customer("B");
  auto a1 = contact(R"("name":"a1","email":"new@a.cn")", a);
  auto b1 = contact(R"("name":"b1","email":"old@a.cn")", b);
  auto merged = desk->post(path("contacts", a1, "/merges"),
                           R"({"other":)" + std::to_string(b1) + "}", agent);
  ASSERT_EQ(merged.status, 201) << merged.body;
  desk->read([&](Reader& reader) {
    EXPECT_EQ(contact_with_email(reader, "old@a.cn"), (Id<Contact>{a1}));
  });
  EXPECT_EQ(desk->get(path("contacts", a1), agent).at("customers").as_array().size(), 2u);
  EXPECT_EQ(items(desk->get("/contacts", agent)), 1u);
  auto undo = path("contacts", a1, "/merges/") + std::to_string(merged.id()) + "/undo";
  ASSERT_EQ(desk->post(undo, "{}", agent).status, 200);
  desk->read([&](Reader& reader) {
    EXPECT_EQ(contact_with_email(reader, "old@a.cn"), (Id<Contact>{b1}));
  });
  EXPECT_EQ(desk->get(path("contacts", a1), agent).at("customers").as_array().size(), 1u);
}

TEST_P(Customers, Sec6NumbersAreMaskedByRole) {
  auto a = customer("A");
  auto a1 = contact(R"("name":"a1","email":"secret@a.cn","mobile":"13800138000")", a);
  auto actor = desk->staff(Scope::all, {"customers.read", "customers.manage"});
  actor.sees_private_details = false;
  auto masked = desk->sign_in(actor);
  auto page = desk->get(path("contacts", a1), masked);
  EXPECT_EQ(page.text("mobile"), "138****8000");
  EXPECT_EQ(page.text("email"), "s***@a.cn");
  EXPECT_EQ(items(desk->get("/contacts?q=1380", masked)), 0u) << "nor guessed by digits";
  EXPECT_EQ(items(desk->get("/contacts?q=1380", agent)), 1u);
}

TEST_P(Customers, NotesAndDatesAreKept) {
  std::int64_t user = 0;
  desk->change([&](Change& change) {
    accounts::NewUser input;
    input.login = {"li"};
    input.name = {"Li"};
    user = accounts::add_user(change, input, "").value;
  });
  auto li = desk->sign_in(desk->staff(Scope::own, {"customers.read"}, user));
  auto a = customer("A");
  auto note = desk->post(path("customers", a, "/notes"), R"({"body":"likes tea"})", li);
  ASSERT_EQ(note.status, 201) << note.body;
  EXPECT_EQ(items(desk->get(path("customers", a, "/notes"), agent)), 1u);
  EXPECT_EQ(desk->patch(path("customer-notes", note.id()), R"({"body":"x"})", agent).reason(),
            "not_the_author");
  EXPECT_EQ(desk->patch(path("customer-notes", note.id()), R"({"body":"tea"})", li).status, 200);
  EXPECT_EQ(desk->del(path("customer-notes", note.id()), li).status, 204);
  auto date = desk->post(path("customers", a, "/dates"),
                         R"({"name":"院庆","day":"2026-10-01","every_year":true})", li);
  ASSERT_EQ(date.status, 201) << date.body;
  EXPECT_EQ(items(desk->get(path("customers", a, "/dates"), agent)), 1u);
  EXPECT_EQ(desk->del(path("customer-dates", date.id()), li).status, 204);
}

}  // namespace
}  // namespace baijin::customers
