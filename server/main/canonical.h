#pragma once
// The canonical export: every row as a sorted JSON line, then every blob; byte for byte the same on
// both engines (R19).
//   {"table":"customers","row":{"id":1,…}}
//   {"blob":"<sha256>","base64":"…"}
#include <functional>
#include <iosfwd>

#include "hub/hub.h"

namespace baijin {

void write_canonical(Hub& hub, std::ostream& out, bool with_blobs,
                     const std::function<void(double)>& progress);
// Into a desk whose tables hold nothing but the schema; throws std::runtime_error naming the line.
void read_canonical(Hub& hub, std::istream& in, const std::function<void(double)>& progress);

}  // namespace baijin
