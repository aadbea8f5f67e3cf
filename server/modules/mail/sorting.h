#pragma once
// Rules by which new mail is sorted (issue 4 §3): by sender, subject or any header, into a service
// type, team, priority and tag, or out of the way. The first rule that fits counts.
#include "mime/message.h"
#include "modules/mail/mail.h"

namespace baijin::mail {

enum class Outcome { open, hold, refuse, silence };
BOOST_DESCRIBE_ENUM(Outcome, open, hold, refuse, silence)

struct MailRule {
  Id<MailRule> id;
  Version version;
  Name name;
  std::optional<Id<Mailbox>> mailbox;  // none: of every mailbox
  std::int64_t position = 0;
  bool active = true;
  // Each that is not "" must be contained, whatever the case of its letters.
  Text<0, 200> sender, subject;
  Text<0, 80> header;
  Text<0, 200> header_value;
  std::optional<Id<catalogue::ServiceType>> service_type;
  std::optional<Id<accounts::Team>> team;
  std::optional<catalogue::Priority> priority;
  std::optional<tickets::Tag> tag;
  Outcome outcome = Outcome::open;
};
FIELDS(MailRule, id, version, name, mailbox, position, active, sender, subject, header,
       header_value, service_type, team, priority, tag, outcome)
TABLE(MailRule, "mail_rule", "mail_rules")

struct NewMailRule {
  Name name;
  std::optional<Id<Mailbox>> mailbox;
  std::optional<std::int64_t> position;  // else behind the others
  std::optional<bool> active;
  std::optional<Text<0, 200>> sender, subject;
  std::optional<Text<0, 80>> header;
  std::optional<Text<0, 200>> header_value;
  std::optional<Id<catalogue::ServiceType>> service_type;
  std::optional<Id<accounts::Team>> team;
  std::optional<catalogue::Priority> priority;
  std::optional<tickets::Tag> tag;
  std::optional<Outcome> outcome;
};
FIELDS(NewMailRule, name, mailbox, position, active, sender, subject, header, header_value,
       service_type, team, priority, tag, outcome)

struct MailRulePatch {
  Given<Name> name;
  Given<std::optional<Id<Mailbox>>> mailbox;
  Given<std::int64_t> position;
  Given<bool> active;
  Given<Text<0, 200>> sender, subject;
  Given<Text<0, 80>> header;
  Given<Text<0, 200>> header_value;
  Given<std::optional<Id<catalogue::ServiceType>>> service_type;
  Given<std::optional<Id<accounts::Team>>> team;
  Given<std::optional<catalogue::Priority>> priority;
  Given<std::optional<tickets::Tag>> tag;
  Given<Outcome> outcome;
};
FIELDS(MailRulePatch, name, mailbox, position, active, sender, subject, header, header_value,
       service_type, team, priority, tag, outcome)

// Pure.
bool fits(const MailRule& rule, const mime::Message& letter);

std::optional<MailRule> rule_for(Reader& reader, Id<Mailbox> mailbox, const mime::Message& letter);

std::vector<MailRule> list_rules(Reader& reader);
// invalid "required": a rule without any condition would take everything.
MailRule add_rule(Change& change, const NewMailRule& input);
MailRule change_rule(Change& change, Id<MailRule> id, const MailRulePatch& input);
void remove_rule(Change& change, Id<MailRule> id);

void install_sorting(Module& m);

}  // namespace baijin::mail
