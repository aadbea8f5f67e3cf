#include "hub/module.h"

#include "modules/remote_images/fetching.h"

namespace baijin::remote_images {

void install(Module& m) {
  // Who sees the holder is asked where one is shown; as rows they are the auditors' alone.
  m.record<RemoteImage>({"FALSE", "FALSE", "FALSE", "", "", "", ""});
  m.event<RemoteImage>("remote_images.asked", "audit.read");
  m.event<RemoteImage>("remote_images.came", "audit.read");
  m.event<RemoteImage>("remote_images.forgotten", "audit.read");
  m.post("/remote-images", "signed_in", load_images)
      .first(look_for_images)
      .slow()
      .about("Fetch the images of other hosts that a message or a letter shows.");
  m.get("/remote-images", "signed_in", list_images)
      .about("What was fetched of the images of other hosts in a message or a letter.");
  m.get("/remote-images/{id}", "signed_in", show_image)
      .raw()
      .about("An image of another host as it was fetched.");
  install_fetching(m);
}

}  // namespace baijin::remote_images
