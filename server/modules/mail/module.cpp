#include "hub/module.h"

#include "modules/accounts/accounts.h"
#include "modules/mail/arriving.h"
#include "modules/mail/bounces.h"
#include "modules/mail/door_letters.h"
#include "modules/mail/fetching.h"
#include "modules/mail/floods.h"
#include "modules/mail/letters.h"
#include "modules/mail/looking.h"
#include "modules/mail/mailboxes.h"
#include "modules/mail/outbox.h"
#include "modules/mail/reading.h"
#include "modules/mail/signing.h"
#include "modules/mail/sorting.h"
#include "modules/mail/threading.h"
#include "modules/mail/wording.h"
#include "modules/organisation/organisation.h"

namespace baijin::mail {
namespace {

bool has_mailbox(Reader& reader) {
  return reader.any("SELECT 1 FROM mailboxes b {all: only whether there is one} LIMIT 1");
}

}  // namespace

void install(Module& m) {
  install_mailboxes(m);
  install_signing(m);
  install_arriving(m);
  install_fetching(m);
  install_reading(m);
  install_threading(m);
  install_sorting(m);
  install_floods(m);
  install_outbox(m);
  install_bounces(m);
  install_wording(m);
  install_letters(m);
  install_door_letters(m);
  install_looking(m);
  organisation::add_first_step(m, "mailbox", has_mailbox);
}

}  // namespace baijin::mail
