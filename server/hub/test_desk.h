#pragma once
// A desk of notes inside the test, with a fake clock, on either engine.
#include <gmock/gmock.h>

#include "hub/clockwork.h"
#include "hub/cursor_text.h"
#include "hub/test_notes.h"
#include "testing/desk.h"

namespace baijin {

class NotesDesk : public testing::DeskTest {
 protected:
  void SetUp() override {
    auto& knobs = toys::knobs();
    knobs.in_reaction = knobs.in_errand = knobs.in_nap = knobs.in_command = nullptr;
    knobs.calls_outside = 0;
    open(toys::modules, toys::tables);
    staff = desk_->sign_in(desk_->staff_with_all_rights());
    customer = desk_->sign_in(desk_->contact(7, {"notes.read"}));
  }
  std::int64_t note(const std::string& title, int of_customer = 1) {
    auto answer = desk_->post(
        "/notes", "{\"title\":\"" + title + "\",\"customer\":" + std::to_string(of_customer) + "}",
        staff);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return answer.id();
  }
  std::string path(std::int64_t note) { return "/notes/" + std::to_string(note); }
  std::int64_t count(db::Sql sql) {
    std::int64_t number = 0;
    desk_->read([&](Reader& reader) { number = reader.value<std::int64_t>(sql).value_or(0); });
    return number;
  }
  std::string staff, customer;
};

// Does something for each call, the first `times` of them: throws.
inline std::function<void()> failing(int times, std::string why = "not today") {
  auto left = std::make_shared<std::atomic<int>>(times);
  return [left, why] {
    if (--*left >= 0) throw std::runtime_error(why);
  };
}

}  // namespace baijin
