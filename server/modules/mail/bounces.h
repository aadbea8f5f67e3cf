#pragma once
// What came back. A report is believed when it names a Message-ID of ours, which nobody can guess;
// then the mail it is about has bounced, and an address that is dead for good is marked.
#include "modules/mail/mail.h"

namespace baijin::mail {

void note_bounce(Change& change, const mime::Judgement& judgement, IncomingMail& mail);
// As a mail server or a bounce says: nothing is sent there any more, until somebody clears it.
void mark_address(Change& change, const Email& address, mime::Reason reason, std::string_view said);
bool is_marked(Reader& reader, std::string_view address);

struct MarkFilter {
  std::optional<Email> email;
  Paging paging;
};
FIELDS(MarkFilter, email, paging)

Page<AddressMark> list_marks(Reader& reader, const MarkFilter& filter);
AddressMark clear_mark(Change& change, Id<AddressMark> id);

void install_bounces(Module& m);

}  // namespace baijin::mail
