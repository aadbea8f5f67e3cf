#pragma once
// What else there is on a desk: time spent, tickets that belong together, what was asked twice, and
// at the end the views and ready-made replies people have saved.
#include <memory>
#include <vector>

#include "main/demo/telling.h"

namespace baijin::demo {

// Adds steps; whoever adds them last sorts.
void add_trimmings(const std::vector<Casting>& castings,
                   const std::shared_ptr<std::vector<Played>>& played, std::vector<Step>& steps,
                   Time now, std::uint64_t seed);
void save_views_and_replies(Hub& hub, const Vendor& vendor, Time at);

}  // namespace baijin::demo
