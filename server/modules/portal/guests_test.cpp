#include "modules/portal/test_desk.h"

namespace baijin::portal {
namespace {

using testing::Answer;

class Guests : public PortalDesk {
 protected:
  Answer asked(const std::string& more = {},
               const std::string& who = R"("email":"wei@guest.test")") {
    return desk->post("/guest-requests",
                      R"({"name":"李伟",)" + who + R"(,"service_type":)" + question +
                          R"(,"subject":"发票怎么开","body":"<p>请问</p>")" + more + "}");
  }
  static std::string token_of(const Answer& answer) {
    auto link = answer.text("link");
    return link.substr(link.find('#') + 1);
  }
  Answer with(const std::string& door, const std::string& token, const std::string& more = {}) {
    return desk->post("/guest-requests/" + door, R"({"token":")" + token + "\"" + more + "}");
  }
  std::int64_t ticket_of(const Answer& answer) {
    return desk->get("/tickets?number=" + answer.text("number"), agent)
        .at("items.0.id")
        .to_number<std::int64_t>();
  }
};
BAIJIN_ON_BOTH_ENGINES(Guests)

TEST_P(Guests, INT8_AskAndFollowByTheirLink) {
  auto receipt = asked();
  ASSERT_EQ(receipt.status, 201) << receipt.body;
  auto token = token_of(receipt);
  EXPECT_EQ(token.size(), 43u);  // 256 bits
  EXPECT_NE(receipt.text("link").find("/portal/follow#"), std::string::npos);
  auto shown = with("show", token);
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.text("number"), receipt.text("number"));
  EXPECT_EQ(shown.text("state_en"), "We have your question");
  EXPECT_EQ(shown.text("steps.0.state"), "now");
  EXPECT_EQ(shown.text("messages.0.body"), "<p>请问</p>");
  EXPECT_FALSE(shown.json().as_object().contains("team")) << "as its customer sees it";

  auto ticket = ticket_of(receipt);
  EXPECT_EQ(desk->get(path(ticket), agent).text("names.contact"), "李伟");
  EXPECT_EQ(desk->get(path(ticket), agent).text("channel"), "portal");
  made(path(ticket, "/messages"), R"({"kind":"note","body":"<p>between us</p>"})", agent);
  made(path(ticket, "/messages"), R"({"kind":"reply","undo_seconds":0,"body":"<p>like this</p>"})",
       agent);
  auto later = with("show", token);
  EXPECT_EQ(later.at("messages").as_array().size(), 2u);
  EXPECT_EQ(later.body.find("between us"), std::string::npos);
  EXPECT_FALSE(
      desk->get(path(ticket, "/messages"), agent).at("items.2.read_by_customer_at").is_null());
  auto answered = with("messages", token, R"(,"body":"<p>thank you</p>")");
  ASSERT_EQ(answered.status, 200) << answered.body;
  EXPECT_EQ(answered.text("messages.2.author_name"), "李伟");
}

TEST_P(Guests, ConfirmAndRate) {
  auto receipt = asked();
  auto token = token_of(receipt);
  EXPECT_EQ(with("confirmations", token, R"(,"solved":true)").reason(), "nothing_to_confirm");
  offer(ticket_of(receipt));
  EXPECT_EQ(with("show", token).text("steps.2.state"), "now");
  auto confirmed = with("confirmations", token, R"(,"solved":true)");
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(confirmed.text("state"), "closed");
  auto rated = with("ratings", token, R"(,"rating":5,"comment":"quick")");
  ASSERT_EQ(rated.status, 200) << rated.body;
  EXPECT_EQ(rated.at("rating").to_number<int>(), 5);
  // The link lives for a while longer.
  desk->advance(days(80));
  EXPECT_EQ(with("show", token).status, 200);
  desk->advance(days(20));
  EXPECT_EQ(with("show", token).status, 404);
}

TEST_P(Guests, AskOnlyWhatIsOfferedAndWhereTheyMay) {
  auto form = desk->get("/guest-requests/form");
  ASSERT_EQ(form.status, 200) << form.body;
  EXPECT_EQ(form.at("service_types").as_array().size(), 4u);
  EXPECT_EQ(asked("", R"("locale":"en")").reason(), "required");
  auto training = desk->get("/service-types", agent);
  std::string other;
  const auto items = training.at("items").as_array();
  for (const auto& type : items) {
    if (type.at("key").as_string() == "training") {
      other = std::to_string(type.at("id").to_number<std::int64_t>());
    }
  }
  auto refused = desk->post("/guest-requests",
                            R"({"name":"x","phone":"13800138000","subject":"x","body":"<p>x</p>",
      "service_type":)" + other +
                                "}");
  EXPECT_EQ(refused.reason(), "not_active");
  changed("/service-types/" + other, R"({"for_guests":true})");
  EXPECT_EQ(desk->patch("/service-types/" + other,
                        R"({"intake":[{"key":"product","required":true}]})", agent)
                .status,
            400)
      << "what guests cannot say must not be asked of them";
  auto token = token_of(asked());
  changed("/organisation", R"({"guest_requests":false})");
  EXPECT_EQ(asked().status, 404);
  EXPECT_EQ(desk->get("/guest-requests/form").status, 404);
  EXPECT_EQ(with("show", token).status, 200) << "who was let in goes on";
}

TEST_P(Guests, Z9_NothingButTheSecretOpensARequest) {
  auto receipt = asked();
  auto token = token_of(receipt);
  auto reason = with("show", std::string(43, 'A')).reason();
  auto bent = token;
  bent.front() = bent.front() == 'A' ? 'B' : 'A';
  for (const auto& wrong : {std::string(), std::string("x"), bent, token + "A",
                            receipt.text("number"), token.substr(0, 42)}) {
    for (auto [door, more] : {std::pair("show", ""),
                              {"messages", R"(,"body":"<p>x</p>")"},
                              {"confirmations", R"(,"solved":true)"},
                              {"ratings", R"(,"rating":5)"},
                              {"files", R"(,"file":1)"}}) {
      auto answer = with(door, wrong, more);
      EXPECT_EQ(answer.status, 404) << door << " " << wrong;
      EXPECT_EQ(answer.reason(), reason);
    }
  }
  // It is kept as a hash only.
  EXPECT_EQ(desk->rows_of({"guest_requests", "events", "search_entries"}).find(token),
            std::string::npos);
}

TEST_P(Guests, AreThrottledAndTrapped) {
  auto trapped = asked(R"(,"website":"http://spam.example")");
  EXPECT_EQ(trapped.status, 201) << trapped.body;
  EXPECT_EQ(token_of(trapped).size(), 43u);
  EXPECT_EQ(with("show", token_of(trapped)).status, 404);
  EXPECT_EQ(desk->get("/tickets?count=true", agent).at("total").to_number<int>(), 0);
  EXPECT_EQ(desk->events("organisation:1").back(), "portal.guest_trapped");
  int let_in = 0, told_to_wait = 0;
  for (int i = 0; i < 12; ++i) {
    auto answer = asked();
    if (answer.status == 201) ++let_in;
    if (answer.status == 429) ++told_to_wait;
  }
  EXPECT_LE(let_in, 6);
  EXPECT_EQ(let_in + told_to_wait, 12);
  desk->clock().advance(hours(2));
  EXPECT_EQ(asked().status, 201);
}

TEST_P(Guests, CannotFloodATicket) {
  auto token = token_of(asked());
  int said = 0;
  for (int i = 0; i < 40; ++i) {
    if (with("messages", token, R"(,"body":"<p>again</p>")").status == 200) ++said;
  }
  EXPECT_EQ(said, 29) << "thirty an hour with the request itself";
}

// Who somebody says he is was not checked: a known address opens nothing.
TEST_P(Guests, SEC_DoNotBecomeWhoTheySayTheyAre) {
  auto customer = made("/customers", R"({"name":"永安县医院"})", agent);
  auto known = made("/contacts",
                    R"({"name":"李伟","email":"wei@guest.test","customers":[{"customer":)" +
                        std::to_string(customer) + "}]}",
                    agent);
  auto of_known = made("/tickets",
                       R"({"subject":"secret matter","service_type":)" + question +
                           R"(,"contact":)" + std::to_string(known) + "}",
                       agent);
  auto receipt = asked();
  auto ticket = ticket_of(receipt);
  auto view = desk->get(path(ticket), agent);
  EXPECT_TRUE(view.at("customer").is_null());
  EXPECT_NE(view.at("contact").to_number<std::int64_t>(), known);
  EXPECT_NE(ticket, of_known);
  auto card = desk->get(path(ticket, "/guest-request"), agent);
  EXPECT_EQ(card.text("email"), "wei@guest.test");
  EXPECT_TRUE(card.at("link_works").as_bool());
  EXPECT_EQ(desk->get(path(of_known, "/guest-request"), agent).status, 404);
  // When the desk has found out that it is he, he goes on with this request alone.
  auto stranger = view.at("contact").to_number<std::int64_t>();
  done("/contacts/" + std::to_string(known) + "/merges",
       R"({"other":)" + std::to_string(stranger) + "}", agent);
  desk->settle();
  auto shown = with("show", token_of(receipt));
  ASSERT_EQ(shown.status, 200) << shown.body;
  EXPECT_EQ(shown.body.find("secret matter"), std::string::npos);
}

TEST_P(Guests, LoseTheirLinkWhenTheDeskTakesItBack) {
  auto receipt = asked();
  auto ticket = ticket_of(receipt);
  EXPECT_EQ(desk->del(path(ticket, "/guest-request"), agent).status, 204);
  EXPECT_EQ(with("show", token_of(receipt)).status, 404);
  EXPECT_FALSE(desk->get(path(ticket, "/guest-request"), agent).at("link_works").as_bool());
  EXPECT_EQ(desk->del(path(ticket, "/guest-request"), agent).reason(), "already_ended");
}

TEST_P(Guests, AreGivenToATeam) {
  auto team = made("/teams", R"({"name":"Hotline"})", agent);
  changed("/organisation", R"({"guest_team":)" + std::to_string(team) + "}");
  EXPECT_FALSE(desk->get("/organisation").json().as_object().contains("guest_team"));
  auto ticket = ticket_of(asked());
  EXPECT_EQ(desk->get(path(ticket), agent).at("team").to_number<std::int64_t>(), team);
}

TEST_P(Guests, DownloadWhatHangsOnTheirRequestAndNothingElse) {
  auto receipt = asked(), other = asked();
  auto upload = [&](const Answer& whose) {
    auto file = desk->upload("/files?name=a.txt", "how to: " + whose.text("number"), agent).id();
    made(path(ticket_of(whose), "/messages"),
         R"({"kind":"reply","undo_seconds":0,"body":"<p>see</p>","files":[)" +
             std::to_string(file) + "]}",
         agent);
    return std::to_string(file);
  };
  auto own = upload(receipt), foreign = upload(other);
  auto loose = std::to_string(desk->upload("/files?name=b.txt", "loose", agent).id());
  auto token = token_of(receipt);
  auto sent = with("files", token, R"(,"file":)" + own);
  EXPECT_EQ(sent.status, 200) << sent.body;
  EXPECT_EQ(sent.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(desk->events("file:" + own).back(), "files.downloaded");
  EXPECT_EQ(with("files", token, R"(,"file":)" + foreign).status, 404);
  EXPECT_EQ(with("files", token, R"(,"file":)" + loose).status, 404);
}

// A file sent without an account: what is sent back, for the request's or the answer's "files".
class GuestFiles : public Guests {
 protected:
  Answer upload(const std::string& bytes, const std::string& name = "photo.png") {
    return desk->upload("/guest-requests/uploads?name=" + name, bytes, "");
  }
  static std::string named(const Answer& sent) {
    return R"({"id":)" + std::to_string(sent.id()) + R"(,"secret":")" + sent.text("secret") + "\"}";
  }
  boost::json::value files_of_first(std::int64_t ticket) {
    return desk->get(path(ticket, "/messages"), agent).at("items.0.files");
  }
  int blobs() {
    int there = 0;
    desk->hub().blobs().each([&](std::string_view) { ++there; });
    return there;
  }
  const std::string png{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0", 29};
};
BAIJIN_ON_BOTH_ENGINES(GuestFiles)

TEST_P(GuestFiles, INT8_AreFiledWithTheRequestAndTheAnswer) {
  auto picture = upload(png), text = upload("plain words\n", "..%2F..%2Fa.html");
  ASSERT_EQ(picture.status, 201) << picture.body;
  EXPECT_EQ(picture.text("type"), "image/png");
  EXPECT_EQ(text.text("type"), "text/plain") << "by what is in it";
  EXPECT_EQ(text.text("name").find('/'), std::string::npos);
  EXPECT_EQ(picture.text("secret").size(), 43u) << "A4: 256 bits";
  auto receipt = asked(R"(,"files":[)" + named(picture) + "," + named(text) + "]");
  ASSERT_EQ(receipt.status, 201) << receipt.body;
  auto files = files_of_first(ticket_of(receipt));
  ASSERT_EQ(files.as_array().size(), 2u);
  EXPECT_EQ(files.at(0).at("name").as_string(), "photo.png");
  auto token = token_of(receipt);
  auto id = files.at(0).at("id").to_number<std::int64_t>();
  auto got = with("files", token, R"(,"file":)" + std::to_string(id));
  EXPECT_EQ(got.status, 200) << "who sent it gets it back by his link";
  auto later = upload("more\n", "more.txt");
  auto said = with("messages", token, R"(,"body":"<p>see</p>","files":[)" + named(later) + "]");
  ASSERT_EQ(said.status, 200) << said.body;
  EXPECT_EQ(said.text("messages.1.files.0.name"), "more.txt");
  EXPECT_EQ(desk->rows_of({"guest_uploads"}).find('|'), std::string::npos) << "nothing is left";
}

TEST_P(GuestFiles, A4_AreTheirsWhoShowTheSecret) {
  auto sent = upload(png);
  auto wrong = R"(,"files":[{"id":)" + std::to_string(sent.id()) + R"(,"secret":")" +
               std::string(43, 'A') + "\"}]";
  EXPECT_EQ(asked(wrong).reason(), "files_are_gone");
  EXPECT_EQ(asked(R"(,"files":[{"id":999,"secret":"x"}])").reason(), "files_are_gone");
  EXPECT_EQ(desk->get("/tickets?count=true", agent).at("total").to_number<int>(), 0);
  EXPECT_EQ(desk->rows_of({"guest_uploads", "files", "events"}).find(sent.text("secret")),
            std::string::npos)
      << "it is kept as a hash only";
  ASSERT_EQ(asked(R"(,"files":[)" + named(sent) + "]").status, 201);
  EXPECT_EQ(asked(R"(,"files":[)" + named(sent) + "]").reason(), "files_are_gone")
      << "once filed it is not to be had again";
}

TEST_P(GuestFiles, AreLimitedInNumberAndThrottled) {
  std::string many;
  int let_in = 0;
  for (int i = 0; i < 30; ++i) {
    auto sent = upload("bytes " + std::to_string(i));
    if (sent.status == 201) ++let_in;
    else EXPECT_EQ(sent.status, 429);
    if (i < 11) many += (i ? "," : "") + named(sent);
  }
  EXPECT_EQ(let_in, 20);
  EXPECT_EQ(asked(R"(,"files":[)" + many + "]").reason(), "too_many_files");
  EXPECT_EQ(upload("").reason(), "empty_file");
}

TEST_P(GuestFiles, OnlyWhereStrangersMayAsk) {
  changed("/organisation", R"({"guest_requests":false})");
  EXPECT_EQ(upload(png).status, 404);
  EXPECT_EQ(blobs(), 0) << "nothing of it stays";
}

TEST_P(GuestFiles, AreSweptAwayWhenNobodyFilesThem) {
  auto filed = upload("filed\n"), left = upload("left\n");
  auto receipt = asked(R"(,"files":[)" + named(filed) + "]");
  ASSERT_EQ(receipt.status, 201) << receipt.body;
  auto before = blobs();
  desk->advance(hours(23));
  EXPECT_EQ(blobs(), before);
  desk->advance(hours(2));
  desk->advance(hours(2));
  EXPECT_EQ(blobs(), before - 1);
  EXPECT_EQ(files_of_first(ticket_of(receipt)).as_array().size(), 1u);
  EXPECT_EQ(
      with("messages", token_of(receipt), R"(,"body":"<p>x</p>","files":[)" + named(left) + "]")
          .reason(),
      "files_are_gone");
}

}  // namespace
}  // namespace baijin::portal
