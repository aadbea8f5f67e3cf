// Records through Reader and Change: made, seen, changed, listed.
#include "hub/test_desk.h"

namespace baijin {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Records : public NotesDesk {};
BAIJIN_ON_BOTH_ENGINES(Records)

TEST_P(Records, are_made_read_and_changed) {
  auto made = desk_->post("/notes", R"({"title":"打不开 😀"})", staff);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.header("Location"), "/api/v1" + path(made.id()));
  EXPECT_EQ(made.header("ETag"), "\"1\"");
  auto read = desk_->get(path(made.id()), staff);
  EXPECT_EQ(read.body, made.body);
  auto changed = desk_->patch(path(made.id()), R"({"title":"好了"})", staff);
  EXPECT_EQ(changed.text("title"), "好了");
  EXPECT_EQ(changed.at("version").as_int64(), 2);
  desk_->read([&](Reader& reader) {
    auto data = reader.value<std::string>(
        "SELECT e.data FROM events e WHERE e.kind = 'notes.changed'");
    EXPECT_EQ(data.value(), R"({"changed":{"title":["打不开 😀","好了"]}})");
  });
}

TEST_P(Records, with_a_stale_version_are_a_conflict) {
  auto where = path(note("一"));
  auto ask = [&](std::string version) {
    return desk_->ask({Method::patch,
                       where,
                       R"({"title":"二"})",
                       staff,
                       {{"if-match", "\"" + version + "\""}},
                       "",
                       false});
  };
  EXPECT_EQ(ask("1").status, 200);
  EXPECT_EQ(ask("1").reason(), "changed_meanwhile");
  EXPECT_EQ(ask("x").reason(), "bad_if_match");
}

TEST_P(Records, one_may_not_see_do_not_exist) {
  auto mine = note("mine", 7), other = note("other", 8);
  EXPECT_EQ(desk_->get(path(mine), customer).status, 200);
  auto foreign = desk_->get(path(other), customer);
  auto missing = desk_->get("/notes/999999", customer);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.headers, missing.headers);
  EXPECT_EQ(foreign.body.substr(0, foreign.body.find("request")),
            missing.body.substr(0, missing.body.find("request")));
  auto list = desk_->get("/notes?count=true", customer);
  EXPECT_EQ(list.at("total").as_int64(), 1);
  EXPECT_THAT(list.body, Not(HasSubstr("CNRY")));  // STAFF_ONLY
  EXPECT_THAT(desk_->get("/notes", staff).body, HasSubstr("CNRY"));
  EXPECT_EQ(desk_->post("/notes", R"({"title":"x"})", customer).reason(), "missing_right");
  EXPECT_EQ(desk_->get("/notes").reason(), "sign_in");
}

TEST_P(Records, are_seen_by_scope) {
  auto seven = note("seven", 7);
  note("eight", 8);
  auto own = desk_->sign_in(desk_->staff(Scope::own, {"notes.read"}, 7));
  auto team = desk_->sign_in(desk_->staff(Scope::team, {"notes.read"}, 7));
  EXPECT_EQ(desk_->get("/notes?count=true", own).at("total").as_int64(), 1);
  EXPECT_EQ(desk_->get("/notes?count=true", team).at("total").as_int64(), 2);
  EXPECT_EQ(desk_->get(path(seven + 1), own).status, 404);
  EXPECT_EQ(desk_->get(path(seven + 1), team).status, 200);
}

TEST_P(Records, go_on_where_the_page_ended) {
  for (int i = 0; i < 7; ++i) note("n" + std::to_string(i));
  for (std::string sort : {"created_at", "-created_at", "title", "-title"}) {
    std::vector<std::string> seen;
    std::string cursor;
    do {
      auto page = desk_->get("/notes?limit=3&sort=" + sort + cursor, staff);
      ASSERT_EQ(page.status, 200) << page.body;
      auto items = page.at("items");
      for (auto& item : items.as_array()) {
        seen.emplace_back(item.at("title").as_string());
      }
      cursor = page.at("next").is_null() ? "" : "&cursor=" + page.text("next");
    } while (!cursor.empty());
    std::vector<std::string> expected{"n0", "n1", "n2", "n3", "n4", "n5", "n6"};
    if (sort[0] == '-') std::reverse(expected.begin(), expected.end());
    EXPECT_EQ(seen, expected) << sort;
  }
}

TEST_P(Records, refuse_unknown_and_hostile_parameters_I1_Z5_Z7) {
  struct Case {
    std::string query, reason;
  };
  for (const auto& [query, reason] :
       std::vector<Case>{{"sort=secret", "unknown_sort"},
                         {"sort=title;--", "unknown_sort"},
                         {"limit=0", "out_of_range"},
                         {"limit=201", "out_of_range"},
                         {"limit=x", "invalid_fields"},
                         {"cursor=zzz", "bad_cursor"},
                         {"secret=a", "unknown_parameter"},
                         {"filter[secret][gt]=a", "unknown_parameter"},
                         {"include=all", "unknown_parameter"},
                         {"state=open&state=closed", "given_twice"},
                         {"state=%zz", "bad_query"},
                         {"state=%00", "bad_query"},
                         {"paging=1", "unknown_parameter"}}) {
    auto answer = desk_->get("/notes?" + query, staff);
    EXPECT_EQ(answer.status, 400) << query;
    EXPECT_EQ(answer.reason(), reason) << query;
  }
  for (std::string body :
       {R"({"title":[]})", R"({"title":{}})", R"({"title":null})", R"({"title":1e999})",
        R"({"title":true})", "[]", "1", "{", "{}", R"({"title":"a","id":5})",
        R"({"title":"a","version":9})", R"({"title":"a","title":"b"})"}) {
    EXPECT_EQ(desk_->post("/notes", body, staff).status, 400) << body;
  }
}

TEST_P(Records, nested_too_deep_are_refused_I8) {
  auto nested = [](int depth) {
    return "{\"title\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
  };
  EXPECT_EQ(desk_->post("/notes", nested(62), staff).reason(), "invalid_fields");
  EXPECT_EQ(desk_->post("/notes", nested(65), staff).reason(), "too_deep");
  EXPECT_EQ(desk_->post("/notes", nested(100'000), staff).reason(), "too_deep");
}

TEST_P(Records, cannot_be_paged_with_a_forged_cursor) {
  note("a");
  auto forged = [&](std::string_view plain, std::string_view sort) {
    auto text = base64url(plain);
    auto answer = desk_->get("/notes?sort=" + std::string(sort) + "&cursor=" + text, staff);
    EXPECT_EQ(answer.status, 400) << plain;
    return answer.reason();
  };
  EXPECT_EQ(forged("1 +title \xff\xfe", "title"), "bad_cursor");
  EXPECT_EQ(forged(std::string_view("1 +title \0x", 11), "title"), "bad_cursor");
  EXPECT_EQ(forged("1 +title x", "-title"), "bad_cursor");
  EXPECT_EQ(forged("1 +created_at '; DROP", "created_at"), "bad_cursor");
  EXPECT_EQ(forged("99999999999999999999 +title x", "title"), "bad_cursor");
}

TEST_P(Records, written_and_not_told_are_a_bug) {
  auto id = note("a");
  EXPECT_EQ(desk_->del(path(id), staff).reason(), "internal");
  EXPECT_EQ(desk_->get(path(id), staff).status, 200);
}

TEST_P(Records, with_a_unique_key_that_is_taken_are_a_conflict) {
  note("a");
  EXPECT_EQ(desk_->post("/notes", R"({"title":"a"})", staff).reason(), "already_exists");
}

TEST_P(Records, are_read_without_a_change_Z10) {
  auto id = note("a", 7);
  desk_->settle();
  const std::vector<std::string> all{"notes",
                                     "events",
                                     "jobs",
                                     "echoes",
                                     "ticks",
                                     "settings",
                                     "reaction_cursors",
                                     "idempotency_keys",
                                     "event_seals"};
  auto before = desk_->rows_of(all);
  for (auto method : {Method::get, Method::head}) {
    for (const auto& token : {staff, customer, std::string()}) {
      for (std::string target :
           {path(id), std::string("/notes?count=true"), std::string("/naps"),
            std::string("/system/health"), std::string("/system/stuck"),
            std::string("/openapi.json"), std::string("//healthz"), std::string("//readyz"),
            std::string("//metrics"), std::string("//nothing"), path(id) + "/closings"}) {
        desk_->ask({method, target, "", token, {{"idempotency-key", "k"}}, "", false});
      }
    }
  }
  EXPECT_EQ(desk_->rows_of(all), before);
}

TEST_P(Records, that_leave_the_house_are_told_SEC_3) {
  auto id = note("a");
  auto copy = desk_->get(path(id) + "/copy", staff);
  EXPECT_EQ(copy.status, 200);
  EXPECT_EQ(copy.body, "a");
  desk_->read([&](Reader& reader) {
    auto number = reader.value<std::string>(
        "SELECT e.request FROM events e WHERE e.kind = 'notes.copied'");
    EXPECT_THAT(number.value_or(""), ::testing::StartsWith("r-"));
  });
  EXPECT_EQ(desk_->get("/notes/99/copy", staff).status, 404);
  EXPECT_EQ(desk_->events().back(), "notes.copied");
}

}  // namespace
}  // namespace baijin
