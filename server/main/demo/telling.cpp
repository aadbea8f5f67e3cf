#include "main/demo/telling.h"

#include <algorithm>
#include <stdexcept>

#include "base/html.h"
#include "main/demo/attachments.h"
#include "main/demo/hours.h"
#include "main/demo/stock.h"
#include "main/demo/ways.h"

namespace baijin::demo {
namespace {

using tickets::Channel;
using tickets::EvidenceKind;
using tickets::Ticket;

std::map<std::string, std::string, std::less<>> words_of(const Casting& cast) {
  const auto& contact = *cast.contact;
  auto known = [](const std::string& text, const char* otherwise) {
    return text.empty() ? std::string(otherwise) : text;
  };
  return {{"product", cast.product->name},
          {"product_pdm", "产品数据管理"},
          {"version", cast.version},
          {"newer", cast.newer},
          {"customer", cast.customer->name},
          {"customer_short", cast.customer->short_name},
          {"who", contact.address},
          {"who_self", "我们" + contact.department},
          {"me", contact.english ? contact.address : contact.name},
          {"eng", cast.engineer->form_of_address()},
          {"eng2", cast.other_engineer->form_of_address()},
          {"lead", cast.lead->name},
          {"site", known(cast.site, "总部")},
          {"serial", known(cast.asset ? cast.asset->serial : "", "的编号")},
          {"licence", known(cast.asset ? cast.asset->licence : "", "合同附件里那一份")},
          {"pinyin", "zhang"}};
}

struct FileText {
  std::string name, bytes;
};

class Teller {
 public:
  Teller(const Vendor& vendor, const Casting& casting, Time start, Dice dice)
      : vendor_(vendor),
        cast_(casting),
        dice_(dice),
        wording_(dice_.apart(7), words_of(casting)),
        clock_(start),
        target_(state_line(casting.workflow, casting.target)) {
    const auto& type = cast_.dialogue->service_type;
    tested_ = changes_system(type) || type == "repair_return";
    portal_ = cast_.channel == "portal";
    spoken_ = cast_.channel == "phone" || cast_.channel == "in_person" || cast_.channel == "chat";
    urgent_ = cast_.dialogue->severity == "S1";
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
  using Act = std::function<void(Past&, Time, Played&)>;

  void add(std::string what, Act act) {
    steps_.push_back({clock_, cast_.place, std::move(what), std::move(act)});
  }
  void wait(std::int64_t low, std::int64_t high) {
    auto minutes_of_work = dice_.between(low, high);
    clock_ = after_work(clock_, urgent_ ? minutes_of_work / 6 + 1 : minutes_of_work, dice_);
  }
  static void wait_days_of(Time& clock, std::int64_t count, Dice& dice) {
    clock = next_working(clock + days(count), dice);
  }

  static bool changes_system(std::string_view type) {
    return type == "fault" || type == "maintenance" || type == "upgrade" ||
           type == "installation" || type == "change";
  }

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
  bool may_confirm() const { return portal_ && cast_.contact->user != 0; }

  // How far a ticket must have come before somebody says this.
  Stage needed(char who) const {
    std::string_view way = cast_.workflow;
    switch (who) {
      case 'E': case 'N': case 'A': case 'W': case 'P':
        return way == "complaint" ? assigned : way == "main" && who == 'A' ? assigned : responded;
      case 'L': return way == "complaint" ? assigned : received;
      case 'D': case 'O': case 'B': return way == "consultation" ? responded : diagnosing;
      case 'S': return way == "consultation" ? responded : resolving;
      case 'T': case 'F': return way == "main" ? verifying : diagnosing;
      case 'R': return resolving;
      default: return received;
    }
  }

  // ── people ─────────────────────────────────────────────────────────────────────────────────

  Actor staff_for(char by) const {
    switch (by) {
      case 'h': return cast_.hotline->actor();
      case 'd': return cast_.dispatcher->actor();
      case 'l': return cast_.lead->actor();
      default: return cast_.engineer->actor();
    }
  }
  // Who types what the customer says: the customer in the portal, whoever is on the telephone, the
  // program for what came by mail.
  Actor customers_hand(bool first) const {
    if (may_confirm()) return cast_.contact->actor;
    if (spoken_) return first || stage_ < responded ? staff_for('h') : staff_for('e');
    return program_actor();
  }
  tickets::Origin customers_origin() const {
    tickets::Origin origin;
    if (may_confirm()) return origin;
    origin.contact = Id<customers::Contact>{cast_.contact->id};
    origin.channel = enum_from<Channel>(cast_.channel == "portal" ? "email" : cast_.channel);
    return origin;
  }

  // ── doing ──────────────────────────────────────────────────────────────────────────────────

  std::vector<FileText> files_of(std::size_t at) {
    std::vector<FileText> files;
    const auto& lines = cast_.dialogue->lines;
    for (auto next = at + 1; next < lines.size() && lines[next].who == 'a'; ++next) {
      files.push_back({lines[next].text, attachment(lines[next].text, subject_, dice_)});
    }
    return files;
  }
  static std::vector<Id<files::File>> uploaded(Past& past, const Actor& actor, Time at,
                                               const std::vector<FileText>& texts) {
    std::vector<Id<files::File>> ids;
    for (const auto& text : texts) ids.push_back({past.upload(actor, at, text.name, text.bytes)});
    return ids;
  }

  std::vector<tickets::Tag> tags() const {
    std::vector<tickets::Tag> tags;
    for (const auto& tag : cast_.dialogue->tags) tags.push_back({tag});
    return tags;
  }

  // What the hotline knows and customers leave open.
  void judge(tickets::TicketPatch& patch) const {
    const auto& said = *cast_.dialogue;
    patch.tags = {true, tags()};
    patch.category = {true, Id<catalogue::Category>{vendor_.categories.at(said.category)}};
    if (said.severity) patch.severity = {true, enum_from<tickets::Severity>(*said.severity)};
    if (said.impact) patch.impact = {true, enum_from<tickets::Impact>(*said.impact)};
  }

  tickets::NewTicket request() {
    const auto& said = *cast_.dialogue;
    tickets::NewTicket input;
    input.service_type.value = vendor_.service_types.at(said.service_type);
    input.subject.value = subject_;
    input.body.emplace().value = text_to_html(wording_.fill(said.lines.front().text));
    if (!may_confirm()) input.contact = Id<customers::Contact>{cast_.contact->id};
    input.customer = Id<customers::Customer>{cast_.customer->id};
    if (cast_.asset) input.asset = Id<products::Asset>{cast_.asset->id};
    else input.product = Id<products::Product>{cast_.product->id};
    return input;
  }

  void open() {
    subject_ = wording_.fill(cast_.dialogue->subject);
    add("open", [input = request(), actor = customers_hand(true), origin = customers_origin(),
         files = files_of(0)](Past& past, Time at, Played& played) {
      auto filled = input;
      filled.files = uploaded(past, actor, at, files);
      past.change(actor, at, [&](Change& change) {
        played.id = tickets::open_ticket(change, filled, origin).id;
      });
    });
    wait(2, 25);
    tickets::TicketPatch patch;
    judge(patch);
    add("judge", [patch, actor = staff_for('h')](Past& past, Time at, Played& played) {
      past.change(actor, at,
                  [&](Change& change) { tickets::change_ticket(change, played.id, patch); });
    });
  }

  void say(char who, const std::string& text, std::vector<FileText> files) {
    tickets::NewMessage message;
    message.body.value = text_to_html(text);
    message.undo_seconds = 0;
    if (who == 'N') {
      message.kind = tickets::MessageKind::note;
      message.undo_seconds.reset();
      if (dice_.in_hundred(30)) message.mentions = {Id<accounts::User>{cast_.dispatcher->id}};
    }
    bool customers_own = who == 'C';
    if (customers_own) message.undo_seconds.reset();
    auto actor = customers_own ? customers_hand(false)
                 : who == 'K'  ? staff_for('h')
                 : who == 'L'  ? staff_for('l')
                               : staff_for('e');
    auto origin = customers_own ? customers_origin() : tickets::Origin{};
    informed_ = informed_ || (!customers_own && who != 'N');
    add(std::string("say ") + who, [message, actor, origin, files = std::move(files)](Past& past, Time at, Played& played) {
      auto filled = message;
      filled.files = uploaded(past, actor, at, files);
      past.change(actor, at, [&](Change& change) {
        tickets::add_message(change, played.id, filled, origin);
      });
    });
  }

  void record(char what, const std::string& text) {
    tickets::NewEvidence input;
    input.kind = what == 'D'   ? EvidenceKind::diagnosis
                 : what == 'O' ? EvidenceKind::original_configuration
                 : what == 'B' ? EvidenceKind::backup
                 : what == 'S' ? EvidenceKind::solution
                 : what == 'A' ? EvidenceKind::appointment
                 : what == 'G' ? EvidenceKind::signature
                               : EvidenceKind::test;
    if (what == 'T' || what == 'F') {
      input.passed = what == 'T';
      input.done_by = Id<accounts::User>{cast_.engineer->id};
    }
    if (what == 'A') {
      input.starts_at = next_working(clock_ + days(dice_.between(1, 4)), dice_);
      input.place = Text<1, 300>{text};
      input.done_by = Id<accounts::User>{cast_.engineer->id};
      input.body.value = "时间、地点和需要的准备已与客户确认。";
    } else {
      input.body.value = text;
    }
    recorded_ += what;
    add(std::string("record ") + what, [input, actor = staff_for(cast_.workflow == "complaint" ? 'l' : 'e')](
            Past& past, Time at, Played& played) {
      past.change(actor, at,
                  [&](Change& change) { tickets::record_evidence(change, played.id, input); });
    });
  }
  bool has(char what) const { return recorded_.find(what) != std::string::npos; }
  void make_sure_of(char what) {
    if (has(what)) return;
    record(what, wording_.fill(usual_text(what, dice_)));
    wait(3, 30);
  }

  void move(std::string_view to, const Actor& actor, const std::string& reason = "",
            std::optional<std::int64_t> rating = {}) {
    tickets::Move input;
    input.to.value = to;
    if (!reason.empty()) input.reason = Lines<2'000>{reason};
    if (rating) input.fields.emplace().rating = rating;
    add("move " + input.to.value, [input, actor](Past& past, Time at, Played& played) {
      past.change(actor, at, [&](Change& change) { tickets::move(change, played.id, input); });
    });
  }

  void assign() {
    tickets::Assignment input;
    input.team = {true, Id<accounts::Team>{vendor_.teams.at(cast_.engineer->team)}};
    bool by_mistake = cast_.workflow == "main" && dice_.in_hundred(7);
    const auto& first = by_mistake ? *cast_.other_engineer : *cast_.engineer;
    input.assignee = {true, Id<accounts::User>{first.id}};
    add_assignment(input, staff_for('d'));
    if (!by_mistake) return;
    wait(20, 90);
    input.assignee = {true, Id<accounts::User>{cast_.engineer->id}};
    input.hand_over_note = Lines<4'000>{wording_.fill(hand_over_note(dice_))};
    add_assignment(input, first.actor());
  }
  void add_assignment(const tickets::Assignment& input, const Actor& actor) {
    add("assign", [input, actor, watcher = urgent_ ? cast_.lead->id : 0](Past& past, Time at,
                                                              Played& played) {
      past.change(actor, at, [&](Change& change) {
        tickets::assign(change, played.id, input);
        if (watcher) tickets::watch(change, played.id, {watcher});
      });
    });
    wait(2, 12);
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
      resume_ = stage_ >= resolving ? "resume_work" : stage_ == diagnosing ? "resume_diagnosis"
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
      case 'T': case 'F': return wait(20, 240);
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
      confirm(last_word);
    }
    after_closing();
  }
  std::optional<std::int64_t> rating() {
    if (target_.stage < evaluated || (target_.stage == archived && dice_.in_hundred(35))) return {};
    auto mark = dice_.between(1, 100);
    bool complaint = cast_.workflow == "complaint";
    return mark <= (complaint ? 20 : 62) ? 5 : mark <= (complaint ? 70 : 90) ? 4 : mark <= 97 ? 3 : 2;
  }
  void confirm(std::size_t last_word) {
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
      add_confirmation(input, cast_.contact->actor);
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
      wait_days_of(clock_, 3, dice_);
      return move("close", program_actor(), "customer_was_silent");
    }
    input.comment = Lines<4'000>{wording_.fill(call_back(dice_))};
    add_confirmation(input, staff_for('h'));
  }
  void add_confirmation(const tickets::Confirmation& input, const Actor& actor) {
    add("confirm", [input, actor](Past& past, Time at, Played& played) {
      past.change(actor, at, [&](Change& change) { tickets::confirm(change, played.id, input); });
    });
  }
  void after_closing() {
    if (target_.stage == evaluated && !rated_) {
      wait(30, 400);
      move("evaluate", may_confirm() ? cast_.contact->actor : staff_for('h'), "",
           dice_.between(4, 5));
    }
    if (target_.stage == archived) {
      wait_days_of(clock_, dice_.between(2, 9), dice_);
      move("archive", staff_for('d'));
    }
    if (target_.last_step) {  // a customer's answer takes it up again
      wait(200, 1'500);
      say('C', wording_.fill(it_is_back(cast_.contact->english, dice_)), {});
    }
  }

  const Vendor& vendor_;
  const Casting& cast_;
  Dice dice_;
  Wording wording_;
  Time clock_;
  const StateLine& target_;
  std::string subject_, recorded_;
  Stage stage_ = received;
  const char* resume_ = nullptr;
  bool tested_ = false, portal_ = false, spoken_ = false, urgent_ = false;
  bool assigned_ = false, informed_ = false, rated_ = false;
  std::vector<Step> steps_;
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
