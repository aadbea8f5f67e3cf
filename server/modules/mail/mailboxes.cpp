#include "modules/mail/mailboxes.h"

#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/mail/fetching.h"
#include "modules/mail/sending_health.h"

namespace baijin::mail {
namespace {

constexpr std::string_view incoming_purpose = "mailbox incoming";
constexpr std::string_view outgoing_purpose = "mailbox outgoing";
constexpr std::int64_t most_to_strangers = 10'000;

MailAccount::Security security_of(Security security) {
  switch (security) {
    case Security::tls: return MailAccount::Security::tls;
    case Security::starttls: return MailAccount::Security::starttls;
    case Security::none: break;
  }
  return MailAccount::Security::none;
}

MailAccount::LogIn log_in_of(LogIn log_in) {
  switch (log_in) {
    case LogIn::password: return MailAccount::LogIn::password;
    case LogIn::token: return MailAccount::LogIn::token;
    case LogIn::none: break;
  }
  return MailAccount::LogIn::none;
}

MailAccount account_of(const IncomingLine& line, std::string secret) {
  MailAccount account;
  account.protocol = line.protocol == Protocol::pop3 ? MailAccount::Protocol::pop3
                                                     : MailAccount::Protocol::imap;
  account.host = line.host.value;
  account.port = static_cast<int>(line.port);
  account.security = security_of(line.security);
  account.log_in = log_in_of(line.log_in);
  account.user = line.user.value;
  account.secret = std::move(secret);
  return account;
}

MailAccount account_of(const OutgoingLine& line, std::string secret) {
  MailAccount account;
  account.protocol = MailAccount::Protocol::smtp;
  account.host = line.host.value;
  account.port = static_cast<int>(line.port);
  account.security = security_of(line.security);
  account.log_in = log_in_of(line.log_in);
  account.user = line.user.value;
  account.secret = std::move(secret);
  return account;
}

struct Sealed {
  std::string incoming, outgoing;
};
FIELDS(Sealed, incoming, outgoing)

Sealed sealed_of(Reader& reader, Id<Mailbox> mailbox) {
  return reader
      .first<Sealed>(R"(SELECT s.incoming, s.outgoing FROM mailbox_secrets s
          WHERE s.mailbox = $1 {all: opened for its own line only})",
                     mailbox)
      .value_or(Sealed{});
}

std::string opened(Reader& reader, std::string_view purpose, const std::string& sealed) {
  if (sealed.empty()) return {};
  auto secret = reader.hub().keys().open(purpose, sealed);
  // Another master.key: the page asks for the password again.
  return secret ? *secret : std::string();
}

void keep_secrets(Change& change, Id<Mailbox> mailbox, const std::optional<Secret>& incoming,
                  const std::optional<Secret>& outgoing) {
  auto sealed = sealed_of(change, mailbox);
  auto put = [&](std::string& place, std::string_view purpose, const std::optional<Secret>& given) {
    if (!given) return;
    place = given->value.empty() ? "" : change.hub().keys().seal(purpose, given->value);
  };
  put(sealed.incoming, incoming_purpose, incoming);
  put(sealed.outgoing, outgoing_purpose, outgoing);
  change.execute(R"(INSERT INTO mailbox_secrets (mailbox, incoming, outgoing) VALUES ($1, $2, $3)
      ON CONFLICT (mailbox) DO UPDATE SET incoming = excluded.incoming,
        outgoing = excluded.outgoing)",
                 mailbox, sealed.incoming, sealed.outgoing);
}

void check_port(std::int64_t port, std::string_view field) {
  if (port < 1 || port > 65'535) throw invalid("out_of_range", field);
}

void check(Change& change, const Mailbox& mailbox) {
  const auto& in = mailbox.incoming;
  if (in.protocol != Protocol::none && in.host.value.empty()) {
    throw invalid("required", "incoming.host");
  }
  if (in.afterwards == Afterwards::move && in.move_to.value.empty()) {
    throw invalid("required", "incoming.move_to");
  }
  if (in.protocol == Protocol::pop3 && in.afterwards == Afterwards::move) {
    throw invalid("not_supported", "incoming.afterwards");
  }
  check_port(in.port, "incoming.port");
  check_port(mailbox.outgoing.port, "outgoing.port");
  if (in.every_seconds < 10 || in.every_seconds > 3'600) {
    throw invalid("out_of_range", "incoming.every_seconds");
  }
  if (mailbox.answers_to_strangers < 0 || mailbox.answers_to_strangers > most_to_strangers) {
    throw invalid("out_of_range", "answers_to_strangers");
  }
  if (!catalogue::service_type(change, mailbox.service_type)->active) {
    throw invalid("not_active", "service_type");
  }
  if (mailbox.team) change.get(*mailbox.team);
  accounts::check_locale(mailbox.language.value);
}

// A secret is known by the server it was meant for.
template <class Line>
bool same_place(const Line& a, const Line& b) {
  return a.host == b.host && a.user == b.user;
}

// What was given, or "" to forget what is no longer for this server; nothing to leave it.
template <class Line>
std::optional<Secret> next_secret(const Given<Secret>& given, const Line& before, const Line& now) {
  if (given.given) return given.value;
  if (!same_place(before, now)) return Secret{};
  return {};
}

std::int64_t counted(std::optional<std::int64_t> count) { return count.value_or(0); }

MailboxHealth health_of(Reader& reader, Id<Mailbox> mailbox) {
  MailboxHealth health;
  reader.each(R"(SELECT h.looked_at, h.failing_since, h.failures, h.reason, h.said
      FROM mailbox_health h WHERE h.mailbox = $1 {all: who sees the mailbox})",
              [&](const db::Row& row) {
                Cell cell;
                row.read(0, cell);
                if (!cell.null) health.looked_at = Time{cell.as_integer()};
                row.read(1, cell);
                if (!cell.null) health.failing_since = Time{cell.as_integer()};
                row.read(2, cell);
                health.failures = cell.as_integer();
                row.read(3, cell);
                health.reason = cell.text;
                row.read(4, cell);
                health.said = cell.text;
              },
              mailbox);
  auto sending = sending_health(reader, mailbox);
  health.sending_failing_since = sending.failing_since;
  health.sending_reason = std::move(sending.reason);
  health.sending_said = std::move(sending.said);
  health.waiting = counted(reader.value<std::int64_t>(R"(SELECT count(*) FROM incoming_mails i
      WHERE i.mailbox = $1 AND i.state = 'waiting' {all: only how many})",
                                                      mailbox));
  health.held = counted(reader.value<std::int64_t>(R"(SELECT count(*) FROM incoming_mails i
      WHERE i.mailbox = $1 AND i.state IN ('held', 'unreadable') {all: only how many})",
                                                   mailbox));
  health.to_send = counted(reader.value<std::int64_t>(R"(SELECT count(*) FROM outgoing_mails o
      WHERE o.mailbox = $1 AND o.state = 'waiting' {all: only how many})",
                                                      mailbox));
  health.not_delivered = counted(reader.value<std::int64_t>(R"(SELECT count(*)
      FROM outgoing_mails o WHERE o.mailbox = $1 AND o.state IN ('failed', 'bounced', 'unclear')
        AND o.created_at > $2 {all: only how many})",
                                                            mailbox, reader.now() - days(7)));
  return health;
}

MailboxView view_of(Reader& reader, Mailbox mailbox) {
  MailboxView view;
  view.id = mailbox.id;
  view.version = mailbox.version;
  auto sealed = sealed_of(reader, mailbox.id);
  view.has_incoming_secret = !sealed.incoming.empty();
  view.has_outgoing_secret = !sealed.outgoing.empty();
  view.signing = signing_of(reader, mailbox);
  view.health = health_of(reader, mailbox.id);
  view.mailbox = std::move(mailbox);
  return view;
}

std::vector<Step> steps_of(const std::vector<TrialStep>& steps) {
  std::vector<Step> told;
  told.reserve(steps.size());
  for (const auto& step : steps) told.push_back({step.step, step.passed, step.reason, step.said});
  return told;
}

}  // namespace

bool receives(const Mailbox& mailbox) {
  return mailbox.active && mailbox.incoming.protocol != Protocol::none;
}

bool sends(const Mailbox& mailbox) {
  return mailbox.active && !mailbox.outgoing.host.value.empty();
}

std::vector<Mailbox> all_mailboxes(Reader& reader) {
  return reader.list<Mailbox>(
      "SELECT {fields b} FROM mailboxes b {all: for the program's own work} ORDER BY b.id");
}

bool is_own_address(Reader& reader, std::string_view email) {
  return reader.any("SELECT 1 FROM mailboxes b WHERE b.address = $1 {all: is it ours}", email);
}

MailAccount incoming_account(Reader& reader, const Mailbox& mailbox) {
  return account_of(mailbox.incoming,
                    opened(reader, incoming_purpose, sealed_of(reader, mailbox.id).incoming));
}

MailAccount outgoing_account(Reader& reader, const Mailbox& mailbox) {
  return account_of(mailbox.outgoing,
                    opened(reader, outgoing_purpose, sealed_of(reader, mailbox.id).outgoing));
}

std::vector<MailboxView> list_mailboxes(Reader& reader) {
  std::vector<MailboxView> views;
  auto mailboxes = reader.list<Mailbox>(
      "SELECT {fields b} FROM mailboxes b WHERE {visible b} ORDER BY b.address");
  views.reserve(mailboxes.size());
  for (auto& mailbox : mailboxes) views.push_back(view_of(reader, std::move(mailbox)));
  return views;
}

MailboxView get_mailbox(Reader& reader, Id<Mailbox> id) { return view_of(reader, reader.get(id)); }

Mailbox add_mailbox(Change& change, const NewMailbox& input) {
  Mailbox mailbox;
  mailbox.address = input.address;
  mailbox.sender_name = input.sender_name;
  mailbox.active = input.active.value_or(true);
  mailbox.incoming = input.incoming;
  mailbox.outgoing = input.outgoing;
  auto usual = catalogue::service_type_by_key(change, "fault");
  if (!input.service_type && !usual) throw invalid("required", "service_type");
  mailbox.service_type = input.service_type ? *input.service_type : *usual;
  mailbox.team = input.team;
  if (input.language) mailbox.language = *input.language;
  if (input.signature) mailbox.signature = *input.signature;
  mailbox.strangers = input.strangers.value_or(Strangers::welcome);
  mailbox.answers_to_strangers = input.answers_to_strangers.value_or(mailbox.answers_to_strangers);
  mailbox.answers = input.answers.value_or(true);
  mailbox.takes_lists = input.takes_lists.value_or(false);
  mailbox.plus_addresses = input.plus_addresses.value_or(false);
  if (input.authserv) mailbox.authserv = *input.authserv;
  mailbox.created_at = change.now();
  check(change, mailbox);
  change.add(mailbox);
  keep_secrets(change, mailbox.id, input.incoming_secret, input.outgoing_secret);
  start_anew(change, mailbox);
  change.tell("mail.mailbox_added", mailbox);
  return mailbox;
}

Mailbox change_mailbox(Change& change, Id<Mailbox> id, const MailboxPatch& input) {
  auto mailbox = change.take(id);
  auto before = mailbox;
  input.address.into(mailbox.address);
  input.sender_name.into(mailbox.sender_name);
  input.active.into(mailbox.active);
  input.incoming.into(mailbox.incoming);
  input.outgoing.into(mailbox.outgoing);
  input.service_type.into(mailbox.service_type);
  input.team.into(mailbox.team);
  input.language.into(mailbox.language);
  input.signature.into(mailbox.signature);
  input.strangers.into(mailbox.strangers);
  input.answers_to_strangers.into(mailbox.answers_to_strangers);
  input.answers.into(mailbox.answers);
  input.takes_lists.into(mailbox.takes_lists);
  input.plus_addresses.into(mailbox.plus_addresses);
  input.authserv.into(mailbox.authserv);
  check(change, mailbox);
  change.save(mailbox);
  keep_secrets(change, id, next_secret(input.incoming_secret, before.incoming, mailbox.incoming),
               next_secret(input.outgoing_secret, before.outgoing, mailbox.outgoing));
  bool elsewhere = !same_place(before.incoming, mailbox.incoming) ||
                   before.incoming.folder != mailbox.incoming.folder ||
                   before.incoming.protocol != mailbox.incoming.protocol;
  if (!same_place(before.outgoing, mailbox.outgoing)) forget_sending(change, id);
  if (elsewhere) start_anew(change, mailbox);
  else look_soon(change, mailbox);
  change.tell("mail.mailbox_changed", mailbox);
  return mailbox;
}

void look_now(Change& change, Id<Mailbox> id) {
  auto mailbox = change.get(id);
  if (!receives(mailbox)) throw conflict("not_active");
  look_soon(change, mailbox);
}

void try_lines(Reader& reader, Trial& trial) {
  std::string incoming, outgoing;
  if (trial.mailbox) {
    // What is kept for one server is not shown to another.
    auto mailbox = reader.get(*trial.mailbox);
    if (trial.incoming && same_place(*trial.incoming, mailbox.incoming)) {
      incoming = incoming_account(reader, mailbox).secret;
    }
    if (trial.outgoing && same_place(*trial.outgoing, mailbox.outgoing)) {
      outgoing = outgoing_account(reader, mailbox).secret;
    }
  }
  if (trial.incoming_secret) incoming = trial.incoming_secret->value;
  if (trial.outgoing_secret) outgoing = trial.outgoing_secret->value;
  auto& outside = reader.hub().outside();
  trial.incoming_steps.reset();
  trial.outgoing_steps.reset();
  trial.folders.reset();
  if (trial.incoming && trial.incoming->protocol != Protocol::none) {
    auto account = account_of(*trial.incoming, incoming);
    auto steps = outside.mail_in.try_account(account, trial.incoming->folder.value);
    bool works = !steps.empty() && steps.back().passed;
    bool no_folder = !steps.empty() && steps.back().reason == "folder_missing";
    trial.incoming_steps = steps_of(steps);
    try {
      if (works || no_folder) trial.folders = outside.mail_in.folders(account);
    } catch (const LineFailure& failure) {
      trial.incoming_steps->push_back({"folders", false, failure.reason, failure.said});
    }
  }
  if (trial.outgoing && !trial.outgoing->host.value.empty()) {
    trial.outgoing_steps = steps_of(outside.mail_out.try_account(
        account_of(*trial.outgoing, outgoing), trial.address ? trial.address->value : ""));
  }
}

TrialResult tell_trial(Change&, const Trial& trial) {
  TrialResult result;
  if (trial.incoming_steps) result.incoming = *trial.incoming_steps;
  if (trial.outgoing_steps) result.outgoing = *trial.outgoing_steps;
  if (trial.folders) result.folders = *trial.folders;
  return result;
}

void install_mailboxes(Module& m) {
  m.right("mail.manage", "Set up mailboxes, rules and texts of mails, and see all mail");
  // The lines and what hangs on them are for administrators; others meet mail at its tickets.
  m.record<Mailbox>(seen_by_staff(), "mail.manage");
  for (auto name : {"mail.mailbox_added", "mail.mailbox_changed", "mail.mailbox_failing",
                    "mail.mailbox_works_again"}) {
    m.event<Mailbox>(name, "mail.manage");
  }
  m.get("/mailboxes", "mail.manage", list_mailboxes)
      .about("Mailboxes with how they are: looked into when, failing since when and why.");
  m.create("/mailboxes", "mail.manage", add_mailbox).about("Add a mailbox.");
  m.get("/mailboxes/{id}", "mail.manage", get_mailbox).about("A mailbox.");
  m.patch("/mailboxes/{id}", "mail.manage", change_mailbox).about("Change a mailbox.");
  m.post("/mailboxes/{id}/looks", "mail.manage", look_now).about("Look into a mailbox now.");
  m.post("/mailboxes/trials", "mail.manage", tell_trial)
      .first(try_lines)
      .slow()
      .about("Try lines step by step before they are kept; says what is wrong in plain reasons.");
}

}  // namespace baijin::mail
