#include "main/demo/ways.h"

#include <stdexcept>
#include <string>

namespace baijin::demo {
namespace {

constexpr Rung main_rungs[] = {{confirmed, "confirm", 'h'}, {assigned, "assign", 'd'},
                               {responded, "respond", 'e'}, {diagnosing, "diagnose", 'e'},
                               {resolving, "resolve", 'e'}, {verifying, "verify", 'e'},
                               {offered, "offer", 'e'}};
constexpr Rung consultation_rungs[] = {{responded, "take_up", 'e'}, {offered, "offer", 'e'}};
constexpr Rung complaint_rungs[] = {{assigned, "acknowledge", 'l'},
                                    {diagnosing, "investigate", 'l'},
                                    {resolving, "remedy", 'l'},
                                    {offered, "offer", 'l'}};
constexpr Rung feedback_rungs[] = {{responded, "review", 'e'}, {resolving, "plan", 'e'}};

constexpr StateLine states[] = {
    {"main", "received", received, nullptr},
    {"main", "confirmed", confirmed, nullptr},
    {"main", "assigned", assigned, nullptr},
    {"main", "responded", responded, nullptr},
    {"main", "diagnosing", diagnosing, nullptr},
    {"main", "resolving", resolving, nullptr},
    {"main", "verifying", verifying, nullptr},
    {"main", "awaiting_customer", offered, nullptr},
    {"main", "closed", closed, nullptr},
    {"main", "evaluated", evaluated, nullptr},
    {"main", "archived", archived, nullptr},
    {"main", "waiting_customer", responded, "wait_customer"},
    {"main", "waiting_third_party", diagnosing, "wait_third_party"},
    {"main", "suspended", assigned, "suspend"},
    {"main", "cancelled", confirmed, "cancel"},
    {"main", "reopened", closed, "reopen"},
    {"consultation", "received", received, nullptr},
    {"consultation", "answering", responded, nullptr},
    {"consultation", "waiting_customer", responded, "wait_customer"},
    {"consultation", "awaiting_customer", offered, nullptr},
    {"consultation", "closed", closed, nullptr},
    {"consultation", "evaluated", evaluated, nullptr},
    {"consultation", "archived", archived, nullptr},
    {"consultation", "cancelled", received, "cancel"},
    {"consultation", "reopened", closed, "reopen"},
    {"complaint", "received", received, nullptr},
    {"complaint", "acknowledged", assigned, nullptr},
    {"complaint", "investigating", diagnosing, nullptr},
    {"complaint", "remedying", resolving, nullptr},
    {"complaint", "waiting_customer", diagnosing, "wait_customer"},
    {"complaint", "awaiting_customer", offered, nullptr},
    {"complaint", "closed", closed, nullptr},
    {"complaint", "evaluated", evaluated, nullptr},
    {"complaint", "archived", archived, nullptr},
    {"complaint", "cancelled", received, "cancel"},
    {"complaint", "reopened", closed, "reopen"},
    {"feedback", "received", received, nullptr},
    {"feedback", "reviewing", responded, nullptr},
    {"feedback", "planned", resolving, nullptr},
    {"feedback", "closed", closed, nullptr},
    {"feedback", "evaluated", evaluated, nullptr},
    {"feedback", "archived", archived, nullptr},
    {"feedback", "cancelled", received, "cancel"},
    {"feedback", "reopened", closed, "reopen"},
};

}  // namespace

std::span<const Rung> rungs_of(std::string_view workflow) {
  if (workflow == "main") return main_rungs;
  if (workflow == "consultation") return consultation_rungs;
  if (workflow == "complaint") return complaint_rungs;
  if (workflow == "feedback") return feedback_rungs;
  throw std::logic_error("the demo does not know the workflow " + std::string(workflow));
}

std::span<const StateLine> state_lines() { return states; }

const StateLine& state_line(std::string_view workflow, std::string_view state) {
  for (const auto& line : states) {
    if (line.workflow == workflow && line.state == state) return line;
  }
  throw std::logic_error("the demo does not know the state " + std::string(state));
}

}  // namespace baijin::demo
