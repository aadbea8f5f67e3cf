// Reactions, jobs and errands with a fake clock.
#include "hub/daily.h"
#include "hub/test_desk.h"

namespace baijin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Works : public NotesDesk {
 protected:
  std::vector<std::string> echoes() {
    std::vector<std::string> all;
    desk_->read([&](Reader& reader) {
      all = reader.values<std::string>("SELECT e.note FROM echoes e ORDER BY e.id");
    });
    return all;
  }
  std::int64_t ticks(const std::string& name) {
    std::int64_t number = 0;
    desk_->read([&](Reader& reader) {
      number = reader.value<std::int64_t>("SELECT count(*) FROM ticks t WHERE t.name = $1", name)
                   .value_or(0);
    });
    return number;
  }
};
BAIJIN_ON_BOTH_ENGINES(Works)

TEST_P(Works, reactions_exactly_once_after_failures) {
  toys::knobs().in_reaction = failing(2);
  note("a");
  note("b");
  for (int i = 0; i < 10; ++i) desk_->advance(seconds(60));
  EXPECT_THAT(echoes(), ElementsAre("note:1", "note:2"));
  desk_->read([&](Reader& reader) {
    EXPECT_THAT(reader.values<std::int64_t>("SELECT e.caused_by FROM events e "
                                            "WHERE e.kind = 'notes.echoed' ORDER BY e.seq"),
                ElementsAre(1, 2));
  });
}

// The failing one's pause may be over while the same round still goes on with later events.
TEST_P(Works, reactions_in_order_when_the_pause_ends_within_the_round) {
  note("a");
  note("b");
  note("c");
  bool first = true;
  toys::knobs().in_reaction = [&] {
    desk_->clock().advance(seconds(5));
    if (!std::exchange(first, false)) return;
    desk_->clock().advance(Duration{-4'999'000});
    throw std::runtime_error("not today");
  };
  desk_->settle();
  desk_->advance(minutes(1));
  EXPECT_THAT(echoes(), ElementsAre("note:1", "note:2", "note:3"));
}

TEST_P(Works, reactions_that_are_given_up_can_be_tried_again) {
  toys::knobs().in_reaction = failing(6);
  note("a");
  note("b");
  for (int i = 0; i < 12; ++i) desk_->advance(seconds(60));
  EXPECT_THAT(echoes(), ElementsAre("note:2"));  // those behind it went on
  auto stuck = desk_->get("/system/stuck", staff);
  ASSERT_EQ(stuck.at("items").as_array().size(), 1u) << stuck.body;
  EXPECT_THAT(stuck.text("items.0.last_error"), HasSubstr("not today"));
  auto job = std::to_string(stuck.at("items.0.id").as_int64());
  EXPECT_EQ(desk_->post("/system/stuck/" + job + "/retries", "", staff).status, 204);
  desk_->settle();
  EXPECT_THAT(echoes(), ElementsAre("note:2", "note:1"));
  EXPECT_EQ(desk_->post("/system/stuck/" + job + "/retries", "", staff).status, 404);
}

TEST_P(Works, reactions_wait_for_the_database_without_giving_up) {
  toys::knobs().in_reaction = [left = std::make_shared<int>(20)] {
    if (--*left > 0) throw Error(Kind::busy, "database_unavailable");
  };
  note("a");
  for (int i = 0; i < 25; ++i) desk_->advance(seconds(60));
  EXPECT_THAT(echoes(), ElementsAre("note:1"));
  EXPECT_EQ(count("SELECT count(*) FROM jobs WHERE stuck = TRUE"), 0);
}

TEST_P(Works, jobs_when_they_are_due) {
  auto id = note("a");
  desk_->post(path(id) + "/closings", "", staff);
  desk_->advance(minutes(59));
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "open");
  desk_->advance(minutes(2));
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "closed");
}

TEST_P(Works, jobs_moved_by_the_same_key_and_cancelled) {
  auto id = note("a");
  desk_->post(path(id) + "/closings", "", staff);
  desk_->advance(minutes(30));
  desk_->post(path(id) + "/closings", "", staff);
  desk_->advance(minutes(45));
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "open");
  desk_->change(
      [&](Change& change) { change.cancel("notes.close", "note:" + std::to_string(id)); });
  desk_->advance(hours(9));
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "open");
}

TEST_P(Works, jobs_that_put_themselves_back_at_once) {
  desk_->change([](Change& change) {
    change.schedule("notes.count_down", "one", change.now(), toys::Wait{3});
  });
  desk_->settle();
  EXPECT_EQ(ticks("down"), 3);
  EXPECT_EQ(count("SELECT count(*) FROM jobs WHERE kind = 'notes.count_down'"), 0);
}

TEST_P(Works, a_failed_job_again_with_growing_pauses) {
  auto id = note("a");
  toys::knobs().in_command = failing(3);
  desk_->post(path(id) + "/closings", "", staff);
  desk_->advance(hours(1));
  EXPECT_EQ(count("SELECT attempts FROM jobs WHERE kind = 'notes.close'"), 1);
  desk_->advance(seconds(1));
  EXPECT_EQ(count("SELECT attempts FROM jobs WHERE kind = 'notes.close'"), 1);  // it waits 2 s
  desk_->advance(seconds(2));
  EXPECT_EQ(count("SELECT attempts FROM jobs WHERE kind = 'notes.close'"), 2);
  for (int i = 0; i < 6; ++i) desk_->advance(seconds(5));
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "closed");
}

TEST_P(Works, repeating_jobs_once_a_period) {
  for (int i = 0; i < 6; ++i) desk_->advance(minutes(10));
  EXPECT_EQ(ticks("often"), 6);
  desk_->advance(hours(5));  // it was switched off: one run makes up for all
  EXPECT_EQ(ticks("often"), 7);
}

TEST_P(Works, daily_jobs_once_a_day_at_their_minute) {
  auto before = ticks("nightly");
  for (int i = 0; i < 48; ++i) desk_->advance(hours(1));
  EXPECT_EQ(ticks("nightly") - before, 2);
  desk_->read([&](Reader& reader) {  // 02:30 in Shanghai; hours pass at full hours
    auto at = reader.value<Time>("SELECT MAX(t.at) FROM ticks t WHERE t.name = 'nightly'");
    EXPECT_EQ(to_text(*at).substr(10, 4), "T19:");
  });
}

TEST_P(Works, clocks_that_jump_back_and_forth_run_nothing_twice_R8) {
  auto id = note("a");
  desk_->post(path(id) + "/closings", "", staff);
  for (auto jump :
       {hours(2), Duration{-hours(1).us}, hours(1), Duration{-hours(24).us}, days(30)}) {
    desk_->advance(jump);
    desk_->advance(Duration{-seconds(5).us});
  }
  EXPECT_EQ(count("SELECT count(*) FROM events WHERE kind = 'notes.changed'"), 2);
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "closed");
}

TEST_P(Works, errands_until_they_are_stuck_and_again_when_asked) {
  toys::knobs().in_errand = failing(12, "no answer");
  auto id = note("a");
  desk_->post(path(id) + "/rings", "", staff);
  for (int i = 0; i < 40; ++i) desk_->advance(minutes(20));
  EXPECT_EQ(toys::knobs().calls_outside, 12);
  auto stuck = desk_->get("/system/stuck", staff);
  ASSERT_EQ(stuck.at("items").as_array().size(), 1u) << stuck.body;
  EXPECT_THAT(stuck.text("items.0.last_error"), HasSubstr("no answer"));
  auto job = std::to_string(stuck.at("items.0.id").as_int64());
  EXPECT_EQ(desk_->post("/system/stuck/" + job + "/retries", "", staff).status, 204);
  desk_->settle();
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "rung");
  EXPECT_EQ(desk_->get("/system/stuck", staff).at("items").as_array().size(), 0u);
}

TEST_P(Works, jobs_nobody_knows_are_stuck_and_do_not_hold_up_others) {
  desk_->change([](Change& change) {
    change.keep_books(R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until, lease,
        last_error, stuck) VALUES ('gone.job', 'x', '{}', 0, 0, 0, 'old', '', FALSE))");
  });
  auto id = note("a");
  desk_->post(path(id) + "/rings", "", staff);
  desk_->settle();
  EXPECT_EQ(desk_->get(path(id), staff).text("state"), "rung");
  EXPECT_EQ(count("SELECT count(*) FROM jobs WHERE kind = 'gone.job' AND stuck = TRUE"), 1);
}

TEST_P(Works, forgets_idempotency_keys_in_the_end) {
  desk_->ask(
      {Method::post, "/notes", R"({"title":"a"})", staff, {{"idempotency-key", "k"}}, "", false});
  desk_->advance(hours(47));
  EXPECT_EQ(count("SELECT count(*) FROM idempotency_keys"), 1);
  desk_->advance(hours(3));
  EXPECT_EQ(count("SELECT count(*) FROM idempotency_keys"), 0);
}

TEST(BackOff, doubles_up_to_a_quarter_of_an_hour_with_up_to_a_fifth_more) {
  struct Case {
    int attempts;
    std::int64_t least_s, most_s;
  };
  for (const auto& [attempts, least, most] : std::vector<Case>{{1, 2, 3},
                                                               {2, 4, 5},
                                                               {3, 8, 10},
                                                               {5, 32, 39},
                                                               {9, 512, 615},
                                                               {10, 900, 1'080},
                                                               {12, 900, 1'080},
                                                               {60, 900, 1'080},
                                                               {1'000'000, 900, 1'080}}) {
    EXPECT_EQ(back_off(attempts, 0).whole_seconds(), least) << attempts;
    auto longest = back_off(attempts, 65'535).whole_seconds();
    EXPECT_GE(longest, least) << attempts;
    EXPECT_LE(longest, most) << attempts;
  }
}

TEST(Daily, comes_at_the_local_minute_in_every_zone_and_season) {
  struct Case {
    std::string_view after;
    int minute;
    std::string_view zone, expected;
  };
  for (const auto& [after, minute, zone, expected] : std::vector<Case>{
           {"2026-11-23T06:00:00Z", 150, "Asia/Shanghai", "2026-11-23T18:30:00.000Z"},
           {"2026-11-23T18:30:00Z", 150, "Asia/Shanghai", "2026-11-24T18:30:00.000Z"},
           {"2026-11-23T18:29:59Z", 150, "Asia/Shanghai", "2026-11-23T18:30:00.000Z"},
           {"2026-11-23T06:00:00Z", 0, "UTC", "2026-11-24T00:00:00.000Z"},
           {"2026-12-31T23:59:59Z", 1'439, "UTC", "2027-01-01T23:59:00.000Z"},
           // Berlin springs from 02:00 to 03:00 on 2026-03-29: 02:30 is skipped.
           {"2026-03-28T12:00:00Z", 150, "Europe/Berlin", "2026-03-29T01:00:00.000Z"},
           {"2026-03-29T01:00:00Z", 150, "Europe/Berlin", "2026-03-30T00:30:00.000Z"},
           // and falls back at 03:00 on 2026-10-25: 02:30 comes twice, the first counts.
           {"2026-10-24T12:00:00Z", 150, "Europe/Berlin", "2026-10-25T00:30:00.000Z"},
           {"2026-10-25T00:30:00Z", 150, "Europe/Berlin", "2026-10-26T01:30:00.000Z"},
           // Lord Howe moves by half an hour only; Kathmandu is 05:45 ahead.
           {"2026-10-03T12:00:00Z", 135, "Australia/Lord_Howe", "2026-10-03T15:30:00.000Z"},
           {"2026-11-23T06:00:00Z", 150, "Asia/Kathmandu", "2026-11-23T20:45:00.000Z"},
           // Sao Paulo used to skip midnight.
           {"2018-11-03T12:00:00Z", 0, "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"},
           {"2028-02-28T20:00:00Z", 1'200, "America/New_York", "2028-02-29T01:00:00.000Z"}}) {
    EXPECT_EQ(to_text(next_daily(*parse_time(after), minute, zone)), expected)
        << after << " " << zone;
  }
}

// Whatever the time, the next one is later and at most 25 hours away.
TEST(Daily, always_goes_forward) {
  auto time = *parse_time("2026-01-01T00:00:00Z");
  for (std::string_view zone : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}) {
    for (int i = 0; i < 3'000; ++i) {
      auto after = time + minutes(i * 173);
      auto next = next_daily(after, (i * 37) % 1'440, zone);
      ASSERT_GT(next, after) << zone << " " << to_text(after);
      ASSERT_LE(next - after, hours(25)) << zone << " " << to_text(after);
    }
  }
}

}  // namespace
}  // namespace baijin
