#pragma once
// Turns one conversation into steps: who does what to a ticket, and when. Nothing is done here.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "main/demo/dialogue.h"
#include "main/demo/vendor.h"
#include "modules/tickets/tickets.h"

namespace baijin::demo {

// What has become of a ticket while the steps are done.
struct Played {
  Id<tickets::Ticket> id;
};

struct Step {
  Time at;
  std::size_t ticket = 0;
  std::string what;  // for the message when it cannot be done
  std::function<void(Past&, Time, Played&)> act;
};

// What is decided about a ticket before it is told.
struct Casting {
  std::size_t place = 0;  // among the demo's tickets
  const Dialogue* dialogue = nullptr;
  const CustomerMade* customer = nullptr;
  const ContactMade* contact = nullptr;
  const AssetMade* asset = nullptr;  // may be none
  const ProductMade* product = nullptr;
  std::string version, newer, site;
  const Colleague *hotline = nullptr, *dispatcher = nullptr, *engineer = nullptr,
                  *other_engineer = nullptr, *lead = nullptr;
  std::string channel;
  std::string workflow;                     // key
  std::string target;                       // the state it is in at the end
  std::optional<std::size_t> duplicate_of;  // asked twice: the place of the other
};

// The states the demo leaves tickets in, by workflow.
std::vector<std::string> states_of(std::string_view workflow);

// The steps of a ticket that begins at `start`; the same dice tell the same story.
std::vector<Step> tell(const Vendor& vendor, const Casting& casting, Time start, Dice dice);

}  // namespace baijin::demo
