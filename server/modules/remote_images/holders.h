#pragma once
// Which kinds of records show images of other hosts, as their modules said.
#include "modules/remote_images/remote_images.h"

namespace baijin::remote_images {

// What the record shows, if its kind was named; else nothing.
std::optional<std::string> html_of(Reader& reader, const Ref& holder);

}  // namespace baijin::remote_images
