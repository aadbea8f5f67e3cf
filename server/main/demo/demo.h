#pragma once
// `baijin demo`: a believable software vendor with its people, customers and half a year of work.
// Everything and everybody is made up. What happened is played through the product's own commands,
// each step by the person who did it and at its time, so that a demo desk is a real one.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace baijin {

class Hub;

namespace demo {

struct DemoOptions {
  std::int64_t tickets = 400;
  std::uint64_t seed = 1;
  bool search = true;  // without it ready-made tickets are not put into the search: for measuring
};

struct DemoPerson {
  std::string login, password, role, name;
};
// Who can sign in, those one would try first in front.
struct DemoPeople {
  std::vector<DemoPerson> people;
};

// Fills an opened, empty desk that is not started yet; `progress` gets 0 … 1. The same seed at the
// same time makes the same desk. Up to 2,000 tickets are played; of more, 400 are played and the
// rest is written as ready-made, older and closed tickets. Throws conflict("desk_is_not_empty").
DemoPeople fill_demo(Hub& hub, const DemoOptions& options,
                     const std::function<void(double)>& progress);

// Who can sign in to any demo desk: the staff and two of the customers' people.
std::vector<DemoPerson> demo_people();

}  // namespace demo
}  // namespace baijin
