#pragma once
// The errand that fetches what was asked for, a few images at a time.
#include "modules/remote_images/remote_images.h"

namespace baijin::remote_images {

void fetch_soon(Change& change, const Ref& holder);
void install_fetching(Module& m);

}  // namespace baijin::remote_images
