#pragma once
// Many ready-made tickets for a large desk: written as records, not played, because a million
// conversations would take hours. Each is what a closed ticket is after its work: three messages,
// four events, its entries in the search. Texts are made on a thread of their own, rows are written
// in the order of time.
#include <functional>

#include "main/demo/vendor.h"

namespace baijin::demo {

struct BulkOrder {
  std::int64_t tickets = 0;
  std::uint64_t seed = 1;
  Time from, to;  // when they were opened
  bool search = true;
};

void fill_bulk(Hub& hub, const Vendor& vendor, const BulkOrder& order,
               const std::function<void(double)>& progress);

}  // namespace baijin::demo
