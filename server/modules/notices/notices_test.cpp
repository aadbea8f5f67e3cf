// Who is told of what, and who sees it. NOT-1, N1, N2.
#include "modules/notices/test_desk.h"

namespace baijin::notices {
namespace {

class Notices : public NoticeDesk {};
BAIJIN_ON_BOTH_ENGINES(Notices)

TEST_P(Notices, NOT1_TellOfAssignments) {
  auto ticket = opened(chief);
  assign(ticket, anna_user, chief, R"(,"team":)" + std::to_string(team));
  EXPECT_EQ(unread(anna), Lines{"assigned_to_me by chief ×1"});
  EXPECT_EQ(unread(chief), Lines{}) << "nobody is told of his own doings";
  auto answer = desk->get("/my/notices", anna);
  EXPECT_EQ(answer.text("items.0.subject"), "ticket:" + std::to_string(ticket));
  EXPECT_EQ(answer.text("items.0.title"), "Pump in bay 7");
  EXPECT_EQ(answer.text("items.0.assignee_name"), "anna");
  assign(ticket, ben_user, chief);
  EXPECT_EQ(unread(ben), Lines{"assigned_to_me by chief ×1"});
  EXPECT_EQ(unread(anna), (Lines{"handed_over by chief ×1", "assigned_to_me by chief ×1"}));
  auto own = opened(chief);
  assign(own, chief_user, chief);
  EXPECT_EQ(unread(chief), Lines{});
}

TEST_P(Notices, NOT1_TellTheTeamWhatNobodyHas) {
  auto ticket = opened(clerk);
  EXPECT_EQ(count(anna) + count(ben), 0) << "it has no team yet";
  done(desk->post(path(ticket, "/assignments"), R"({"team":)" + std::to_string(team) + "}", chief));
  EXPECT_EQ(unread(anna), Lines{"opened_for_my_team by chief ×1"});
  EXPECT_EQ(unread(ben), Lines{"opened_for_my_team by chief ×1"});
  EXPECT_EQ(unread(carl), Lines{});
  say(ticket, clerk, "reply");
  EXPECT_EQ(unread(anna).front(), "customer_answered by Clerk Chen ×1");
  assign(ticket, ben_user, ben);
  say(ticket, clerk, "reply");
  EXPECT_EQ(unread(ben).front(), "customer_answered by Clerk Chen ×2");
  EXPECT_EQ(unread(anna).front(), "customer_answered by Clerk Chen ×1");
  auto direct = opened(chief, R"(,"team":)" + std::to_string(team));
  EXPECT_NE(direct, 0);
  EXPECT_EQ(unread(anna).front(), "opened_for_my_team by chief ×1");
}

TEST_P(Notices, NOT1_TellOfOpeningWhatWasThen) {
  auto body = R"({"service_type":)" + std::to_string(question) + R"(,"subject":"Q"})";
  auto ticket = desk->post("/tickets", body, chief).id();
  desk->post(
      path(ticket, "/assignments"),
      R"({"team":)" + std::to_string(team) + R"(,"assignee":)" + std::to_string(anna_user) + "}",
      chief);
  desk->settle();  // only now anybody looks
  EXPECT_EQ(unread(anna), Lines{"assigned_to_me by chief ×1"});
  EXPECT_EQ(unread(ben), Lines{});
}

TEST_P(Notices, NOT1_TellOnceOfOneAct) {
  auto ticket = opened(chief, R"(,"assignee":)" + std::to_string(anna_user));
  read_all(anna);
  say(ticket, chief, "note", R"(,"mentions":[)" + std::to_string(anna_user) + "]");
  EXPECT_EQ(unread(anna), Lines{"mentioned by chief ×1"}) << "and not that there is a note";
  say(ticket, chief, "note", R"(,"mentions":[)" + std::to_string(anna_user) + "]");
  EXPECT_EQ(unread(anna), Lines{"mentioned by chief ×2"});
  assign(ticket, ben_user, chief, R"(,"hand_over_note":"over to you")");
  EXPECT_EQ(unread(ben), Lines{"assigned_to_me by chief ×1"}) << "the note is part of it";
}

TEST_P(Notices, FoldWhileTheyAreUnread) {
  auto ticket = opened(clerk);
  assign(ticket, anna_user, chief);
  read_all(anna);
  EXPECT_EQ(count(anna), 0);
  for (int i = 0; i < 3; ++i) say(ticket, clerk, "reply");
  EXPECT_EQ(unread(anna), Lines{"customer_answered by Clerk Chen ×3"});
  auto id = desk->get("/my/notices", anna).at("items.0.id").to_number<std::int64_t>();
  auto left = done(
      desk->post("/my/notices/read", R"({"notices":[)" + std::to_string(id) + "]}", anna));
  EXPECT_EQ(left.at("unread").to_number<int>(), 0);
  say(ticket, clerk, "reply");
  EXPECT_EQ(unread(anna), Lines{"customer_answered by Clerk Chen ×1"});
  auto all = desk->get("/my/notices?count=true", anna);
  EXPECT_EQ(all.at("total").to_number<int>(), 3);
  EXPECT_TRUE(all.at("items.0.read_at").is_null());
  EXPECT_TRUE(all.at("items.1.read_at").is_string());
}

TEST_P(Notices, NOT1_TellThoseWhoFollow) {
  auto ticket = opened(clerk, "");
  assign(ticket, anna_user, chief);
  done(desk->post(path(ticket, "/watchers"), R"({"member":)" + std::to_string(carl_user) + "}",
                  chief));
  read_all(anna);
  say(ticket, anna, "reply");
  EXPECT_EQ(unread(carl), Lines{}) << "it can still be taken back";
  desk->advance(seconds(10));
  EXPECT_EQ(unread(carl), Lines{"watched_ticket_replied by anna ×1"});
  EXPECT_EQ(unread(anna), Lines{});
  say(ticket, carl, "note");
  EXPECT_EQ(unread(anna), Lines{"watched_ticket_noted by carl ×1"});
}

TEST_P(Notices, NOT1_TellWhatTheCustomerThinksOfIt) {
  auto ticket = opened(clerk, "");
  assign(ticket, anna_user, chief, R"(,"team":)" + std::to_string(team));
  offer(ticket);
  read_all(anna);
  done(desk->post(path(ticket, "/confirmations"), R"({"solved":false})", clerk));
  EXPECT_EQ(unread(anna), Lines{"reopened by Clerk Chen ×1"}) << "it was not solved";
  read_all(anna);
  done(desk->post(path(ticket, "/transitions"),
                  R"({"to":"awaiting_customer","fields":{"solution":"F6."}})", chief));
  done(desk->post(path(ticket, "/confirmations"), R"({"solved":true,"rating":2})", clerk));
  EXPECT_EQ(unread(anna), Lines{"low_rating by Clerk Chen ×1"});
  EXPECT_EQ(unread(ben), Lines{"low_rating by Clerk Chen ×1"}) << "he leads the team";
  read_all(anna);
  say(ticket, clerk, "reply");
  EXPECT_EQ(unread(anna), Lines{"reopened by Clerk Chen ×1"}) << "answering took it up again";
}

TEST_P(Notices, NOT1_TellTheAssigneeOfSilence) {
  auto ticket = opened(clerk, "");
  assign(ticket, anna_user, chief);
  offer(ticket);
  read_all(anna);
  desk->advance(days(2));
  EXPECT_EQ(unread(anna), Lines{"closing_reminder by  ×2"});
}

TEST_P(Notices, N2_ShowOnlyWhatOneMaySeeNow) {
  auto ticket = opened(clerk);
  say(ticket, chief, "note", R"(,"mentions":[)" + std::to_string(carl_user) + "]");
  EXPECT_EQ(unread(carl), Lines{"mentioned by chief ×1"});
  auto watcher = path(ticket, "/watchers/" + std::to_string(carl_user));
  done(desk->del(watcher, chief));
  EXPECT_EQ(unread(carl), Lines{});
  EXPECT_EQ(desk->get("/my/notices?count=true", carl).at("total").to_number<int>(), 0);
  done(desk->patch(path(ticket), R"({"subject":"Another title"})", chief));
  done(desk->post(path(ticket, "/watchers"), R"({"member":)" + std::to_string(carl_user) + "}",
                  chief));
  EXPECT_EQ(desk->get("/my/notices", carl).text("items.0.title"), "Another title");
}

TEST_P(Notices, N1_HoldNothingOfTheTicket) {
  auto ticket = opened(clerk);
  say(ticket, chief, "note", R"(,"mentions":[)" + std::to_string(carl_user) + "]");
  auto rows = desk->rows_of({"notices"});
  EXPECT_EQ(rows.find("Pump"), std::string::npos) << rows;
  EXPECT_NE(rows.find("chief"), std::string::npos);
}

TEST_P(Notices, N2_TellNobodyWhoMayNotSeeIt) {
  auto ticket = opened(clerk, "");
  done(desk->post(path(ticket, "/watchers"), R"({"member":)" + std::to_string(carl_user) + "}",
                  chief));
  done(desk->post("/users/" + std::to_string(carl_user) + "/deactivation", "", chief));
  say(ticket, clerk, "reply");
  done(desk->post("/users/" + std::to_string(carl_user) + "/activation", "", chief));
  EXPECT_EQ(unread(carl), Lines{});
}

TEST_P(Notices, AreTheirMembersAlone) {
  auto ticket = opened(clerk);
  assign(ticket, anna_user, chief);
  auto id = desk->get("/my/notices", anna).at("items.0.id").to_number<std::int64_t>();
  EXPECT_EQ(unread(chief), Lines{}) << "he sees every ticket, and yet not her notices";
  auto body = R"({"notices":[)" + std::to_string(id) + "]}";
  EXPECT_EQ(desk->post("/my/notices/read", body, chief).status, 404);
  EXPECT_EQ(desk->post("/my/notices/read", body, ben).status, 404);
  EXPECT_EQ(count(anna), 1);
  Actor sees_all;
  desk->read([&](Reader& reader) { sees_all = accounts::actor_for(reader, {chief_user}); });
  EXPECT_EQ(sees_all.scope, Scope::all);
  desk->change([&](Change& change) {
    change.as(sees_all, [&](Change& own) { EXPECT_FALSE(own.sees({"notice", id})); });
  });
  for (auto route : {"/my/notices", "/my/notices/count", "/my/notice-settings"}) {
    EXPECT_EQ(desk->get(route, clerk).reason(), "not_for_customers");
    EXPECT_EQ(desk->get(route).status, 401);
  }
  EXPECT_EQ(desk->post("/my/notices/read", body, clerk).reason(), "not_for_customers");
  EXPECT_EQ(desk->post("/my/notices/read", "{}", anna).reason(), "required");
}

TEST_P(Notices, NOT1_AreWhatOneWants) {
  auto settings = desk->get("/my/notice-settings", anna);
  EXPECT_EQ(settings.at("version").to_number<int>(), 0);
  EXPECT_EQ(settings.text("settings.kinds.0.kind"), "assigned_to_me");
  EXPECT_TRUE(settings.at("settings.kinds.0.in_app").as_bool());
  const std::string usual =
      R"("mail_pace":"daily","daily_minute":510,"quiet_from_minute":1260,"quiet_to_minute":480)";
  want(anna, usual + R"(,"kinds":[{"kind":"assigned_to_me","in_app":false,"mail":false}])");
  auto ticket = opened(clerk);
  assign(ticket, anna_user, chief);
  EXPECT_EQ(unread(anna), Lines{});
  say(ticket, clerk, "reply");
  EXPECT_EQ(unread(anna), Lines{"customer_answered by Clerk Chen ×1"});
  auto kept = desk->get("/my/notice-settings", anna);
  EXPECT_EQ(kept.at("version").to_number<int>(), 1);
  EXPECT_FALSE(kept.at("settings.kinds.0.in_app").as_bool());
  EXPECT_EQ(kept.text("settings.mail_pace"), "daily");
  for (auto wrong : {R"(,"kinds":[{"kind":"nonsense","in_app":true,"mail":true}])",
                     R"(,"quiet_hours":true,"unknown":1)"}) {
    EXPECT_EQ(desk->put("/my/notice-settings", "{" + usual + wrong + "}", anna).status, 400);
  }
  auto stale = desk->ask({Method::put,
                          "/my/notice-settings",
                          "{" + usual + "}",
                          anna,
                          {{"if-match", "\"7\""}},
                          "",
                          false});
  EXPECT_EQ(stale.status, 409) << stale.body;
}

TEST_P(Notices, DoNotTellOfWhatWasImported) {
  desk->change([&](Change& change) {
    tickets::NewTicket old;
    old.service_type = {question};
    old.subject = {"Long ago"};
    old.body = Html<100'000>{"<p>x</p>"};
    old.assignee = Id<accounts::User>{anna_user};
    tickets::Origin origin;
    origin.by = Id<accounts::User>{chief_user};
    origin.at = change.now() - days(400);
    auto ticket = tickets::open_ticket(change, old, origin);
    tickets::NewMessage message;
    message.body = {"<p>y</p>"};
    origin.contact = Id<customers::Contact>{contact};
    tickets::add_message(change, ticket.id, message, origin);
  });
  desk->settle();
  EXPECT_EQ(unread(anna), Lines{});
}

TEST_P(Notices, GoWhenTheyAreOld) {
  auto ticket = opened(clerk);
  assign(ticket, anna_user, chief);
  say(ticket, clerk, "reply");
  auto read = desk->get("/my/notices", anna).at("items.0.id").to_number<std::int64_t>();
  done(desk->post("/my/notices/read", R"({"notices":[)" + std::to_string(read) + "]}", anna));
  auto left = [&] {
    return desk->get("/my/notices?count=true", anna).at("total").to_number<int>();
  };
  desk->advance(days(89));
  EXPECT_EQ(left(), 2);
  desk->advance(days(2));
  EXPECT_EQ(left(), 1);
  desk->advance(days(280));
  EXPECT_EQ(left(), 0);
}

TEST_P(Notices, AreToldToTheirMembersLines) {
  auto ticket = opened(clerk);
  assign(ticket, anna_user, chief);
  auto id = desk->get("/my/notices", anna).at("items.0.id").to_number<std::int64_t>();
  auto subject = "notice:" + std::to_string(id);
  EXPECT_EQ(desk->events(subject), Lines{"notices.added"});
  read_all(anna);
  EXPECT_EQ(desk->events(subject), (Lines{"notices.added", "notices.read"}));
}

}  // namespace
}  // namespace baijin::notices
