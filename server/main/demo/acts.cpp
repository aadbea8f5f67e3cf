#include "main/demo/acts.h"

#include "base/html.h"
#include "main/demo/attachments.h"
#include "main/demo/hours.h"
#include "main/demo/stock.h"

namespace baijin::demo {
namespace {

using tickets::Channel;
using tickets::EvidenceKind;

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
          {"eng", contact.english ? "our engineer" : cast.engineer->form_of_address()},
          {"eng2", cast.other_engineer->form_of_address()},
          {"lead", cast.lead->name},
          {"site", known(cast.site, "总部")},
          {"serial", known(cast.asset ? cast.asset->serial : "", "的编号")},
          {"licence", known(cast.asset ? cast.asset->licence : "", "合同附件里那一份")},
          {"pinyin", "zhang"}};
}

std::vector<Id<files::File>> uploaded(Past& past, const Actor& actor, Time at,
                                      const std::vector<FileText>& texts) {
  std::vector<Id<files::File>> ids;
  for (const auto& text : texts) ids.push_back({past.upload(actor, at, text.name, text.bytes)});
  return ids;
}

EvidenceKind kind_of(char what) {
  switch (what) {
    case 'D': return EvidenceKind::diagnosis;
    case 'O': return EvidenceKind::original_configuration;
    case 'B': return EvidenceKind::backup;
    case 'S': return EvidenceKind::solution;
    case 'A': return EvidenceKind::appointment;
    case 'G': return EvidenceKind::signature;
    default: return EvidenceKind::test;
  }
}

}  // namespace

Acts::Acts(const Vendor& vendor, const Casting& casting, Time start, Dice dice)
    : vendor_(vendor),
      cast_(casting),
      dice_(dice),
      wording_(dice_.apart(7), words_of(casting)),
      clock_(start) {
  portal_ = cast_.channel == "portal";
  spoken_ = cast_.channel == "phone" || cast_.channel == "in_person" || cast_.channel == "chat";
  urgent_ = cast_.dialogue->severity == "S1";
}

void Acts::add(std::string what, Act act) {
  steps_.push_back({clock_, cast_.place, std::move(what), std::move(act)});
}

void Acts::wait(std::int64_t low, std::int64_t high) {
  auto minutes_of_work = dice_.between(low, high);
  clock_ = after_work(clock_, urgent_ ? minutes_of_work / 6 + 1 : minutes_of_work, dice_);
}

void Acts::wait_days(std::int64_t count) { clock_ = next_working(clock_ + days(count), dice_); }

Actor Acts::staff_for(char by) const {
  switch (by) {
    case 'h': return cast_.hotline->actor();
    case 'd': return cast_.dispatcher->actor();
    case 'l': return cast_.lead->actor();
    default: return cast_.engineer->actor();
  }
}

// Who types what the customer says: the customer in the portal, whoever is on the telephone, the
// program for what came by mail.
Actor Acts::customers_hand(bool first) const {
  if (may_confirm()) return cast_.contact->actor;
  if (spoken_) return staff_for(first || stage_ < responded ? 'h' : 'e');
  return program_actor();
}

tickets::Origin Acts::customers_origin() const {
  tickets::Origin origin;
  if (may_confirm()) return origin;
  origin.contact = Id<customers::Contact>{cast_.contact->id};
  origin.channel = enum_from<Channel>(cast_.channel == "portal" ? "email" : cast_.channel);
  return origin;
}

std::vector<FileText> Acts::files_of(std::size_t at) {
  std::vector<FileText> files;
  const auto& lines = cast_.dialogue->lines;
  for (auto next = at + 1; next < lines.size() && lines[next].who == 'a'; ++next) {
    files.push_back({lines[next].text, attachment(lines[next].text, subject_, dice_)});
  }
  return files;
}

// What the hotline knows and customers leave open.
tickets::TicketPatch Acts::judgement() const {
  const auto& said = *cast_.dialogue;
  tickets::TicketPatch patch;
  patch.tags.given = true;
  for (const auto& tag : said.tags) patch.tags.value.push_back({tag});
  patch.category = {true, Id<catalogue::Category>{vendor_.categories.at(said.category)}};
  if (said.severity) patch.severity = {true, enum_from<tickets::Severity>(*said.severity)};
  if (said.impact) patch.impact = {true, enum_from<tickets::Impact>(*said.impact)};
  return patch;
}

tickets::NewTicket Acts::request() {
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

void Acts::open() {
  subject_ = wording_.fill(cast_.dialogue->subject);
  auto input = request();
  auto origin = customers_origin();
  bool ours = cast_.dialogue->lines.front().who != 'C';  // we call on them
  if (ours) origin = {{}, {}, {}, {}, Channel::staff};
  auto actor = ours ? staff_for('h') : customers_hand(true);
  informed_ = ours;
  add("open", [input, actor, origin, files = files_of(0)](Past& past, Time at, Played& played) {
    auto filled = input;
    filled.files = uploaded(past, actor, at, files);
    past.change(actor, at, [&](Change& change) {
      played.id = tickets::open_ticket(change, filled, origin).id;
    });
  });
  wait(2, 25);
  add("judge",
      [patch = judgement(), hotline = staff_for('h')](Past& past, Time at, Played& played) {
        past.change(hotline, at,
                    [&](Change& change) { tickets::change_ticket(change, played.id, patch); });
      });
}

void Acts::say(char who, const std::string& text, std::vector<FileText> files) {
  tickets::NewMessage message;
  message.body.value = text_to_html(text);
  bool customers_own = who == 'C', note = who == 'N';
  if (note) {
    message.kind = tickets::MessageKind::note;
    if (dice_.in_hundred(30)) message.mentions = {Id<accounts::User>{cast_.dispatcher->id}};
  } else if (!customers_own) {
    message.undo_seconds = 0;
    informed_ = true;
  }
  auto actor = customers_own ? customers_hand(false)
                             : staff_for(who == 'K'   ? 'h'
                                         : who == 'L' ? 'l'
                                                      : 'e');
  auto origin = customers_own ? customers_origin() : tickets::Origin{};
  add(std::string("say ") + who,
      [message, actor, origin, files = std::move(files)](Past& past, Time at, Played& played) {
        auto filled = message;
        filled.files = uploaded(past, actor, at, files);
        past.change(actor, at, [&](Change& change) {
          tickets::add_message(change, played.id, filled, origin);
        });
      });
}

void Acts::record(char what, const std::string& text) {
  tickets::NewEvidence input;
  input.kind = kind_of(what);
  input.body.value = text;
  if (what == 'T' || what == 'F') {
    input.passed = what == 'T';
    input.done_by = Id<accounts::User>{cast_.engineer->id};
  } else if (what == 'A') {
    input.starts_at = next_working(clock_ + days(dice_.between(1, 4)), dice_);
    input.place = Text<1, 300>{text};
    input.done_by = Id<accounts::User>{cast_.engineer->id};
    input.body.value = "时间、地点和需要的准备已与客户确认。";
  }
  recorded_ += what;
  auto actor = staff_for(cast_.workflow == "complaint" ? 'l' : 'e');
  add(std::string("record ") + what, [input, actor](Past& past, Time at, Played& played) {
    past.change(actor, at,
                [&](Change& change) { tickets::record_evidence(change, played.id, input); });
  });
}

void Acts::make_sure_of(char what) {
  if (recorded_.find(what) != std::string::npos) return;
  record(what, wording_.fill(usual_text(what, dice_)));
  wait(3, 30);
}

void Acts::move(std::string_view to, const Actor& actor, const std::string& reason,
                std::optional<std::int64_t> rating) {
  tickets::Move input;
  input.to.value = to;
  if (!reason.empty()) input.reason = Lines<2'000>{reason};
  if (rating) input.fields.emplace().rating = rating;
  add("move " + input.to.value, [input, actor](Past& past, Time at, Played& played) {
    past.change(actor, at, [&](Change& change) { tickets::move(change, played.id, input); });
  });
}

// Now and then somebody is assigned who has no time and hands it over.
void Acts::assign() {
  tickets::Assignment input;
  input.team = {true, Id<accounts::Team>{vendor_.teams.at(cast_.engineer->team)}};
  bool hands_over = cast_.workflow == "main" && dice_.in_hundred(7);
  const auto& first = hands_over ? *cast_.other_engineer : *cast_.engineer;
  input.assignee = {true, Id<accounts::User>{first.id}};
  add_assignment(input, staff_for('d'));
  if (!hands_over) return;
  wait(20, 90);
  input.assignee = {true, Id<accounts::User>{cast_.engineer->id}};
  input.hand_over_note = baijin::Lines<4'000>{wording_.fill(hand_over_note(dice_))};
  add_assignment(input, first.actor());
}

void Acts::add_assignment(const tickets::Assignment& input, const Actor& actor) {
  auto watcher = urgent_ ? cast_.lead->id : 0;
  add("assign", [input, actor, watcher](Past& past, Time at, Played& played) {
    past.change(actor, at, [&](Change& change) {
      tickets::assign(change, played.id, input);
      if (watcher) tickets::watch(change, played.id, {watcher});
    });
  });
  wait(2, 12);
}

void Acts::confirm(const tickets::Confirmation& input, const Actor& actor) {
  add("confirm", [input, actor](Past& past, Time at, Played& played) {
    past.change(actor, at, [&](Change& change) { tickets::confirm(change, played.id, input); });
  });
}

}  // namespace baijin::demo
