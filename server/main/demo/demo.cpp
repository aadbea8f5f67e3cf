#include "main/demo/demo.h"

#include <algorithm>
#include <stdexcept>

#include "main/demo/bulk.h"
#include "main/demo/dialogue.h"
#include "main/demo/hours.h"
#include "main/demo/telling.h"
#include "main/demo/trimmings.h"
#include "main/demo/ways.h"

namespace baijin::demo {
namespace {

constexpr std::int64_t most_played = 2'000, played_of_many = 400;
constexpr std::size_t steps_at_once = 400;
constexpr std::int64_t asked_twice = 61;  // one ticket in so many repeats the one before

struct Share {
  std::string_view state;
  int of_thousand;
};
// How tickets stand on a desk that does its work: most are done, some of every kind are not.
constexpr Share shares[] = {{"archived", 430},        {"evaluated", 160},
                            {"closed", 130},          {"awaiting_customer", 50},
                            {"waiting_customer", 40}, {"resolving", 35},
                            {"diagnosing", 30},       {"responded", 25},
                            {"answering", 20},        {"waiting_third_party", 20},
                            {"assigned", 15},         {"received", 15},
                            {"confirmed", 8},         {"verifying", 8},
                            {"suspended", 6},         {"cancelled", 20},
                            {"reopened", 8},          {"planned", 15},
                            {"reviewing", 6},         {"acknowledged", 4},
                            {"investigating", 4},     {"remedying", 4}};

bool is_closed(std::string_view state) {
  return state == "archived" || state == "evaluated" || state == "closed" || state == "cancelled";
}

std::string_view workflow_of(const Dialogue& dialogue) {
  for (std::string_view own : {"consultation", "complaint", "feedback"}) {
    if (dialogue.service_type == own) return own;
  }
  return "main";
}

bool fits(const Dialogue& dialogue, std::string_view family) {
  const auto& wanted = dialogue.families;
  return wanted.front() == "any" || std::find(wanted.begin(), wanted.end(), family) != wanted.end();
}

std::string version_after(const std::string& newest) {
  auto dot = newest.rfind('.');
  return newest.substr(0, dot + 1) + std::to_string(std::stoi(newest.substr(dot + 1)) + 1);
}

class Casters {
 public:
  Casters(const Vendor& vendor, std::uint64_t seed) : vendor_(vendor), dice_(Dice(seed).apart(2)) {}

  Casting cast(std::size_t place) {
    Casting casting;
    casting.place = place;
    auto lines = state_lines();
    const auto& all = dialogues();
    // First every state there is, then every conversation, then as it comes.
    if (place < lines.size()) {
      casting.target = lines[place].state;
      casting.dialogue = &any_of(lines[place].workflow);
    } else if (place < lines.size() + all.size()) {
      casting.dialogue = &all[place - lines.size()];
    } else {
      casting.dialogue = &usual();
    }
    casting.workflow = workflow_of(*casting.dialogue);
    if (casting.target.empty()) casting.target = any_state(casting.workflow);
    find_customer(casting);
    find_people(casting);
    find_channel(casting);
    return casting;
  }
  // A colleague of the same customer asks for the same thing.
  Casting again(const Casting& first, std::size_t place) {
    auto casting = first;
    casting.place = place;
    casting.duplicate_of = first.duplicate_of.value_or(first.place);
    casting.target = "received";
    for (const auto& other : first.customer->contacts) {
      if (other.id != first.contact->id) casting.contact = &other;
    }
    casting.channel = "phone";
    casting.hotline = one("agent");
    return casting;
  }
  Dice& dice() { return dice_; }

 private:
  const Dialogue& any_of(std::string_view workflow) {
    while (true) {
      const auto& dialogue = dialogues()[dice_.below(dialogues().size())];
      if (workflow_of(dialogue) == workflow) return dialogue;
    }
  }
  // Faults and questions come more often than the rest.
  const Dialogue& usual() {
    while (true) {
      const auto& dialogue = dialogues()[dice_.below(dialogues().size())];
      auto percent = dialogue.service_type == "fault"          ? 100
                     : dialogue.service_type == "consultation" ? 70
                     : dialogue.service_type == "complaint"    ? 20
                                                               : 40;
      if (dialogue.english) percent /= 2;
      if (dice_.in_hundred(percent)) return dialogue;
    }
  }
  std::string any_state(std::string_view workflow) {
    auto known = states_of(workflow);
    while (true) {
      auto left = dice_.between(0, 1'100);
      for (const auto& share : shares) {
        left -= share.of_thousand;
        if (left > 0) continue;
        if (std::find(known.begin(), known.end(), share.state) == known.end()) break;
        return std::string(share.state);
      }
    }
  }

  void find_customer(Casting& casting) {
    const auto& dialogue = *casting.dialogue;
    for (int tries = 0;; ++tries) {
      const auto& customer = vendor_.customers[dice_.below(vendor_.customers.size())];
      if (customer.english != dialogue.english) continue;
      for (const auto& asset : customer.assets) {
        const auto& product = vendor_.products[asset.product];
        if (fits(dialogue, product.family)) take_asset(casting, customer, asset);
      }
      if (casting.asset) break;
      if (tries < 60) continue;
      casting.customer = &customer;
      take_product(casting);
      break;
    }
    const auto& contacts = casting.customer->contacts;
    // Those who lead leave most of the asking to others.
    do casting.contact = &contacts[dice_.below(contacts.size())];
    while (casting.contact->lead && !dice_.in_hundred(20));
  }
  void take_asset(Casting& casting, const CustomerMade& customer, const AssetMade& asset) {
    casting.customer = &customer;
    casting.asset = &asset;
    casting.product = &vendor_.products[asset.product];
    casting.version = casting.product->version_names[asset.version];
    for (std::size_t i = 0; i < customer.sites.size(); ++i) {
      if (customer.sites[i] == asset.site) casting.site = customer.site_names[i];
    }
    name_newer(casting);
  }
  void take_product(Casting& casting) {
    do casting.product = &vendor_.products[dice_.below(vendor_.products.size())];
    while (!fits(*casting.dialogue, casting.product->family));
    casting.version = casting.product->version_names.back();
    casting.site = casting.customer->site_names.front();
    name_newer(casting);
  }
  static void name_newer(Casting& casting) {
    const auto& newest = casting.product->version_names.back();
    casting.newer = casting.version == newest ? version_after(newest) : newest;
  }

  const Colleague* one(std::string_view role, int region = -1) {
    auto people = vendor_.of_role(role, region);
    return people[dice_.below(people.size())];
  }
  void find_people(Casting& casting) {
    auto region = casting.customer->region;
    bool training = casting.dialogue->service_type == "training";
    casting.hotline = one("agent");
    casting.dispatcher = one("dispatcher", region);
    casting.lead = one("duty_manager");
    casting.engineer = training ? one("trainer") : one("engineer", region);
    do casting.other_engineer = training ? one("trainer") : one("engineer", region);
    while (casting.other_engineer == casting.engineer);
  }
  void find_channel(Casting& casting) {
    const auto& offered_channels = casting.dialogue->channels;
    casting.channel = offered_channels[dice_.below(offered_channels.size())];
    bool can_sign_in = casting.contact->user != 0;
    if (can_sign_in && casting.dialogue->service_type != "care" && dice_.in_hundred(75)) {
      casting.channel = "portal";
    }
    if (!can_sign_in && casting.channel == "portal") casting.channel = "email";
  }

  const Vendor& vendor_;
  Dice dice_;
};

// Tells a ticket so that it ends before now: what is done at any time, what is open just now.
std::vector<Step> in_time(const Vendor& vendor, const Casting& casting, Time opening, Time now,
                          Dice& dice) {
  bool done = is_closed(casting.target);
  auto start = done ? asking_time(opening, now - days(1), dice) : now - hours(2);
  bool offered_now = casting.target == "awaiting_customer";
  auto latest = now - minutes(5) - minutes(offered_now ? dice.between(0, 1'000) : 0);
  if (!done && !offered_now) latest = latest - minutes(dice.between(0, 5'400));
  auto same = dice.apart(casting.place);
  while (true) {
    auto steps = tell(vendor, casting, start, same);
    auto late = steps.back().at - latest;
    if (late.us <= 0) {
      // Silence closes what was offered days ago; so it was offered today, weekend or not.
      if (offered_now) steps.back().at = latest;
      return steps;
    }
    start = start - late - minutes(7);
    while (!is_working(start)) start = start - minutes(41);
  }
}

// Only that it was asked, shortly after the other.
std::vector<Step> told_again(const Vendor& vendor, const Casting& casting,
                             const std::vector<Step>& steps, Time now, Dice& dice) {
  auto first = now;
  for (const auto& step : steps) {
    if (step.ticket == *casting.duplicate_of) first = std::min(first, step.at);
  }
  auto told = tell(vendor, casting, after_work(first, dice.between(10, 60), dice), dice.apart(9));
  constexpr std::size_t asked_and_judged = 2;
  told.resize(std::min(told.size(), asked_and_judged), Step{});
  return told;
}

void act(const Step& step, Past& past, Played& played) {
  try {
    step.act(past, step.at, played);
  } catch (const Error& error) {
    throw std::runtime_error("the demo's ticket " + std::to_string(step.ticket) + ", step '" +
                             step.what + "': " + error.reason + " " + error.detail);
  }
}

void play(Hub& hub, const std::vector<Step>& steps, std::vector<Played>& played,
          const std::function<void(double)>& progress) {
  for (std::size_t begin = 0; begin < steps.size(); begin += steps_at_once) {
    auto end = std::min(begin + steps_at_once, steps.size());
    in_the_past(hub, [&](Past& past) {
      for (auto at = begin; at < end; ++at) {
        act(steps[at], past, played[steps[at].ticket]);
      }
    });
    progress(static_cast<double>(end) / static_cast<double>(steps.size()));
  }
}

void play_tickets(Hub& hub, const Vendor& vendor, const DemoOptions& options, std::int64_t count,
                  Time opening, const std::function<void(double)>& progress) {
  auto now = hub.clock().now();
  Casters casters(vendor, options.seed);
  // The steps hold references to how each ticket was cast.
  std::vector<Casting> castings;
  castings.reserve(static_cast<std::size_t>(count));
  std::vector<Step> steps;
  for (std::int64_t i = 0; i < count; ++i) {
    auto place = static_cast<std::size_t>(i);
    bool twice = i > 100 && i % asked_twice == 0;
    castings.push_back(twice ? casters.again(castings.back(), place) : casters.cast(place));
    auto told = twice ? told_again(vendor, castings.back(), steps, now, casters.dice())
                      : in_time(vendor, castings.back(), opening, now, casters.dice());
    std::move(told.begin(), told.end(), std::back_inserter(steps));
  }
  auto played = std::make_shared<std::vector<Played>>(castings.size());
  add_trimmings(castings, played, steps, now, options.seed);
  // What people did happens in the order of time, so that ids and events tell it in that order.
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  play(hub, steps, *played, progress);
}

// Nobody is to be told today of what happened in half a year.
void skip_reactions(Hub& hub) {
  hub.change(program_actor(), [](Change& change) {
    auto newest = newest_settled(change);
    change.keep_books("UPDATE reaction_cursors SET tx = $1, seq = $2", newest.tx, newest.seq);
  });
}

bool is_empty(Hub& hub) {
  bool empty = true;
  hub.read(program_actor(), [&](Reader& reader) {
    empty = !reader.any("SELECT u.id FROM users u LIMIT 1") &&
            !reader.any("SELECT t.id FROM tickets t LIMIT 1");
  });
  return empty;
}

}  // namespace

DemoPeople fill_demo(Hub& hub, const DemoOptions& options,
                     const std::function<void(double)>& progress) {
  if (!is_empty(hub)) throw conflict("desk_is_not_empty");
  auto played = options.tickets <= most_played ? options.tickets : played_of_many;
  auto ready_made = options.tickets - played;
  auto now = hub.clock().now();
  auto opening = now - days(ready_made > 0 ? 30 : 182);
  auto vendor = make_vendor(hub, options.seed, opening);
  auto share = static_cast<double>(ready_made) / static_cast<double>(options.tickets);
  progress(0.02);
  if (ready_made > 0) {
    BulkOrder order{ready_made, options.seed, now - days(3 * 365), opening, options.search};
    fill_bulk(hub, vendor, order, [&](double part) { progress(0.02 + 0.98 * share * part); });
  }
  play_tickets(hub, vendor, options, played, opening,
               [&](double part) { progress(0.02 + 0.98 * (share + (1 - share) * part)); });
  save_views_and_replies(hub, vendor, opening + days(1));
  skip_reactions(hub);
  return people_of(vendor);
}

std::vector<DemoPerson> demo_people() {
  std::vector<DemoPerson> people;
  for (const auto& line : staff_lines()) {
    people.push_back({line.login, std::string(password), line.role, line.name});
  }
  people.push_back({"kehu", std::string(password), "contact", ""});
  people.push_back({"kehu.lingdao", std::string(password), "customer_lead", ""});
  return people;
}

}  // namespace baijin::demo
