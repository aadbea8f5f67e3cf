// Cursors never skip and never double, whatever the order in which transactions end.
#include <random>

#include "hub/test_node.h"

namespace baijin {
namespace {

using testing::Engine;

class Cursors : public Nodes {};
INSTANTIATE_TEST_SUITE_P(Engines, Cursors, ::testing::Values(Engine::sqlite, Engine::postgres),
                         testing::engine_name);

// Eight writers hold their transactions open for different times after telling, so that on
// PostgreSQL sequence numbers become visible out of order; some give up in the end.
void write_for_a_while(TestNode& node, int writer, std::atomic<std::int64_t>& written) {
  std::minstd_rand random(static_cast<unsigned>(writer));
  for (int i = 0; i < 60; ++i) {
    auto hold = std::chrono::microseconds(random() % 12'000);
    bool gives_up = random() % 8 == 0;
    int events = static_cast<int>(random() % 3) + 1;
    try {
      node.hub().change(program_actor(), [&](Change& change) {
        for (int n = 0; n < events; ++n) {
          change.tell_about("notes.ticked", {"note", writer * 1'000 + i + 1}, {}, {{"n", n}});
          std::this_thread::sleep_for(hold / events);
        }
        if (gives_up) throw conflict("given_up");
      });
      written += events;
    } catch (const Error& error) {
      EXPECT_EQ(error.reason, "given_up");
    }
  }
}

TEST_P(Cursors, never_skip_nor_double_with_eight_slow_writers) {
  auto& node = first();
  std::atomic<std::int64_t> written{0};
  std::atomic<bool> done{false};
  std::vector<std::int64_t> seen;
  std::thread reader([&] {
    Cursor place;
    while (true) {
      bool last = done;
      std::vector<Event> events;
      node.hub().read(program_actor(), [&](Reader& r) { events = settled_events(r, place, 7); });
      for (const auto& event : events) {
        Cursor at{event.tx, event.seq};
        EXPECT_LT(place, at);
        place = at;
        seen.push_back(event.seq);
      }
      if (events.empty() && last) return;
      if (events.empty()) std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  });
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] { write_for_a_while(node, i, written); });
  }
  for (auto& writer : writers) writer.join();
  done = true;
  reader.join();
  std::vector<std::int64_t> all;
  node.hub().read(program_actor(), [&](Reader& r) {
    all = r.values<std::int64_t>("SELECT e.seq FROM events e ORDER BY e.seq");
  });
  EXPECT_EQ(static_cast<std::int64_t>(all.size()), written);
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(seen, all);  // each once, none left out
}

// The proof that the horizon is needed: a later number is committed while an earlier one is not.
TEST_P(Cursors, wait_for_an_earlier_event_that_is_not_yet_committed) {
  if (GetParam() == Engine::sqlite) GTEST_SKIP() << "SQLite has one writer";
  auto& node = first();
  Gate told;
  std::thread slow([&] {
    node.hub().change(program_actor(), [&](Change& change) {
      change.tell_about("notes.ticked", {"note", 1}, {});
      told.wait();
    });
  });
  told.wait_for_visitors(1);
  node.hub().change(program_actor(), [](Change& change) {
    change.tell_about("notes.ticked", {"note", 2}, {});
  });
  auto settled = [&] {
    std::vector<std::string> subjects;
    node.hub().read(program_actor(), [&](Reader& reader) {
      for (const auto& event : settled_events(reader, {}, 10)) {
        subjects.push_back(event.subject.text());
      }
    });
    return subjects;
  };
  EXPECT_EQ(node.count("SELECT count(*) FROM events"), 1);
  EXPECT_TRUE(settled().empty());  // note:2 is there, but note:1 may still come before it
  told.open();
  slow.join();
  EXPECT_EQ(settled(), (std::vector<std::string>{"note:1", "note:2"}));
}

}  // namespace
}  // namespace baijin
