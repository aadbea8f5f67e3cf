#pragma once
// Pure rules of tickets: no database, no clock.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/tickets/tickets.h"

namespace baijin::tickets::rules {

// Transitions from the ticket's state that lead to `to` or are named so.
std::vector<const catalogue::Transition*> ways_to(const catalogue::Workflow& workflow,
                                                  std::string_view state, std::string_view to);
// The first transition from `state` that customers may make into this phase; nullptr for none.
const catalogue::Transition* customers_way(const catalogue::Workflow& workflow,
                                           std::string_view state, Phase phase);
// The transition by which silence closes: one that is the staff's, else the customer's own.
const catalogue::Transition* closing_way(const catalogue::Workflow& workflow,
                                         std::string_view state);

// Whether a sanitised text has an image in it: it says something without a word.
bool shows_picture(std::string_view safe_html);

// Sets state, phase and all times that follow from them. `reopen_days` counts from now.
void enter(Ticket& ticket, const catalogue::State& state, Time now, std::int64_t reopen_days);

// Which priority a ticket has: what was asked for, when a reason is given and it differs from the
// matrix; invalid("wants_a_reason").
struct PriorityWish {
  std::optional<Priority> wanted;
  std::optional<Lines<2'000>> reason;
};
void set_priority(Ticket& ticket, const PriorityWish& wish, Priority by_matrix);

// When the customer's silence is next spoken to: reminders are spread evenly over the days, the
// last step closes. Steps count from 1; nothing past the closing or when the type never closes.
std::optional<Time> silence_step_at(Time since, std::int64_t days_of_silence,
                                    std::int64_t reminders, std::int64_t step);

// Whether a guard can be waived by somebody responsible with a reason (TKT-8).
bool may_be_waived(std::string_view guard);

// Tags without doubles, in the order given; invalid("too_many").
std::vector<Tag> distinct(const std::vector<Tag>& tags);

}  // namespace baijin::tickets::rules
