#include "modules/mail/signing.h"

#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "modules/mail/mailboxes.h"

namespace baijin::mail {
namespace {

constexpr std::string_view purpose = "mailbox signing";

SigningView view_of(const mime::DkimKey& key) {
  return {key.selector + "._domainkey." + key.domain, mime::dkim_record(key.private_key)};
}

}  // namespace

std::optional<mime::DkimKey> signing_key(Reader& reader, const Mailbox& mailbox) {
  mime::DkimKey key;
  std::string sealed;
  reader.each(R"(SELECT s.selector, s.private_key FROM mailbox_signing s
      WHERE s.mailbox = $1 {all: opened for its own letters only})",
              [&](const db::Row& row) {
                Cell cell;
                row.read(0, cell);
                key.selector = cell.text;
                row.read(1, cell);
                sealed = cell.text;
              },
              mailbox.id);
  if (sealed.empty()) return {};
  auto opened = reader.hub().keys().open(purpose, sealed);
  if (!opened) return {};  // another master.key: the page shows that nothing is signed
  key.private_key = *opened;
  const auto& address = mailbox.address.value;
  key.domain = address.substr(address.rfind('@') + 1);
  return key;
}

std::optional<SigningView> signing_of(Reader& reader, const Mailbox& mailbox) {
  auto key = signing_key(reader, mailbox);
  if (!key) return {};
  return view_of(*key);
}

void make_signing_key(Reader&, NewSigning& input) { input.key = Secret{mime::new_dkim_key()}; }

SigningView sign_mail(Change& change, Id<Mailbox> id, const NewSigning& input) {
  auto mailbox = change.get(id);
  const auto& selector = input.selector.value;
  if (selector.find('_') != selector.npos || selector.ends_with('-')) {
    throw invalid("not_a_selector", "selector");
  }
  change.execute(R"(INSERT INTO mailbox_signing (mailbox, selector, private_key)
      VALUES ($1, $2, $3)
      ON CONFLICT (mailbox) DO UPDATE SET selector = excluded.selector,
        private_key = excluded.private_key)",
                 id, selector, change.hub().keys().seal(purpose, input.key->value));
  change.tell("mail.signing_begun", mailbox);
  return *signing_of(change, mailbox);
}

void stop_signing(Change& change, Id<Mailbox> id) {
  auto mailbox = change.get(id);
  bool signs = change.any(
      "SELECT 1 FROM mailbox_signing s WHERE s.mailbox = $1 {all: the mailbox's own key}", id);
  if (!signs) return;
  change.execute("DELETE FROM mailbox_signing WHERE mailbox = $1", id);
  change.tell("mail.signing_ended", mailbox);
}

void install_signing(Module& m) {
  for (auto name : {"mail.signing_begun", "mail.signing_ended"}) {
    m.event<Mailbox>(name, "mail.manage");
  }
  m.post("/mailboxes/{id}/signing", "mail.manage", sign_mail)
      .first(make_signing_key)
      .about("Sign a mailbox's mail (DKIM) with a new key; tells what to put into the DNS.");
  m.del("/mailboxes/{id}/signing", "mail.manage", stop_signing).about("Sign its mail no longer.");
}

}  // namespace baijin::mail
