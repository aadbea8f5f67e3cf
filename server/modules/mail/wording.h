#pragma once
// The texts of the mails that the desk writes by itself, in Chinese and English; each can be
// changed, looked at with a real ticket before it is kept, and put back.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/templates.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

inline constexpr std::string_view worded_kinds[] = {"received", "waiting", "confirm",
                                                    "reminder", "closed",  "reopened"};
// What may stand in double braces.
inline constexpr std::string_view known_variables[] = {
    "ticket.number",     "ticket.subject", "contact.name", "contact.form_of_address",
    "customer.name",     "state",          "link",         "organisation.name",
    "organisation.phone"};

struct MailTemplate {
  Id<MailTemplate> id;
  Version version;
  Slug kind;
  Text<2, 20> language;  // "zh-CN" or "en"
  Text<1, 200> subject;
  Html<20'000> body;
  bool active = true;  // false: this mail is not sent
};
FIELDS(MailTemplate, id, version, kind, language, subject, body, active)
TABLE(MailTemplate, "mail_template", "mail_templates")

struct MailTemplatePatch {
  Given<Text<1, 200>> subject;
  Given<Html<20'000>> body;
  Given<bool> active;
};
FIELDS(MailTemplatePatch, subject, body, active)

struct PreviewWish {
  std::optional<Text<1, 200>> subject;  // else as it is kept
  std::optional<Html<20'000>> body;
  std::optional<Id<tickets::Ticket>> ticket;  // one that the actor sees; else an invented one
};
FIELDS(PreviewWish, subject, body, ticket)

struct MailPreview {
  std::string subject;
  std::string html;
  std::vector<std::string> unknown;  // in double braces, but no variable: left as text
  std::vector<std::string> empty;    // variables for which the ticket has nothing
};
FIELDS(MailPreview, subject, html, unknown, empty)

std::vector<MailTemplate> list_templates(Reader& reader);
MailTemplate change_template(Change& change, Id<MailTemplate> id, const MailTemplatePatch& input);
MailTemplate reset_template(Change& change, Id<MailTemplate> id);
MailPreview preview_template(Change& change, Id<MailTemplate> id, const PreviewWish& input);

// For the writers: nothing when this mail is not sent.
std::optional<MailTemplate> template_for(Reader& reader, std::string_view kind,
                                         std::string_view language);
templates::Values values_of(Reader& reader, const tickets::Ticket& ticket,
                            std::string_view language, bool stranger);

// A body with its variables. The link's variable stands in a link as https://{{link}}, because the
// sanitiser leaves only whole addresses.
templates::Filled filled_body(std::string_view body, const templates::Values& values);

void install_wording(Module& m);

}  // namespace baijin::mail
