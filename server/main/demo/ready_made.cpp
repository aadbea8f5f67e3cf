#include "main/demo/ready_made.h"

#include <algorithm>

#include "base/html.h"
#include "main/demo/hours.h"

namespace baijin::demo {
namespace {

using tickets::Ticket;
using What = Happening::What;

// The earliest is on top of the heap.
bool is_later(const std::unique_ptr<Happening>& a, const std::unique_ptr<Happening>& b) {
  return a->at != b->at ? a->at > b->at : a->ordinal > b->ordinal;
}

// What is taken of a conversation: how it begins, an answer, how it ends.
struct Gist {
  std::string_view asked, answered, ended;
};
Gist gist_of(const Dialogue& dialogue) {
  Gist gist;
  for (const auto& line : dialogue.lines) {
    if (line.who == 'C' && gist.asked.empty()) gist.asked = line.text;
    bool staff = line.who == 'E' || line.who == 'K' || line.who == 'L';
    if (staff) gist.answered = line.text;
    if (line.who == 'C') gist.ended = line.text;
  }
  return gist;
}

}  // namespace

ReadyMade::ReadyMade(const Vendor& vendor, const BulkOrder& order,
                     std::map<std::int64_t, std::int64_t> workflow_of_type)
    : vendor_(vendor),
      order_(order),
      workflow_of_type_(std::move(workflow_of_type)),
      dice_(Dice(order.seed).apart(3)),
      next_opening_(order.from) {
  for (std::size_t region = 0; region < region_count; ++region) {
    engineers_.push_back(vendor.of_role("engineer", static_cast<int>(region)));
  }
}

std::unique_ptr<Ticket> ReadyMade::new_ticket(const Dialogue& dialogue,
                                              const CustomerMade& customer,
                                              const ContactMade& contact, const Colleague& engineer,
                                              Time at) {
  auto ticket = std::make_unique<Ticket>();
  const auto& asset = customer.assets[dice_.below(customer.assets.size())];
  const auto& product = vendor_.products[asset.product];
  auto type = vendor_.service_types.at(dialogue.service_type);
  ticket->version.value = 1;
  ticket->service_type.value = type;
  ticket->workflow.value = workflow_of_type_.at(type);
  ticket->state = "closed";
  ticket->phase = tickets::Phase::closed;
  if (dialogue.severity) ticket->severity = enum_from<tickets::Severity>(*dialogue.severity);
  if (dialogue.impact) ticket->impact = enum_from<tickets::Impact>(*dialogue.impact);
  if (dialogue.severity == "S1") ticket->priority = tickets::Priority::P1;
  else if (dialogue.severity == "S2") ticket->priority = tickets::Priority::P2;
  ticket->category = Id<catalogue::Category>{vendor_.categories.at(dialogue.category)};
  ticket->product = Id<products::Product>{product.id};
  ticket->product_version = Id<products::ProductVersion>{product.versions[asset.version]};
  ticket->asset = Id<products::Asset>{asset.id};
  ticket->customer = Id<customers::Customer>{customer.id};
  ticket->site = Id<customers::Site>{asset.site};
  ticket->contact = Id<customers::Contact>{contact.id};
  ticket->channel = tickets::Channel::email;
  auto region = static_cast<std::size_t>(customer.region);
  ticket->region = Id<accounts::Region>{vendor_.regions[region]};
  ticket->team = Id<accounts::Team>{vendor_.teams.at(engineer.team)};
  ticket->assignee = Id<accounts::User>{engineer.id};
  for (const auto& tag : dialogue.tags) ticket->tags.push_back({tag});
  ticket->created_at = at;
  return ticket;
}

std::unique_ptr<Happening> ReadyMade::happening(Happening::What what, const Ticket& ticket, Time at,
                                                std::string text, const ContactMade* customers_own,
                                                const Colleague* colleague) const {
  auto made = std::make_unique<Happening>();
  made->what = what;
  made->at = at;
  made->ordinal = opened_;
  made->subject = ticket.subject.value;
  made->customer = ticket.customer->value;
  made->actor = colleague ? "user:" + std::to_string(colleague->id) : "program";
  if (what != Happening::What::closing) {
    auto message = std::make_unique<tickets::Message>();
    message->version.value = 1;
    message->from_customer = customers_own != nullptr;
    if (customers_own) message->contact = Id<customers::Contact>{customers_own->id};
    if (colleague) message->author = Id<accounts::User>{colleague->id};
    message->channel = customers_own ? tickets::Channel::email : tickets::Channel::staff;
    message->body.value = text_to_html(text);
    message->created_at = message->send_at = at;
    made->message = std::move(message);
  }
  made->text = std::move(text);
  return made;
}

void ReadyMade::later(std::unique_ptr<Happening> made) {
  waiting_.push_back(std::move(made));
  std::push_heap(waiting_.begin(), waiting_.end(), is_later);
}

Wording ReadyMade::wording_for(const CustomerMade& customer, const ContactMade& contact,
                               const Colleague& engineer) {
  const auto& asset = customer.assets.front();
  const auto& product = vendor_.products[asset.product];
  return Wording(dice_.apart(opened_), {{"product", product.name},
                                        {"product_pdm", "产品数据管理"},
                                        {"version", product.version_names[asset.version]},
                                        {"newer", product.version_names.back()},
                                        {"customer", customer.name},
                                        {"customer_short", customer.short_name},
                                        {"who", contact.address},
                                        {"who_self", "我们" + contact.department},
                                        {"me", contact.name},
                                        {"eng", engineer.form_of_address()},
                                        {"eng2", engineer.form_of_address()},
                                        {"lead", engineer.name},
                                        {"site", customer.site_names.front()},
                                        {"serial", asset.serial},
                                        {"licence", asset.licence},
                                        {"pinyin", "zhang"}});
}

std::unique_ptr<Happening> ReadyMade::open_next() {
  auto left = order_.tickets - static_cast<std::int64_t>(opened_);
  auto step = (order_.to - next_opening_).us / (left + 1);
  auto at = next_opening_;
  next_opening_ = Time{at.us + dice_.between(step / 2, step + step / 2)};
  const auto& dialogue = dialogues()[dice_.below(dialogues().size())];
  const auto& customer = vendor_.customers[dice_.below(vendor_.customers.size())];
  const auto& contact = customer.contacts[dice_.below(customer.contacts.size())];
  const auto& engineer = *dice_.one_of(engineers_[static_cast<std::size_t>(customer.region)]);
  auto ticket = new_ticket(dialogue, customer, contact, engineer, at);
  auto wording = wording_for(customer, contact, engineer);
  auto gist = gist_of(dialogue);
  ticket->subject.value = wording.fill(dialogue.subject);
  auto answered = at + minutes(dice_.between(8, 240));
  auto ended = answered + minutes(dice_.between(90, 4'200));
  auto closed = ended + minutes(dice_.between(5, 600));
  ticket->responded_at = answered;
  ticket->resolved_at = ended;
  ticket->closed_at = ticket->state_since = ticket->updated_at = closed;
  ticket->reopen_until = closed + days(7);
  ticket->last_message_at = ticket->last_reply_at = ended;
  if (dice_.in_hundred(60)) ticket->rating = dice_.between(3, 5);
  later(
      happening(What::message, *ticket, answered, wording.fill(gist.answered), nullptr, &engineer));
  later(happening(What::message, *ticket, ended, wording.fill(gist.ended), &contact, nullptr));
  later(happening(What::closing, *ticket, closed, "", nullptr, &engineer));
  auto opening = happening(What::opening, *ticket, at, wording.fill(gist.asked), &contact, nullptr);
  opening->names = customer.name + " " + contact.name;
  opening->ticket = std::move(ticket);
  ++opened_;
  return opening;
}

std::unique_ptr<Happening> ReadyMade::next() {
  bool more = static_cast<std::int64_t>(opened_) < order_.tickets;
  if (more && (waiting_.empty() || waiting_.front()->at >= next_opening_)) return open_next();
  if (waiting_.empty()) return nullptr;
  std::pop_heap(waiting_.begin(), waiting_.end(), is_later);
  auto made = std::move(waiting_.back());
  waiting_.pop_back();
  return made;
}

}  // namespace baijin::demo
