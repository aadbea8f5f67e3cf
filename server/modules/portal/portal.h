#pragma once
// The customers' door. Who signs in sees at once what waits for him, how far his requests are and
// how he is served (INT-8). Who has no account may ask where the organisation allows it: he gets a
// number and a link that shows him his request, and answers, confirms and rates by it.
namespace baijin {

class Module;

namespace portal {

void install(Module& m);

}  // namespace portal
}  // namespace baijin
