// The event log is chained and sealed: what is changed afterwards shows.
#include "hub/seal.h"
#include "hub/test_desk.h"

namespace baijin {
namespace {

class Seals : public NotesDesk {
 protected:
  void SetUp() override {
    NotesDesk::SetUp();
    for (int i = 0; i < 6; ++i) note("n" + std::to_string(i));
    seal_events(desk_->hub());
    for (int i = 6; i < 9; ++i) note("n" + std::to_string(i));
    seal_events(desk_->hub());
  }
  std::vector<std::string> problems() {
    std::vector<std::string> all;
    desk_->read([&](Reader& reader) { all = check_seals(reader); });
    return all;
  }
  // Somebody with the database in his hands.
  void tamper(const std::function<void(Change&)>& how) {
    desk_->change([&](Change& change) {
      bool sqlite = change.connection().engine() == db::Engine::sqlite;
      change.connection().script(sqlite ? "DROP TRIGGER events_stay; DROP TRIGGER events_remain"
                                        : "DROP TRIGGER events_stay ON events");
      how(change);
    });
  }
};
BAIJIN_ON_BOTH_ENGINES(Seals)

TEST_P(Seals, hold_when_nothing_was_touched) {
  EXPECT_EQ(seal_events(desk_->hub()), 0);
  EXPECT_TRUE(problems().empty());
  EXPECT_EQ(count("SELECT SUM(events) FROM event_seals"), 9);
  note("later");
  EXPECT_TRUE(problems().empty());
}

TEST_P(Seals, are_not_needed_where_the_database_refuses) {
  EXPECT_ANY_THROW(desk_->change([](Change& change) {
    change.keep_books("UPDATE events SET actor = 'nobody' WHERE seq = 1");
  }));
  EXPECT_ANY_THROW(
      desk_->change([](Change& change) { change.keep_books("DELETE FROM events WHERE seq = 1"); }));
  EXPECT_TRUE(problems().empty());
}

TEST_P(Seals, break_when_an_event_is_changed) {
  tamper([](Change& c) { c.keep_books("UPDATE events SET actor = 'nobody' WHERE seq = 2"); });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_only_the_time_is_changed) {
  tamper([](Change& c) { c.keep_books("UPDATE events SET at = at + 1000 WHERE seq = 9"); });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_an_event_is_taken_away) {
  tamper([](Change& c) { c.keep_books("DELETE FROM events WHERE seq = 3"); });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_the_tail_is_cut_off) {
  tamper([](Change& c) { c.keep_books("DELETE FROM events WHERE seq >= 8"); });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_everything_is_taken_away) {
  tamper([](Change& c) { c.keep_books("DELETE FROM events"); });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_an_event_is_added) {
  tamper([](Change& c) {
    c.keep_books("DELETE FROM events WHERE seq = 4");
    c.keep_books(R"(INSERT INTO events (seq, tx, at, actor, kind, subject, customer, audience, data,
                    request, caused_by) SELECT 4, e.tx, e.at, e.actor, e.kind, 'note:77',
                    e.customer, e.audience, e.data, e.request, e.caused_by
                    FROM events e WHERE e.seq = 5)");
  });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_two_events_change_places) {
  tamper([](Change& c) {
    c.keep_books("UPDATE events SET subject = 'note:4' WHERE seq = 5");
    c.keep_books("UPDATE events SET subject = 'note:5' WHERE seq = 4");
  });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, break_when_a_seal_is_taken_away_or_changed) {
  desk_->change([](Change& c) { c.keep_books("DELETE FROM event_seals WHERE id = 1"); });
  EXPECT_EQ(problems().size(), 1u);
}

// Who knows how the chain is made still lacks the key.
TEST_P(Seals, cannot_be_made_anew_without_the_key) {
  auto other = std::make_unique<Keys>(std::array<unsigned char, 32>{1}, system_chance());
  tamper([&](Change& c) {
    c.keep_books("UPDATE events SET actor = 'nobody' WHERE seq = 8");
    std::string hash;
    c.each("SELECT s.hash FROM event_seals s WHERE s.id = 1", [&](const db::Row& row) {
      Cell cell;
      row.read(0, cell);
      hash = cell.text;
    });
    for (const auto& event : settled_events(c, {0, 0}, 100)) {
      if (event.seq > 6) hash = sha256_hex(hash + "\n" + to_json(event));
    }
    c.keep_books("UPDATE event_seals SET hash = $1 WHERE id = 2", hash);
    c.keep_books("UPDATE event_seals SET hash = $1 WHERE id = 2", other->mac("event log", hash));
  });
  EXPECT_EQ(problems().size(), 1u);
}

TEST_P(Seals, are_looked_at_by_the_check) {
  std::vector<std::string> found;
  tamper([](Change& c) { c.keep_books("UPDATE events SET actor = 'nobody' WHERE seq = 2"); });
  desk_->read([&](Reader& reader) {
    for (const auto& look : reader.hub().registry().checks) {
      for (auto& sentence : look(reader)) found.push_back(std::move(sentence));
    }
  });
  EXPECT_EQ(found.size(), 1u);
}

}  // namespace
}  // namespace baijin
