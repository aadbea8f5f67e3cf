#pragma once
// Events in the order of the log, whoever asks; which of them an actor may read; how they leave.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/audit/audit.h"

namespace baijin::audit {

struct Wanted {
  std::optional<Ref> subject;
  std::optional<std::string> kind, actor;
  std::optional<Time> from, to;
};
bool matches(const Wanted& wanted, const Event& event);

// seq numbers between which everything wanted lies, neither included. Clocks of several nodes may
// differ: the times are taken a minute wider.
struct Bounds {
  std::int64_t above = 0, below = 0;
};
Bounds bounds_of(Reader& reader, const Wanted& wanted);

// What is wanted between two numbers, neither included; at most `limit`, newest or oldest first.
std::vector<Event> read_between(Reader& reader, const Wanted& wanted, Bounds bounds, bool down,
                                int limit);

// Those of the events the actor may read, in their order.
std::vector<Event> readable(Reader& reader, std::vector<Event> events);

void append_csv_head(std::string& out);
void append_csv(std::string& out, const Event& event);

}  // namespace baijin::audit
