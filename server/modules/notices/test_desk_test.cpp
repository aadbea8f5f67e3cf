#include "modules/notices/test_desk.h"

#include "mime/read.h"

namespace baijin::notices {

using testing::Answer;

void NoticeDesk::SetUp() {
  desk = &open({{"search", search::install},
                {"accounts", accounts::install},
                {"customers", customers::install},
                {"products", products::install},
                {"catalogue", catalogue::install},
                {"files", files::install},
                {"organisation", organisation::install},
                {"tickets", tickets::install},
                {"portal", portal::install},
                {"mail", mail::install},
                {"notices", notices::install}});
  chief_user = add_staff("chief", "admin");
  anna_user = add_staff("anna", "engineer");
  ben_user = add_staff("ben", "engineer");
  carl_user = add_staff("carl", "engineer");
  chief = sign_in(chief_user), anna = sign_in(anna_user);
  ben = sign_in(ben_user), carl = sign_in(carl_user);
  customer = done(desk->post("/customers", R"({"name":"永安县医院"})", chief)).id();
  contact = done(desk->post("/contacts",
                            R"({"name":"Clerk Chen","customers":[{"customer":)" +
                                std::to_string(customer) + "}]}",
                            chief))
                .id();
  desk->change([&](Change& change) {
    auto made = accounts::make_team(change, {"Hotline"}, {});
    team = made.value;
    accounts::join_team(change, made, {anna_user}, false);
    accounts::join_team(change, made, {ben_user}, true);
    question = catalogue::service_type_by_key(change, "consultation")->value;
    accounts::NewUser user;
    user.kind = accounts::UserKind::contact;
    user.login = {"clerk"};
    user.name = {"Clerk Chen"};
    user.contact = Id<customers::Contact>{contact};
    user.roles = {{"contact"}};
    clerk_user = accounts::add_user(change, user, "").value;
  });
  clerk = sign_in(clerk_user);
}

std::int64_t NoticeDesk::add_staff(const char* login, const char* role) {
  std::int64_t made = 0;
  desk->change([&](Change& change) {
    accounts::NewUser user;
    user.login = {login};
    user.name = {login};
    user.email = Email{std::string(login) + "@desk.test"};
    user.locale = {"en"};
    user.time_zone = {"Europe/Berlin"};
    user.roles = {{role}};
    made = accounts::add_user(change, user, "").value;
  });
  return made;
}

std::string NoticeDesk::sign_in(std::int64_t user) {
  Actor actor;
  desk->read([&](Reader& reader) { actor = accounts::actor_for(reader, {user}); });
  return desk->sign_in(actor);
}

Answer NoticeDesk::done(Answer answer) {
  EXPECT_LT(answer.status, 300) << answer.body;
  desk->settle();
  return answer;
}

std::int64_t NoticeDesk::opened(const std::string& token, const std::string& fields) {
  return done(desk->post("/tickets",
                         R"({"service_type":)" + std::to_string(question) +
                             R"(,"subject":"Pump in bay 7","body":"<p>?</p>")" + fields + "}",
                         token))
      .id();
}

void NoticeDesk::assign(std::int64_t ticket, std::int64_t member, const std::string& token,
                        const std::string& more) {
  done(desk->post(path(ticket, "/assignments"),
                  R"({"assignee":)" + std::to_string(member) + more + "}", token));
}

void NoticeDesk::say(std::int64_t ticket, const std::string& token, const char* kind,
                     const std::string& more) {
  auto body = std::string(R"({"kind":")") + kind + R"(","body":"<p>x</p>")" + more + "}";
  done(desk->post(path(ticket, "/messages"), body, token));
}

void NoticeDesk::offer(std::int64_t ticket) {
  for (auto body : {R"({"to":"answering"})",
                    R"({"to":"awaiting_customer","fields":{"solution":"Press F5."}})"}) {
    done(desk->post(path(ticket, "/transitions"), body, chief));
  }
}

void NoticeDesk::want(const std::string& token, const std::string& settings) {
  auto usual = R"("mail_pace":"at_once","daily_minute":510,"quiet_from_minute":1260,
      "quiet_to_minute":480)";
  done(desk->put("/my/notice-settings",
                 settings.empty() ? "{" + std::string(usual) + "}" : "{" + settings + "}", token));
}

std::vector<std::string> NoticeDesk::unread(const std::string& token) {
  auto answer = desk->get("/my/notices?unread=true", token);
  EXPECT_EQ(answer.status, 200) << answer.body;
  std::vector<std::string> lines;
  const auto items = answer.at("items").as_array();
  for (const auto& item : items) {
    auto text = [&](const char* name) { return std::string(item.at(name).as_string()); };
    lines.push_back(text("kind") + " by " + text("by_name") + " ×" +
                    std::to_string(item.at("times").to_number<int>()));
  }
  EXPECT_EQ(count(token), static_cast<std::int64_t>(lines.size()));
  return lines;
}

std::int64_t NoticeDesk::count(const std::string& token) {
  return desk->get("/my/notices/count", token).at("unread").to_number<std::int64_t>();
}

void NoticeDesk::read_all(const std::string& token) {
  auto newest = desk->get("/my/notices/count", token).at("newest").to_number<std::int64_t>();
  done(desk->post("/my/notices/read", R"({"up_to":)" + std::to_string(newest) + "}", token));
}

void NoticeDesk::open_mailbox() {
  done(desk->post("/mailboxes",
                  R"({"address":"service@vendor.test","sender_name":"Service","incoming":{
      "protocol":"none","host":"","port":993,"security":"tls","log_in":"none","user":"",
      "folder":"","afterwards":"keep","move_to":"","every_seconds":30},"outgoing":{
      "host":"smtp.vendor.test","port":465,"security":"tls","log_in":"none","user":""}})",
                  chief));
}

std::vector<std::string> NoticeDesk::mailed() {
  std::vector<std::string> lines;
  for (const auto& sent : desk->post_office().sent()) {
    if (!sent.to.front().ends_with("@desk.test")) continue;
    auto letter = mime::read_message(sent.message);
    EXPECT_NE(sent.message.find("Auto-Submitted: auto-generated"), std::string::npos);
    lines.push_back(sent.to.front() + ": " + letter.subject);
  }
  desk->post_office().forget_sent();
  return lines;
}

std::string NoticeDesk::path(std::int64_t ticket, const std::string& below) {
  return "/tickets/" + std::to_string(ticket) + below;
}

}  // namespace baijin::notices
