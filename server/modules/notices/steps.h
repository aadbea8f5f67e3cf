#pragma once
// For this module's files.
#include <optional>

#include "modules/notices/notices.h"

namespace baijin::notices {

// forbidden("not_for_customers"): notices are for the desk.
void must_be_staff(const Reader& reader);

// One of the actor's own about something that he sees now, also when it is for the mail alone.
std::optional<NoticeView> find_notice(Reader& reader, Id<Notice> id);

}  // namespace baijin::notices
