#pragma once
// Where the desk is and what it speaks: as its people set it, else as it was configured. Decides
// the year in ticket numbers, when daily jobs run, and what new people begin with.
#include <string>

#include "hub/change.h"
#include "hub/reader.h"

namespace baijin {

struct DeskPlace {
  std::string time_zone;  // "Asia/Shanghai"
  std::string locale;     // "zh-CN"
};

DeskPlace desk_place(Reader& reader);
// The caller has checked that there is such a zone, and tells it.
void set_desk_place(Change& change, const DeskPlace& place);

}  // namespace baijin
