#pragma once
// Where a request stands, in the few plain words that a customer needs: received, in work,
// verified, your confirmation, done. One rule for every workflow, whatever its states are called.
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "modules/catalogue/catalogue.h"

namespace baijin::tickets {

struct Ticket;

enum class StepKey { received, in_work, verified, confirmation, done };
BOOST_DESCRIBE_ENUM(StepKey, received, in_work, verified, confirmation, done)
// past: behind us; now: what is being done, or whose turn it is; ahead: still to come.
enum class StepState { past, now, ahead };
BOOST_DESCRIBE_ENUM(StepState, past, now, ahead)

struct ProgressStep {
  StepKey key = StepKey::received;
  StepState state = StepState::ahead;
  std::optional<Time> at;  // when it was reached
};
FIELDS(ProgressStep, key, state, at)

// What is known of when.
struct ProgressTimes {
  Time received;
  std::optional<Time> taken_up, verified, offered, closed;
};

// Pure. A step that the workflow does not have, or that was skipped by who called the request off,
// is left out; `tested` says whether the service type asks for a test.
std::vector<ProgressStep> progress(const catalogue::Workflow& workflow, catalogue::Phase phase,
                                   bool tested, const ProgressTimes& times);

struct Progress {
  std::string state_zh, state_en;  // the state in the customer's words
  std::vector<ProgressStep> steps;
};
FIELDS(Progress, state_zh, state_en, steps)
// Of a ticket that the actor sees.
Progress progress_of(Reader& reader, const Ticket& ticket);

}  // namespace baijin::tickets
