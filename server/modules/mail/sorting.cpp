#include "modules/mail/sorting.h"

#include "base/text.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"

namespace baijin::mail {
namespace {

bool contains(std::string_view text, std::string_view wanted) {
  return folded(text).find(folded(wanted)) != std::string::npos;
}

bool sender_fits(const MailRule& rule, const mime::Message& letter) {
  if (rule.sender.value.empty()) return true;
  for (const auto& address : letter.from) {
    if (contains(address.email, rule.sender.value) || contains(address.name, rule.sender.value)) {
      return true;
    }
  }
  return false;
}

bool header_fits(const MailRule& rule, const mime::Message& letter) {
  if (rule.header.value.empty()) return true;
  for (const auto& header : letter.headers) {
    if (folded(header.name) == folded(rule.header.value) &&
        contains(header.value, rule.header_value.value)) {
      return true;
    }
  }
  return false;
}

void check(Change& change, const MailRule& rule) {
  if (rule.sender.value.empty() && rule.subject.value.empty() && rule.header.value.empty()) {
    throw invalid("required", "sender");
  }
  if (rule.mailbox) change.get(*rule.mailbox);
  if (rule.team) change.get(*rule.team);
  if (rule.service_type && !catalogue::service_type(change, *rule.service_type)->active) {
    throw invalid("not_active", "service_type");
  }
}

template <class T>
void put(T& target, const std::optional<T>& given) {
  if (given) target = *given;
}

}  // namespace

bool fits(const MailRule& rule, const mime::Message& letter) {
  if (!rule.active || !sender_fits(rule, letter) || !header_fits(rule, letter)) return false;
  return rule.subject.value.empty() || contains(letter.subject, rule.subject.value);
}

std::optional<MailRule> rule_for(Reader& reader, Id<Mailbox> mailbox, const mime::Message& letter) {
  auto rules = reader.list<MailRule>(R"(SELECT {fields r} FROM mail_rules r
      WHERE r.active = TRUE AND (r.mailbox IS NULL OR r.mailbox = $1)
      {all: for the program's own work} ORDER BY r.position, r.id)",
                                     mailbox);
  for (auto& rule : rules) {
    if (fits(rule, letter)) return std::move(rule);
  }
  return {};
}

std::vector<MailRule> list_rules(Reader& reader) {
  return reader.list<MailRule>(
      "SELECT {fields r} FROM mail_rules r WHERE {visible r} ORDER BY r.position, r.id");
}

MailRule add_rule(Change& change, const NewMailRule& input) {
  MailRule rule;
  rule.name = input.name;
  rule.mailbox = input.mailbox;
  rule.active = input.active.value_or(true);
  put(rule.sender, input.sender);
  put(rule.subject, input.subject);
  put(rule.header, input.header);
  put(rule.header_value, input.header_value);
  rule.service_type = input.service_type;
  rule.team = input.team;
  rule.priority = input.priority;
  rule.tag = input.tag;
  put(rule.outcome, input.outcome);
  auto last = change.value<std::int64_t>(
      "SELECT max(r.position) FROM mail_rules r {all: only the last place}");
  rule.position = input.position.value_or(last.value_or(0) + 1);
  check(change, rule);
  change.add(rule);
  change.tell("mail.rule_added", rule);
  return rule;
}

MailRule change_rule(Change& change, Id<MailRule> id, const MailRulePatch& input) {
  auto rule = change.take(id);
  input.name.into(rule.name);
  input.mailbox.into(rule.mailbox);
  input.position.into(rule.position);
  input.active.into(rule.active);
  input.sender.into(rule.sender);
  input.subject.into(rule.subject);
  input.header.into(rule.header);
  input.header_value.into(rule.header_value);
  input.service_type.into(rule.service_type);
  input.team.into(rule.team);
  input.priority.into(rule.priority);
  input.tag.into(rule.tag);
  input.outcome.into(rule.outcome);
  check(change, rule);
  change.save(rule);
  change.tell("mail.rule_changed", rule);
  return rule;
}

void remove_rule(Change& change, Id<MailRule> id) {
  auto rule = change.take(id);
  change.remove(rule);
  change.tell("mail.rule_removed", rule);
}

void install_sorting(Module& m) {
  m.record<MailRule>(seen_by_staff(), "mail.manage");
  for (auto name : {"mail.rule_added", "mail.rule_changed", "mail.rule_removed"}) {
    m.event<MailRule>(name, "mail.manage");
  }
  m.get("/mail-rules", "mail.manage", list_rules).about("Rules by which new mail is sorted.");
  m.create("/mail-rules", "mail.manage", add_rule).about("Add a rule.");
  m.patch("/mail-rules/{id}", "mail.manage", change_rule).about("Change a rule.");
  m.del("/mail-rules/{id}", "mail.manage", remove_rule).about("Remove a rule.");
}

}  // namespace baijin::mail
