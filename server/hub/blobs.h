#pragma once
// Blobs in a directory: DIR/ab/cdef… by hash, DIR/incoming for uploads under way.
#include <memory>
#include <string>

#include "hub/outside.h"

namespace baijin {

// Makes the directories when missing; what an earlier run left in incoming/ is removed.
std::unique_ptr<Blobs> blobs_in(const std::string& directory);

// The same without touching incoming/: for a command beside a running server.
std::unique_ptr<Blobs> blobs_beside(const std::string& directory);

}  // namespace baijin
