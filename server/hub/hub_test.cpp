// The kernel with a small module of the test's own: shelves of notes.
#include <gmock/gmock.h>

#include "hub/clockwork.h"
#include "testing/desk.h"

namespace baijin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Note {
  Id<Note> id;
  Version version;
  std::int64_t customer = 0;
  Text<1, 40> title;
  std::string state;
  std::optional<std::string> secret;
  Time created_at;
};
FIELDS(Note, id, version, customer, title, state, secret, created_at)
STAFF_ONLY(Note, "secret")
TABLE(Note, "note", "notes")

constexpr std::string_view tables = R"(
CREATE TABLE notes (id {id}, version BIGINT NOT NULL, customer BIGINT NOT NULL, title TEXT NOT NULL,
  state TEXT NOT NULL, secret TEXT, created_at BIGINT NOT NULL);
CREATE UNIQUE INDEX notes_by_title ON notes (title);
CREATE TABLE echoes (id {id}, kind TEXT NOT NULL, note TEXT NOT NULL);
)";

struct NewNote {
  Text<1, 40> title;
  std::optional<std::int64_t> customer;
};
FIELDS(NewNote, title, customer)
struct NotePatch {
  Given<Text<1, 40>> title;
  Given<std::optional<std::string>> secret;
};
FIELDS(NotePatch, title, secret)
struct NoteFilter {
  std::optional<std::string> state;
  Paging paging;
};
FIELDS(NoteFilter, state, paging)
struct Wait {
  std::int64_t note = 0;
};
FIELDS(Wait, note)

Note add_note(Change& change, const NewNote& input) {
  Note note{{}, {}, input.customer.value_or(1), input.title, "open", "CNRY", change.now()};
  change.add(note);
  change.tell("notes.added", note);
  return note;
}
Note get_note(Reader& reader, Id<Note> id) { return reader.get(id); }
Note patch_note(Change& change, Id<Note> id, const NotePatch& patch) {
  auto note = change.take(id);
  patch.title.into(note.title);
  patch.secret.into(note.secret);
  change.save(note);
  change.tell("notes.changed", note);
  return note;
}
Page<Note> list_notes(Reader& reader, const NoteFilter& filter) {
  static const Sorts sorts{"n.id", "-created_at",
                           {{"created_at", "n.created_at"}, {"title", "n.title", Cell::Type::text}}};
  Where where;
  where.when(filter.state, "n.state = $");
  return reader.page<Note>("SELECT {fields n}, {keys} FROM notes n WHERE {visible n} {where} {page}",
                           filter.paging, sorts, where);
}
void forget(Change& change, Id<Note> id) {
  change.execute("DELETE FROM notes WHERE id = $1", id);  // and tells nothing: a bug
}
void close_later(Change& change, Id<Note> id) {
  auto note = change.take(id);
  change.schedule("notes.close", "note:" + std::to_string(id.value), change.now() + hours(1),
                  Wait{id.value});
  change.tell("notes.changed", note);
}
void close_note(Change& change, const Wait& wait) {
  auto note = change.take(Id<Note>{wait.note});
  note.state = "closed";
  change.save(note);
  change.tell("notes.changed", note);
}
int echo_failures = 0;
void echo(Change& change, const Event& event) {
  if (echo_failures > 0) {
    --echo_failures;
    throw std::runtime_error("not today");
  }
  change.execute("INSERT INTO echoes (kind, note) VALUES ($1, $2)", event.kind,
                 event.subject.text());
  change.tell_about("notes.echoed", event.subject, {});
}
int calls_outside = 0, failures_outside = 0;
Wait ring_up(Outside&, const Wait& wait, std::string_view) {
  ++calls_outside;
  if (failures_outside > 0) {
    --failures_outside;
    throw std::runtime_error("no answer");
  }
  return wait;
}
void rang(Change& change, const Wait&, const Wait& result) {
  auto note = change.take(Id<Note>{result.note});
  note.state = "rung";
  change.save(note);
  change.tell("notes.changed", note);
}
void ring(Change& change, Id<Note> id) {
  auto note = change.get(id);
  change.schedule("notes.ring", "note:" + std::to_string(id.value), change.now(), Wait{id.value});
  change.tell("notes.changed", note);
}

void install(Module& m) {
  m.record<Note>(seen_by_staff("{t}.customer = $contact"), "notes.read");
  m.right("notes.read", "See notes");
  m.right("notes.write", "Write notes");
  m.event<Note>("notes.added", "notes.read", Audience::customer);
  m.event<Note>("notes.changed", "notes.read");
  m.event<Note>("notes.echoed", "notes.read");
  m.create("/notes", "notes.write", add_note);
  m.get("/notes", "notes.read", list_notes);
  m.get("/notes/{note}", "notes.read", get_note);
  m.patch("/notes/{note}", "notes.write", patch_note);
  m.del("/notes/{note}", "notes.write", forget);
  m.post("/notes/{note}/closings", "notes.write", close_later);
  m.post("/notes/{note}/rings", "notes.write", ring);
  m.on("notes.added", echo);
  m.job("notes.close", close_note);
  m.errand("notes.ring", ring_up, rang);
}

class Kernel : public testing::DeskTest {
 protected:
  void SetUp() override {
    echo_failures = calls_outside = failures_outside = 0;
    open({{"notes", install}}, tables);
    staff = desk_->sign_in(desk_->staff_with_all_rights());
    customer = desk_->sign_in(desk_->contact(7, {"notes.read"}));
  }
  std::int64_t note(const std::string& title, int of_customer = 1) {
    auto answer = desk_->post("/notes", "{\"title\":\"" + title + "\",\"customer\":" +
                                            std::to_string(of_customer) + "}", staff);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.id();
  }
  std::string staff, customer;
};
BAIJIN_ON_BOTH_ENGINES(Kernel)

TEST_P(Kernel, creates_reads_and_changes_a_record) {
  auto made = desk_->post("/notes", R"({"title":"打不开 😀"})", staff);
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.header("Location"), "/api/v1/notes/" + std::to_string(made.id()));
  EXPECT_EQ(made.header("ETag"), "\"1\"");
  auto read = desk_->get("/notes/" + std::to_string(made.id()), staff);
  EXPECT_EQ(read.body, made.body);
  auto changed = desk_->patch("/notes/" + std::to_string(made.id()), R"({"title":"好了"})", staff);
  EXPECT_EQ(changed.text("title"), "好了");
  EXPECT_EQ(changed.at("version").as_int64(), 2);
  desk_->read([&](Reader& reader) {
    auto data = reader.value<std::string>(
        "SELECT e.data FROM events e WHERE e.kind = 'notes.changed'");
    EXPECT_EQ(data.value(), R"({"changed":{"title":["打不开 😀","好了"]}})");
  });
}

TEST_P(Kernel, a_stale_version_is_a_conflict) {
  auto path = "/notes/" + std::to_string(note("一"));
  auto ask = [&](std::string version) {
    return desk_->ask({Method::patch, path, R"({"title":"二"})", staff,
                       {{"if-match", "\"" + version + "\""}}, "", false});
  };
  EXPECT_EQ(ask("1").status, 200);
  EXPECT_EQ(ask("1").reason(), "changed_meanwhile");
  EXPECT_EQ(ask("x").reason(), "bad_if_match");
}

TEST_P(Kernel, the_same_key_and_body_have_one_effect) {
  auto ask = [&](std::string body) {
    return desk_->ask({Method::post, "/notes", body, staff, {{"idempotency-key", "k1"}}, "", false});
  };
  auto first = ask(R"({"title":"一次"})");
  auto second = ask(R"({"title":"一次"})");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(second.status, 201);
  EXPECT_EQ(first.body, second.body);
  EXPECT_EQ(ask(R"({"title":"两次"})").reason(), "idempotency_key_reused");
  EXPECT_EQ(desk_->get("/notes?count=true", staff).at("total").as_int64(), 1);
}

TEST_P(Kernel, what_one_may_not_see_does_not_exist) {
  auto mine = note("mine", 7), other = note("other", 8);
  EXPECT_EQ(desk_->get("/notes/" + std::to_string(mine), customer).status, 200);
  auto foreign = desk_->get("/notes/" + std::to_string(other), customer);
  auto missing = desk_->get("/notes/999999", customer);
  EXPECT_EQ(foreign.status, 404);
  EXPECT_EQ(foreign.body.substr(0, foreign.body.find("request")),
            missing.body.substr(0, missing.body.find("request")));
  auto list = desk_->get("/notes?count=true", customer);
  EXPECT_EQ(list.at("total").as_int64(), 1);
  EXPECT_THAT(list.body, ::testing::Not(HasSubstr("CNRY")));  // STAFF_ONLY
  EXPECT_THAT(desk_->get("/notes", staff).body, HasSubstr("CNRY"));
  EXPECT_EQ(desk_->post("/notes", R"({"title":"x"})", customer).reason(), "missing_right");
  EXPECT_EQ(desk_->get("/notes").reason(), "sign_in");
}

TEST_P(Kernel, pages_go_on_where_they_ended) {
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

TEST_P(Kernel, unknown_and_hostile_parameters_are_refused_I1_Z5_Z7) {
  struct Case {
    std::string query, reason;
  };
  for (const auto& [query, reason] : std::vector<Case>{
           {"sort=secret", "unknown_sort"},
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
  for (std::string body : {R"({"title":[]})", R"({"title":{}})", R"({"title":null})",
                           R"({"title":1e999})", R"({"title":true})", "[]", "1", "{", "{}",
                           R"({"title":"a","id":5})", R"({"title":"a","version":9})",
                           R"({"title":"a","title":"b"})"}) {
    EXPECT_EQ(desk_->post("/notes", body, staff).status, 400) << body;
  }
}

TEST_P(Kernel, reactions_run_exactly_once_and_recover) {
  echo_failures = 2;
  note("a");
  note("b");
  for (int i = 0; i < 10; ++i) desk_->advance(seconds(60));
  desk_->read([&](Reader& reader) {
    EXPECT_THAT(reader.values<std::string>("SELECT e.note FROM echoes e ORDER BY e.id"),
                ElementsAre("note:1", "note:2"));
    EXPECT_EQ(reader.value<std::int64_t>(
                  "SELECT e.caused_by FROM events e WHERE e.kind = 'notes.echoed' ORDER BY e.seq"),
              1);
  });
}

TEST_P(Kernel, what_fails_for_good_is_stuck_until_somebody_tries_again) {
  failures_outside = 100;
  auto id = note("a");
  desk_->post("/notes/" + std::to_string(id) + "/rings", "", staff);
  for (int i = 0; i < 40; ++i) desk_->advance(minutes(20));
  EXPECT_EQ(calls_outside, 12);
  auto stuck = desk_->get("/system/stuck", staff);
  ASSERT_EQ(stuck.at("items").as_array().size(), 1u) << stuck.body;
  EXPECT_THAT(stuck.text("items.0.last_error"), HasSubstr("no answer"));
  failures_outside = 0;
  auto job = std::to_string(stuck.at("items.0.id").as_int64());
  EXPECT_EQ(desk_->post("/system/stuck/" + job + "/retries", "", staff).status, 204);
  desk_->settle();
  EXPECT_EQ(desk_->get("/notes/" + std::to_string(id), staff).text("state"), "rung");
}

TEST_P(Kernel, jobs_run_when_they_are_due) {
  auto id = note("a");
  desk_->post("/notes/" + std::to_string(id) + "/closings", "", staff);
  desk_->advance(minutes(59));
  EXPECT_EQ(desk_->get("/notes/" + std::to_string(id), staff).text("state"), "open");
  desk_->advance(minutes(2));
  EXPECT_EQ(desk_->get("/notes/" + std::to_string(id), staff).text("state"), "closed");
}

TEST_P(Kernel, a_change_that_writes_must_tell) {
  auto id = note("a");
  EXPECT_EQ(desk_->del("/notes/" + std::to_string(id), staff).reason(), "internal");
  EXPECT_EQ(desk_->get("/notes/" + std::to_string(id), staff).status, 200);
}

TEST_P(Kernel, a_unique_key_taken_is_a_conflict) {
  note("a");
  EXPECT_EQ(desk_->post("/notes", R"({"title":"a"})", staff).reason(), "already_exists");
}

TEST_P(Kernel, the_event_log_cannot_be_changed_unnoticed) {
  note("a");
  note("b");
  EXPECT_EQ(seal_events(desk_->hub()), 2);
  EXPECT_EQ(seal_events(desk_->hub()), 0);
  desk_->read([](Reader& reader) { EXPECT_TRUE(check_seals(reader).empty()); });
  EXPECT_ANY_THROW(desk_->change([](Change& change) {
    change.keep_books("UPDATE events SET actor = 'nobody' WHERE seq = 1");
  }));
  desk_->change([](Change& change) {  // somebody with the database in his hands
    change.connection().script(change.connection().engine() == db::Engine::sqlite
                                   ? "DROP TRIGGER events_stay"
                                   : "DROP TRIGGER events_stay ON events");
    change.keep_books("UPDATE events SET actor = 'nobody' WHERE seq = 1");
  });
  desk_->read([](Reader& reader) { EXPECT_EQ(check_seals(reader).size(), 1u); });
}

TEST_P(Kernel, unsafe_requests_from_elsewhere_are_refused_U4) {
  auto cookie_actor = desk_->staff_with_all_rights();
  cookie_actor.by_cookie = true;
  cookie_actor.csrf_token = "right";
  auto token = desk_->sign_in(cookie_actor);
  using Headers = std::vector<std::pair<std::string, std::string>>;
  auto ask = [&](Headers headers) {
    return desk_->ask({Method::post, "/notes", R"({"title":"a"})", token, headers, "", false});
  };
  EXPECT_EQ(ask({}).reason(), "csrf");
  EXPECT_EQ(ask({{"x-csrf-token", "wrong"}}).reason(), "csrf");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"origin", "https://evil.test"}}).reason(),
            "foreign_origin");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"origin", "null"}}).reason(), "foreign_origin");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"sec-fetch-site", "cross-site"}}).reason(),
            "foreign_origin");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"content-type", "text/plain"}}).reason(),
            "not_json_content_type");
  EXPECT_EQ(ask({{"x-csrf-token", "right"}, {"origin", "http://desk.test"}}).status, 201);
}

}  // namespace
}  // namespace baijin
