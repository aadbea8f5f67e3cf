#include "modules/files/files.h"

#include "hub/clockwork.h"
#include "modules/accounts/accounts.h"
#include "modules/search/search.h"
#include "testing/desk.h"

namespace baijin::files {
namespace {

class Files : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open(
        {{"search", search::install}, {"accounts", accounts::install}, {"files", files::install}});
    desk->change([&](Change& change) {
      for (auto* user : {&first_user, &second_user}) {
        accounts::NewUser person;
        person.login = {user == &first_user ? "first" : "second"};
        person.name = person.login;
        person.roles = {{"admin"}};
        *user = accounts::add_user(change, person, "").value;
      }
    });
    first = desk->sign_in(desk->staff_with_all_rights(Scope::own, first_user));
    second = desk->sign_in(desk->staff_with_all_rights(Scope::own, second_user));
  }
  std::int64_t sent(const std::string& bytes, const std::string& name = "a.txt") {
    auto answer = desk->upload("/files?name=" + name, bytes, first);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.id();
  }
  // Hangs the file on the first person's user record, which every colleague sees.
  void hang(std::int64_t file) {
    desk->change([&](Change& change) {
      auto hung = attach(change, {file}, {"user", first_user});
      change.tell("files.uploaded", hung);
    });
  }
  static std::string path(std::int64_t file, const std::string& below = {}) {
    return "/files/" + std::to_string(file) + below;
  }

  testing::Desk* desk = nullptr;
  std::int64_t first_user = 0, second_user = 0;
  std::string first, second;
};
BAIJIN_ON_BOTH_ENGINES(Files)

TEST_P(Files, A1_AreTypedByWhatIsInThemAndSentAsAttachments) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\6\0\0\0", 29);
  struct Row {
    std::string bytes, name, type;
  };
  const Row rows[] = {{png, "a.html", "image/png"},
                      {"<!DOCTYPE html><html><script>alert(1)</script></html>", "a.png",
                       "application/octet-stream"},
                      {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "a.svg",
                       "application/octet-stream"},
                      {"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a.pdf", "application/pdf"},
                      {"plain words\n", "a.exe", "text/plain"}};
  for (const auto& row : rows) {
    auto id = sent(row.bytes, row.name);
    EXPECT_EQ(desk->get(path(id, "/meta"), first).text("type"), row.type) << row.name;
    auto got = desk->get(path(id), first);
    EXPECT_EQ(got.status, 200);
    EXPECT_EQ(got.header("Content-Type"), row.type);
    EXPECT_TRUE(got.header("Content-Disposition").starts_with("attachment;"));
    EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(got.header("Content-Security-Policy"), "sandbox; default-src 'none'");
    EXPECT_EQ(got.header("Cache-Control"), "private");
  }
  EXPECT_EQ(desk->upload("/files?name=x&found_type=text/html", "words", first).at("type"),
            "text/plain")
      << "what the sender says of the type counts nothing";
  EXPECT_EQ(desk->upload("/files?name=x", "", first).status, 400);
}

TEST_P(Files, A3_A4_UnattachedFilesAreTheirSendersAlone) {
  auto id = sent("secret");
  EXPECT_EQ(desk->get(path(id), second).status, 404);
  EXPECT_EQ(desk->get(path(id, "/meta"), second).status, 404);
  EXPECT_EQ(desk->del(path(id), second).status, 404);
  EXPECT_EQ(desk->get(path(id)).status, 401);
  // The same person in another session.
  auto elsewhere = desk->staff_with_all_rights(Scope::own, first_user);
  elsewhere.session = "another";
  EXPECT_EQ(desk->get(path(id), desk->sign_in(elsewhere)).status, 404);
  EXPECT_EQ(desk->get(path(id), first).status, 200);
  hang(id);
  EXPECT_EQ(desk->get(path(id), second).status, 200);
  EXPECT_EQ(desk->del(path(id), first).status, 409);
  auto events = desk->events("file:" + std::to_string(id));
  EXPECT_GE(std::count(events.begin(), events.end(), "files.downloaded"), 2) << "SEC-3";
}

TEST_P(Files, A3_SignedLinksHoldForOneFileOnePersonAndATime) {
  auto id = sent("by link");
  EXPECT_EQ(desk->post(path(id, "/links"), "{}", first).status, 409) << "not attached yet";
  hang(id);
  auto link = desk->post(path(id, "/links"), R"({"valid_seconds":60})", first);
  ASSERT_LT(link.status, 300) << link.body;
  auto url = link.text("url");
  auto target = url.substr(url.find("/file-links"));
  EXPECT_EQ(desk->get(target).status, 200);
  for (auto at = target.find('=') + 1; at < target.size(); ++at) {
    auto flipped = target;
    flipped[at] = flipped[at] == 'A' ? 'B' : flipped[at] == '1' ? '2' : 'A';
    EXPECT_EQ(desk->get(flipped).status, 404) << flipped;
  }
  desk->advance(seconds(59));
  EXPECT_EQ(desk->get(target).status, 200);
  desk->advance(seconds(1));
  EXPECT_EQ(desk->get(target).status, 404);
  EXPECT_EQ(desk->post(path(id, "/links"), R"({"valid_seconds":86401})", first).status, 400);
}

TEST_P(Files, UnattachedFilesAreSweptAfterADay) {
  auto kept = sent("the same bytes"), left = sent("the same bytes", "b.txt");
  auto alone = sent("other bytes");
  hang(kept);
  auto hash = desk->get(path(kept, "/meta"), first).text("sha256");
  auto alone_hash = desk->get(path(alone, "/meta"), first).text("sha256");
  desk->advance(hours(20));
  EXPECT_EQ(desk->get(path(left, "/meta"), first).status, 200);
  desk->advance(days(2));
  desk->advance(hours(2));
  EXPECT_EQ(desk->get(path(left, "/meta"), first).status, 404);
  EXPECT_EQ(desk->get(path(kept, "/meta"), second).status, 200);
  EXPECT_TRUE(desk->hub().blobs().has(hash)) << "another file still has these bytes";
  EXPECT_FALSE(desk->hub().blobs().has(alone_hash));
}

}  // namespace
}  // namespace baijin::files
