#pragma once
// DKIM keys of mailboxes (邮件签名): the program makes one and keeps it sealed, the administrator
// puts its public half into the DNS, and from then on every letter of the mailbox is signed.
#include "mime/dkim.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

struct NewSigning {
  Slug selector;              // letters, digits and "-": one label of a DNS name
  std::optional<Secret> key;  // the server's own note; what was sent is overwritten
};
FIELDS(NewSigning, selector, key)

// What is to be put into the DNS.
struct SigningView {
  std::string name;    // "baijin._domainkey.example.com"
  std::string record;  // the text of its TXT record
};
FIELDS(SigningView, name, record)

// Nothing when the mailbox does not sign.
std::optional<SigningView> signing_of(Reader& reader, const Mailbox& mailbox);
std::optional<mime::DkimKey> signing_key(Reader& reader, const Mailbox& mailbox);

void make_signing_key(Reader& reader, NewSigning& input);  // before the Change: takes a while
// A new key in place of the one before. invalid "not_a_selector".
SigningView sign_mail(Change& change, Id<Mailbox> id, const NewSigning& input);
// Nothing happens when it does not sign.
void stop_signing(Change& change, Id<Mailbox> id);

void install_signing(Module& m);

}  // namespace baijin::mail
