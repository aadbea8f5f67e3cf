#include "modules/mail/arriving.h"

#include "hub/hub.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/files/files.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/reading.h"

namespace baijin::mail {
namespace {

struct HandedIn {
  std::optional<Email> mailbox;  // whose address it was sent to; else the first mailbox
};
FIELDS(HandedIn, mailbox)

struct Receipt {
  Id<IncomingMail> id;
};
FIELDS(Receipt, id)

void keep_upload(Reader& reader, HandedIn&) {
  const auto& upload = reader.request().upload;
  if (!upload) throw invalid("required", "body");
  if (upload->bytes == 0) throw invalid("empty_file", "body");
  reader.hub().blobs().adopt(upload->path, upload->sha256);
}

Receipt take_upload(Change& change, const HandedIn& input) {
  const auto& upload = *change.request().upload;
  Arrival arrival;
  arrival.door = Door::api;
  arrival.raw = upload.sha256;
  arrival.bytes = upload.bytes;
  return {hand_in(change, arrival, input.mailbox ? input.mailbox->value : "").id};
}

}  // namespace

std::optional<Id<IncomingMail>> arrive(Change& change, const Arrival& arrival) {
  if (!arrival.remote.empty()) {
    bool known = change.any(R"(SELECT 1 FROM incoming_mails i
        WHERE i.mailbox = $1 AND i.remote = $2 {all: is it here})",
                            arrival.mailbox, arrival.remote);
    if (known) return {};
  }
  IncomingMail mail;
  mail.mailbox = arrival.mailbox;
  mail.door = arrival.door;
  mail.remote = arrival.remote;
  mail.raw = arrival.raw;
  mail.raw_at = arrival.raw_at;
  mail.bytes = arrival.bytes;
  mail.whole = arrival.whole;
  mail.arrived_at = mail.next_try_at = change.now();
  change.add(mail);
  return mail.id;
}

IncomingMail hand_in(Change& change, const Arrival& given, std::string_view to) {
  std::optional<Mailbox> chosen;
  for (auto& mailbox : all_mailboxes(change)) {
    bool fits = to.empty() ? mailbox.active : mailbox.address.value == to;
    if (fits && !chosen) chosen = std::move(mailbox);
  }
  if (!chosen) throw not_found();
  auto arrival = given;
  arrival.mailbox = chosen->id;
  auto id = arrive(change, arrival);
  change.tell_about("mail.arrived", {"mailbox", chosen->id.value}, {}, {{"messages", 1}});
  read_soon(change, chosen->id);
  return *change.find_unseen(*id);
}

void install_arriving(Module& m) {
  files::holds_blobs(m, [](Reader& reader, const std::string& sha256) {
    return reader.any("SELECT 1 FROM incoming_mails i WHERE i.raw = $1 {all: any use counts}",
                      sha256);
  });
  m.right("mail.hand_in", "Hand in messages over the API");
  m.event<Mailbox>("mail.arrived", "mail.manage");
  m.create("/mail", "mail.hand_in", take_upload)
      .first(keep_upload)
      .upload()
      .about("Hand in a message (RFC 5322) as it came; it is read in a moment.");
}

}  // namespace baijin::mail
