// The promise: two people at one ticket see each other and never overwrite each other; news comes
// by itself, to those who may know it and to nobody else. TKT-5, PLT-2; W1, W2, Z8.
#include "cast.h"
#include "testing/live_view.h"

namespace baijin::stories {
namespace {

bool about(const boost::json::object& message, const std::string& kind,
           const std::string& subject) {
  const auto* said = message.if_contains("kind");
  return said && said->as_string() == kind && message.at("subject").as_string() == subject;
}

// Two agents, a customer with a ticket, another customer.
class Office {
 public:
  Office() : admin(desk.admin()) {
    auto mine = add_customer(admin, "甲公司");
    auto contact = add_contact(admin, "甲一", mine);
    li = person(admin, {"li", "李娜", {"duty_manager"}}, &li_id);
    wu = person(admin, {"wu", "吴刚", {"duty_manager"}}, &wu_id);
    customer = person(admin, {"jia", "甲一", {"contact"}, {}, contact});
    auto other = add_contact(admin, "乙一", add_customer(admin, "乙公司"));
    stranger = person(admin, {"yi", "乙一", {"contact"}, {}, other});
    ticket = open_ticket(customer, {});
    path = "/tickets/" + std::to_string(ticket);
    subject = "ticket:" + std::to_string(ticket);
  }
  RunningDesk desk;
  Browser admin;
  Browser li{""}, wu{""}, customer{""}, stranger{""};
  std::int64_t ticket = 0, li_id = 0, wu_id = 0;
  std::string path, subject;
};

TEST(Collision, PLT_2_the_second_change_does_not_overwrite_the_first) {
  Office office;
  auto seen = office.li.get(office.path).header("ETag");
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(office.wu.patch(office.path, {{"subject", "吴刚改的"}}, {{"If-Match", seen}}).status,
            200);
  auto late = office.li.patch(office.path, {{"subject", "李娜改的"}}, {{"If-Match", seen}});
  EXPECT_EQ(late.status, 409) << late.body;
  EXPECT_EQ(late.reason(), "changed_meanwhile");
  auto now = office.li.get(office.path);
  EXPECT_EQ(now.text("subject"), "吴刚改的");
  EXPECT_EQ(
      office.li.patch(office.path, {{"subject", "李娜改的"}}, {{"If-Match", now.header("ETag")}})
          .status,
      200);
}

TEST(Collision, TKT_5_one_sees_who_else_is_there_and_writing) {
  Office office;
  LiveView li(office.li), wu(office.wu), customer(office.customer);
  ASSERT_TRUE(li.open() && wu.open() && customer.open());
  li.say({{"watch", office.subject}});
  customer.say({{"watch", office.subject}});
  wu.say({{"watch", office.subject}});
  wu.say({{"writing", "reply"}});
  auto shown = li.next_with([&](const boost::json::object& message) {
    const auto* present = message.if_contains("present");
    if (!present || present->as_array().size() != 2) return false;
    for (const auto& one : present->as_array()) {
      if (one.at("name").as_string() == "吴刚") return one.at("writing") == "reply";
    }
    return false;
  });
  EXPECT_TRUE(shown) << "the first one sees the second one writing";
  EXPECT_FALSE(customer.next_with(
      [](const boost::json::object& message) { return message.contains("present"); }, 500))
      << "customers do not see who of the staff is there";
  wu.say({{"leave", true}});
  EXPECT_TRUE(li.next_with([](const boost::json::object& message) {
    const auto* present = message.if_contains("present");
    return present && present->as_array().size() == 1;
  }));
}

TEST(Collision, W2_news_reach_only_those_who_may_know) {
  Office office;
  LiveView li(office.li), customer(office.customer), stranger(office.stranger);
  ASSERT_TRUE(li.open() && customer.open() && stranger.open());
  made(office.wu.post(office.path + "/messages", {{"kind", "note"}, {"body", "<p>内部</p>"}}));
  made(office.wu.post(office.path + "/messages",
                      {{"kind", "reply"}, {"body", "<p>您好</p>"}, {"undo_seconds", 0}}));
  auto hears = [&](LiveView& view, const std::string& kind, int wait_ms) {
    return view.next_with([&](const auto& m) { return about(m, kind, office.subject); }, wait_ms)
        .has_value();
  };
  EXPECT_TRUE(hears(li, "tickets.noted", 3'000));
  EXPECT_TRUE(hears(li, "tickets.replied", 3'000));
  std::vector<std::string> heard;
  while (auto message = customer.next(1'000)) {
    if (const auto* kind = message->as_object().if_contains("kind")) {
      heard.emplace_back(kind->as_string());
    }
  }
  EXPECT_NE(std::find(heard.begin(), heard.end(), "tickets.replied"), heard.end());
  EXPECT_EQ(std::find(heard.begin(), heard.end(), "tickets.noted"), heard.end());
  // The desk's own name and sign were set a moment ago: everybody may know those.
  auto overheard = stranger.next_with(
      [](const auto& message) {
        const auto* kind = message.if_contains("kind");
        return !kind || !kind->as_string().starts_with("organisation.");
      },
      200);
  EXPECT_FALSE(overheard) << (overheard ? boost::json::serialize(*overheard) : "");
  stranger.say({{"watch", office.subject}});
  EXPECT_EQ(stranger.closed_with(2'000), 1008);
}

TEST(Collision, W1_a_foreign_page_gets_no_line) {
  Office office;
  for (auto origin : {"https://evil.example", "null", "http://127.0.0.1.evil.example", ""}) {
    LiveView view(office.li, {{"Origin", origin}});
    EXPECT_EQ(view.handshake().status, 403) << origin;
  }
  LiveView own(office.li, {{"Origin", "http://" + office.desk.address()}});
  EXPECT_TRUE(own.open());
  LiveView cross(office.li, {{"Sec-Fetch-Site", "cross-site"}});
  EXPECT_EQ(cross.handshake().status, 403);
  EXPECT_EQ(LiveView(office.desk.stranger()).handshake().status, 401);
}

TEST(Collision, Z8_a_session_taken_away_closes_its_line_within_two_seconds) {
  Office office;
  LiveView li(office.li), wu(office.wu);
  ASSERT_TRUE(li.open() && wu.open());
  li.say({{"watch", office.subject}});
  ASSERT_TRUE(li.next());
  EXPECT_EQ(office.admin.del("/users/" + std::to_string(office.li_id) + "/sessions").status, 204);
  EXPECT_EQ(li.closed_with(2'000), 4401);
  EXPECT_FALSE(wu.closed_with(200)) << "the others stay";
  // A role that is taken away counts as soon.
  auto path = "/users/" + std::to_string(office.wu_id);
  auto changed = office.admin.patch(path, {{"roles", {"agent"}}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(wu.closed_with(2'000), 4401) << "a changed role ends the sessions";
}

}  // namespace
}  // namespace baijin::stories
