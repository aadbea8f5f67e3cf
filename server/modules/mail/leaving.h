#pragma once
// A mail is written at the moment it leaves: by its kind's writer, as its receiver may see things
// then, with everything that makes an answer find its way back.
#include "hub/mail_line.h"
#include "mime/dkim.h"
#include "mime/letter.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

struct Leaving {
  bool ready = false;
  bool waits_its_turn = false;  // an earlier one to the same person has to go first
  std::string why_not;  // a reason's slug when not ready; "" when it is none of our business
  MailAccount account;
  std::string from, to;  // the envelope
  std::optional<mime::DkimKey> signing;
  mime::Letter letter;  // without the bytes of its files
  std::vector<EnclosedFile> files;
};

Leaving written(Reader& reader, const OutgoingMail& mail);
// Loads the files and writes the message; Throws Error as mime::compose_message does.
std::string composed(Outside& outside, const Leaving& leaving);

// Who gets what a ticket's contact may see: the actor of its receiver.
Actor receiver_of(Reader& reader, const OutgoingMail& mail);

}  // namespace baijin::mail
