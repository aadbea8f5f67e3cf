#include "main/demo/telling.h"

#include <algorithm>
#include <stdexcept>

#include "main/demo/acts.h"
#include "main/demo/stock.h"

namespace baijin::demo {
namespace {

bool changes_system(std::string_view type) {
  return type == "fault" || type == "maintenance" || type == "upgrade" || type == "installation" ||
         type == "change";
}

class Teller : Acts {
 public:
  Teller(const Vendor& vendor, const Casting& casting, Time start, Dice dice)
      : Acts(vendor, casting, start, dice), target_(state_line(casting.workflow, casting.target)) {
    const auto& type = cast_.dialogue->service_type;
    tested_ = changes_system(type) || type == "repair_return";
  }

  std::vector<Step> tell() {
    open();
    auto last_word = place_of_last_word();
    const auto& lines = cast_.dialogue->lines;
    std::size_t at = next_after(0);
    for (; at < lines.size(); at = next_after(at)) {
      if (at == last_word) break;
      if (needed(lines[at].who) > target_.stage) return end_early();
      play(at);
    }
    if (target_.stage < offered) return end_early();
    finish(last_word);
    return std::move(steps_);
  }

 private:
  // Lines that are attached to the one before are played with it.
  std::size_t next_after(std::size_t at) const {
    const auto& lines = cast_.dialogue->lines;
    do ++at;
    while (at < lines.size() && lines[at].who == 'a');
    return at;
  }

  // The customer's closing words, when people sign in to say them: they come with the confirmation.
  std::size_t place_of_last_word() const {
    const auto& lines = cast_.dialogue->lines;
    if (!may_confirm() || target_.stage < offered || cast_.workflow == "feedback") {
      return lines.size();
    }
    for (auto at = lines.size(); at-- > 1;) {
      if (lines[at].who == 'C') return at;
      if (std::string_view("DOBSTFWPR").find(lines[at].who) != std::string_view::npos) break;
    }
    return lines.size();
  }

  // How far a ticket must have come before somebody says this.
  Stage needed(char who) const {
    std::string_view way = cast_.workflow;
    switch (who) {
      case 'E':
      case 'N':
      case 'A':
      case 'W':
      case 'P':
        return way == "complaint" ? assigned : way == "main" && who == 'A' ? assigned : responded;
      case 'L': return way == "complaint" ? assigned : received;
      case 'D':
      case 'O':
      case 'B': return way == "consultation" ? responded : diagnosing;
      case 'S': return way == "consultation" ? responded : resolving;
      case 'T':
      case 'F': return way == "main" ? verifying : diagnosing;
      case 'R': return resolving;
      default: return received;
    }
  }

  // ── going along ────────────────────────────────────────────────────────────────────────────

  void climb(Stage stage) {
    if (resume_) {  // what was waited for has come
      move(resume_, staff_for('e'));
      resume_ = nullptr;
      wait(2, 20);
    }
    for (const auto& rung : rungs_of(cast_.workflow)) {
      if (rung.stage <= stage_ || rung.stage > stage) continue;
      if (rung.stage == verifying && !tested_ && stage > verifying) continue;
      prepare(rung.stage);
      move(rung.transition, staff_for(rung.by),
           rung.stage == resolving && cast_.workflow == "feedback" ? decision() : "");
      stage_ = rung.stage;
      wait(1, 9);
    }
  }
  void prepare(Stage next) {
    bool is_main = cast_.workflow == "main";
    if (next == confirmed && !spoken_ && !informed_) {
      say('K', wording_.fill(acknowledgement(cast_.contact->english, dice_)), {});
      wait(2, 10);
    }
    // Everybody else is assigned before the first step that wants somebody.
    if (!assigned_ && next >= assigned) {
      assigned_ = true;
      assign();
    }
    if (next == resolving && (is_main || cast_.workflow == "complaint")) make_sure_of('D');
    if (next == resolving && is_main && changes_system(cast_.dialogue->service_type)) {
      make_sure_of('O');
      make_sure_of('B');
    }
    if (next >= verifying) make_sure_of('S');
    if (next == offered && is_main && tested_) make_sure_of('T');
  }
  std::string decision() {
    for (const auto& line : cast_.dialogue->lines) {
      if (line.who == 'R') return wording_.fill(line.text);
    }
    return "评审通过，列入计划";
  }

  void play(std::size_t at) {
    const auto& line = cast_.dialogue->lines[at];
    climb(needed(line.who));
    if (line.who == 'R') return;
    pause_before(line.who);
    auto text = wording_.fill(line.text);
    if (std::string_view("CKELN").find(line.who) != std::string_view::npos) {
      say(line.who, text, files_of(at));
    } else if (line.who == 'W') {
      move("wait_customer", staff_for('e'), text);
    } else if (line.who == 'P') {
      move("wait_third_party", staff_for('e'), text);
      resume_ = stage_ >= resolving    ? "resume_work"
                : stage_ == diagnosing ? "resume_diagnosis"
                                       : "resume";
      wait(900, 2'000);
    } else {
      record(line.who, text);
    }
    if (line.who == 'F') {
      wait(5, 30);
      move("fail_test", staff_for('e'), text);
      stage_ = resolving;
    }
  }
  void pause_before(char who) {
    switch (who) {
      case 'C': return wait(12, 260);
      case 'K': return wait(3, 25);
      case 'E': return wait(12, 140);
      case 'L': return wait(10, 60);
      case 'D': return wait(20, 200);
      case 'S': return wait(25, 320);
      case 'T':
      case 'F': return wait(20, 240);
      default: return wait(3, 30);
    }
  }

  // ── ending ─────────────────────────────────────────────────────────────────────────────────

  // The story stops where the ticket is to stand.
  std::vector<Step> end_early() {
    climb(target_.stage);
    if (target_.last_step) last_step(target_.last_step);
    return std::move(steps_);
  }
  void last_step(std::string_view step) {
    wait(10, 120);
    if (step == "wait_customer") {
      say('E', wording_.fill(question(cast_.contact->english, dice_)), {});
      wait(1, 3);
      move(step, staff_for('e'), "等待客户补充材料");
    } else if (step == "wait_third_party") {
      move(step, staff_for('e'), wording_.fill("等待{备件到货|供应商回复|客户集团信息部放行}"));
    } else if (step == "suspend") {
      move(step, staff_for('d'), wording_.fill("客户{盘点|停产检修|外审}期间暂停，之后继续"));
    } else if (step == "cancel") {
      bool own = may_confirm();
      move(own ? "withdraw" : step, own ? cast_.contact->actor : staff_for('d'),
           wording_.fill("{客户自行解决|重复提交|客户改到下次巡检一起做}"));
    } else {
      throw std::logic_error("the demo does not know the step " + std::string(step));
    }
  }

  void finish(std::size_t last_word) {
    if (cast_.workflow == "feedback") {
      climb(dice_.in_hundred(60) ? resolving : responded);
      wait(60, 900);
      move("close", staff_for('d'), decision());
    } else {
      climb(offered);
      if (target_.stage == offered) return;
      close(last_word);
    }
    after_closing();
  }
  std::optional<std::int64_t> rating() {
    if (target_.stage < evaluated || (target_.stage == archived && dice_.in_hundred(35))) return {};
    auto mark = dice_.between(1, 100);
    bool complaint = cast_.workflow == "complaint";
    if (mark <= (complaint ? 20 : 62)) return 5;
    return mark <= (complaint ? 70 : 90) ? 4 : mark <= 97 ? 3 : 2;
  }
  void close(std::size_t last_word) {
    const auto& lines = cast_.dialogue->lines;
    wait(30, 500);
    tickets::Confirmation input;
    input.solved = true;
    input.rating = rating();
    rated_ = input.rating.has_value();
    if (may_confirm()) {
      if (last_word < lines.size()) {
        input.comment = Lines<4'000>{wording_.fill(lines[last_word].text)};
      }
      Acts::confirm(input, cast_.contact->actor);
      for (auto at = last_word; at < lines.size(); at = next_after(at)) {
        if (at == last_word) continue;
        pause_before(lines[at].who);
        say(lines[at].who, wording_.fill(lines[at].text), files_of(at));
      }
      return;
    }
    bool signs = cast_.dialogue->service_type == "installation" ||
                 cast_.dialogue->service_type == "change";
    if (signs) make_sure_of('G');
    if (!input.rating && dice_.in_hundred(45)) {
      wait_days(3);
      return move("close", program_actor(), "customer_was_silent");
    }
    input.comment = Lines<4'000>{wording_.fill(call_back(dice_))};
    Acts::confirm(input, staff_for('h'));
  }
  void after_closing() {
    if (target_.stage == evaluated && !rated_) {
      wait(30, 400);
      move("evaluate", may_confirm() ? cast_.contact->actor : staff_for('h'), "",
           dice_.between(4, 5));
    }
    if (target_.stage == archived) {
      wait_days(dice_.between(2, 9));
      move("archive", staff_for('d'));
    }
    if (target_.last_step) {  // a customer's answer takes it up again
      wait(200, 1'500);
      say('C', wording_.fill(it_is_back(cast_.contact->english, dice_)), {});
    }
  }

  const StateLine& target_;
  const char* resume_ = nullptr;
  bool tested_ = false, assigned_ = false, rated_ = false;
};

}  // namespace

std::vector<std::string> states_of(std::string_view workflow) {
  std::vector<std::string> states;
  for (const auto& line : state_lines()) {
    if (line.workflow == workflow) states.emplace_back(line.state);
  }
  return states;
}

std::vector<Step> tell(const Vendor& vendor, const Casting& casting, Time start, Dice dice) {
  return Teller(vendor, casting, start, dice).tell();
}

}  // namespace baijin::demo
