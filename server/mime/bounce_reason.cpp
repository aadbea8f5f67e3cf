#include "mime/bounce_reason.h"

#include <algorithm>
#include <array>

#include "mime/characters.h"
#include "mime/quote_marks.h"

namespace baijin::mime {
namespace {

struct Saying {
  Reason reason;
  std::string_view text;  // lower case
};

// Looked for from the top: what is said of one address stands before what is said of many things.
constexpr auto sayings = std::to_array<Saying>({
    {Reason::network, "host not found, try again"},
    {Reason::content, "rfc 5322"},
    {Reason::content, "rfc5322"},
    {Reason::content, "multiple addresses in from"},
    {Reason::content, "messages with multiple"},
    {Reason::spam, "blacklisted url"},
    {Reason::not_accepting, "does not accept mail"},
    {Reason::not_accepting, "null mx"},
    {Reason::not_accepting, "nullmx"},
    {Reason::not_accepting, "doesn't receive email"},
    {Reason::not_accepting, "no mx record found"},
    {Reason::not_accepting, "type=mx: malformed"},
    {Reason::not_accepting, "couldn't find any host named"},
    {Reason::not_accepting, "mail server does not accept"},

    {Reason::moved, "no longer on server"},
    {Reason::moved, "not our user"},
    {Reason::moved, "not our customer"},
    {Reason::moved, "address has been changed"},
    {Reason::moved, "has moved"},
    {Reason::moved, "new address is"},

    {Reason::mailbox_full, "mailbox is full"},
    {Reason::mailbox_full, "mailbox full"},
    {Reason::mailbox_full, "mailfolder is full"},
    {Reason::mailbox_full, "mailbox has exceeded"},
    {Reason::mailbox_full, "mailbox exceeded"},
    {Reason::mailbox_full, "mailbox exceeds"},
    {Reason::mailbox_full, "recipient's mailbox"},
    {Reason::mailbox_full, "over quota"},
    {Reason::mailbox_full, "overquota"},
    {Reason::mailbox_full, "quota exceed"},
    {Reason::mailbox_full, "exceeded quota"},
    {Reason::mailbox_full, "exceeded storage"},
    {Reason::mailbox_full, "exceeded its storage"},
    {Reason::mailbox_full, "storage quota"},
    {Reason::mailbox_full, "disk quota"},
    {Reason::mailbox_full, "disc quota"},
    {Reason::mailbox_full, "out of storage"},
    {Reason::mailbox_full, "not enough storage"},
    {Reason::mailbox_full, "not enough space"},
    {Reason::mailbox_full, "insufficient disk"},
    {Reason::mailbox_full, "insufficient system storage"},
    {Reason::mailbox_full, "too much mail data"},
    {Reason::mailbox_full, "boite du destinataire pleine"},
    {Reason::mailbox_full, "邮箱已满"},
    {Reason::mailbox_full, "空间不足"},
    {Reason::mailbox_full, "容量超"},

    {Reason::too_many, "too many recipients"},
    {Reason::too_many, "too many connections"},
    {Reason::too_many, "frequency limited"},
    {Reason::too_many, "rate limit"},
    {Reason::too_many, "too many emails"},
    {Reason::too_many, "too many messages"},
    {Reason::too_many, "connection limit"},
    {Reason::too_many, "sending rate"},
    {Reason::too_many, "trop de connexions"},
    {Reason::too_many, "maximum number of"},

    {Reason::suspended, "account is disabled"},
    {Reason::suspended, "has been disabled"},
    {Reason::suspended, "been suspended"},
    {Reason::suspended, "is suspended"},
    {Reason::suspended, "account suspended"},
    {Reason::suspended, "disabled or discontinued"},
    {Reason::suspended, "disabled recipient"},
    {Reason::suspended, "account disabled"},
    {Reason::suspended, "account is blocked"},
    {Reason::suspended, "account is inactive"},
    {Reason::suspended, "to reach is disabled"},
    {Reason::suspended, "to reach is inactive"},
    {Reason::suspended, "user account is expired"},
    {Reason::suspended, "temporarily disabled"},
    {Reason::suspended, "currently suspended"},
    {Reason::suspended, "账号被冻结"},
    {Reason::suspended, "已停用"},

    {Reason::user_unknown, "inactive email address"},
    {Reason::user_unknown, "user unknown"},
    {Reason::user_unknown, "unknown user"},
    {Reason::user_unknown, "unknown recipient"},
    {Reason::user_unknown, "recipient unknown"},
    {Reason::user_unknown, "unknown address"},
    {Reason::user_unknown, "unknown local"},
    {Reason::user_unknown, "user not exist"},
    {Reason::user_unknown, "user does not exist"},
    {Reason::user_unknown, "user doesn't exist"},
    {Reason::user_unknown, "user not found"},
    {Reason::user_unknown, "user unkown"},
    {Reason::user_unknown, "mailbox not found"},
    {Reason::user_unknown, "mailbox does not exist"},
    {Reason::user_unknown, "mailbox unavailable"},
    {Reason::user_unknown, "no such user"},
    {Reason::user_unknown, "no such mailbox"},
    {Reason::user_unknown, "no such recipient"},
    {Reason::user_unknown, "no such address"},
    {Reason::user_unknown, "no such person"},
    {Reason::user_unknown, "no mailbox here by that name"},
    {Reason::user_unknown, "not a valid mailbox"},
    {Reason::user_unknown, "not a valid user"},
    {Reason::user_unknown, "not known at this"},
    {Reason::user_unknown, "not listed in"},
    {Reason::user_unknown, "recipnotfound"},
    {Reason::user_unknown, "recipientnotfound"},
    {Reason::user_unknown, "recipient not found"},
    {Reason::user_unknown, "recipient name is not recognized"},
    {Reason::user_unknown, "recipient address does not exist"},
    {Reason::user_unknown, "address does not exist"},
    {Reason::user_unknown, "address couldn't be found"},
    {Reason::user_unknown, "address you entered couldn't"},
    {Reason::user_unknown, "account does not exist"},
    {Reason::user_unknown, "to reach does not exist"},
    {Reason::user_unknown, "doesn't have a"},
    {Reason::user_unknown, "no valid recipients"},
    {Reason::user_unknown, "invalid recipient"},
    {Reason::user_unknown, "invalid address"},
    {Reason::user_unknown, "invalid mailbox"},
    {Reason::user_unknown, "invalid final delivery userid"},
    {Reason::user_unknown, "リストにありません"},
    {Reason::user_unknown, "bad address"},
    {Reason::user_unknown, "bad destination mailbox"},
    {Reason::user_unknown, "adresse d au moins un destinataire invalide"},
    {Reason::user_unknown, "destinataire invalide"},
    {Reason::user_unknown, "用户不存在"},
    {Reason::user_unknown, "收件人不存在"},
    {Reason::user_unknown, "地址不存在"},
    {Reason::user_unknown, "邮箱不存在"},
    {Reason::user_unknown, "帐号不存在"},

    {Reason::host_unknown, "host unknown"},
    {Reason::host_unknown, "unknown host"},
    {Reason::host_unknown, "host not found"},
    {Reason::host_unknown, "domain name not found"},
    {Reason::host_unknown, "host or domain name not found"},
    {Reason::host_unknown, "domain not found"},
    {Reason::host_unknown, "domain does not exist"},
    {Reason::host_unknown, "domain is not reachable"},
    {Reason::host_unknown, "invalid domain"},
    {Reason::host_unknown, "no such domain"},
    {Reason::host_unknown, "name service error"},
    {Reason::host_unknown, "name or service not known"},
    {Reason::host_unknown, "host name lookup failure"},
    {Reason::host_unknown, "could not resolve"},
    {Reason::host_unknown, "unrouteable address"},
    {Reason::host_unknown, "unrouteable mail domain"},
    {Reason::host_unknown, "all relevant mx records point to non-existent hosts"},
    {Reason::host_unknown, "account or domain may not exist"},
    {Reason::host_unknown, "dns domain"},
    {Reason::host_unknown, "域名不存在"},

    {Reason::policy, "spf "},
    {Reason::policy, "spf:"},
    {Reason::policy, "dmarc"},
    {Reason::policy, "dkim"},
    {Reason::policy, "unauthenticated"},
    {Reason::policy, "authentication information"},
    {Reason::policy, "relay access denied"},
    {Reason::policy, "relaying denied"},
    {Reason::policy, "relay not permitted"},
    {Reason::policy, "insecure mail relay"},
    {Reason::policy, "sender address rejected"},
    {Reason::policy, "domain of sender"},
    {Reason::policy, "sender verify failed"},
    {Reason::policy, "policy reasons"},
    {Reason::policy, "policy violation"},
    {Reason::policy, "delivery not authorized"},
    {Reason::policy, "smtp authentication"},
    {Reason::policy, "unroutable sender"},
    {Reason::policy, "provide a valid from"},
    {Reason::policy, "by policy"},
    {Reason::policy, "is not verified"},
    {Reason::policy, "no relaying"},

    {Reason::virus, "virus"},
    {Reason::virus, "malware"},
    {Reason::virus, "病毒"},

    {Reason::blocked, "reputation"},
    {Reason::blocked, "blacklist"},
    {Reason::blocked, "blocklist"},
    {Reason::blocked, "black list"},
    {Reason::blocked, "block list"},
    {Reason::blocked, "blocked using"},
    {Reason::blocked, "dnsbl"},
    {Reason::blocked, "/rbl"},
    {Reason::blocked, "client host rejected"},
    {Reason::blocked, "client host blocked"},
    {Reason::blocked, "banned sending ip"},
    {Reason::blocked, "reverse dns"},
    {Reason::blocked, "ptr record"},
    {Reason::blocked, "no ptr"},
    {Reason::blocked, "connection refused by your"},
    {Reason::blocked, "connections not accepted from"},
    {Reason::blocked, "connections will not be accepted from"},
    {Reason::blocked, "smtp server of your isp"},
    {Reason::blocked, "invalid ip for sending"},
    {Reason::blocked, "temporarily deferred due to"},
    {Reason::blocked, "daily relay quota"},
    {Reason::blocked, "refused to talk to me"},
    {Reason::blocked, "service refuse"},
    {Reason::policy, "access denied"},

    {Reason::spam, "spam"},
    {Reason::spam, "junk mail"},
    {Reason::spam, "unsolicited"},
    {Reason::spam, "content rejected"},
    {Reason::spam, "message looks like"},
    {Reason::spam, "mail rejete"},
    {Reason::spam, "垃圾邮件"},

    {Reason::too_large, "too large"},
    {Reason::too_large, "too big"},
    {Reason::too_large, "message size"},
    {Reason::too_large, "size limit"},
    {Reason::too_large, "exceeds size"},
    {Reason::too_large, "exceeded maximum"},
    {Reason::too_large, "message length exceeds"},
    {Reason::too_large, "line limit exceeded"},
    {Reason::too_large, "maximum allowed size"},
    {Reason::too_large, "邮件过大"},

    {Reason::network, "timed out"},
    {Reason::network, "connection refused"},
    {Reason::network, "connection reset"},
    {Reason::network, "no route to host"},
    {Reason::network, "network is unreachable"},
    {Reason::network, "host not reachable"},
    {Reason::network, "too many hops"},
    {Reason::network, "routing loop"},
    {Reason::network, "establish an smtp connection"},
    {Reason::network, "unable to contact destination"},
    {Reason::network, "network error"},
    {Reason::network, "socket error"},
    {Reason::network, "did not accept our requests to connect"},

    {Reason::expired, "expired"},
    {Reason::expired, "retry timeout exceeded"},
    {Reason::expired, "retry time not reached"},
    {Reason::expired, "in the queue too long"},
    {Reason::expired, "been in queue for"},
    {Reason::expired, "could not be delivered for"},
    {Reason::expired, "delivery time expired"},
    {Reason::expired, "was aborted after"},
    {Reason::expired, "has been delayed"},
    {Reason::expired, "will be retried"},
    {Reason::expired, "multiple retries"},
    {Reason::expired, " attempts:"},

    {Reason::content, "malformed"},
    {Reason::content, "syntax error"},
    {Reason::content, "not rfc"},
    {Reason::content, "parameter not implemented"},

    {Reason::system, "internal error"},
    {Reason::system, "local error"},
    {Reason::system, "system error"},
    {Reason::system, "configuration error"},
    {Reason::system, "temporarily unavailable"},
    {Reason::system, "service unavailable"},
    {Reason::system, "transaction failed"},
    {Reason::system, "service currently unavailable"},
    {Reason::system, "could not load"},
    {Reason::system, "ldap server"},
    {Reason::system, "mailer error"},
    {Reason::user_unknown, "recipient address rejected"},
});

Reason reason_in(std::string_view text) {
  const auto small = lower(squeezed_line(text.substr(0, 8'000)));
  for (const auto& saying : sayings) {
    if (small.find(saying.text) != std::string::npos) return saying.reason;
  }
  return Reason::other;
}

struct Meaning {
  std::string_view ending;  // of the status, behind its class
  Reason reason;
};

Reason reason_of_status(std::string_view status) {
  constexpr auto meanings = std::to_array<Meaning>({
      {".1.0", Reason::user_unknown},   {".1.1", Reason::user_unknown},
      {".1.2", Reason::host_unknown},   {".1.3", Reason::user_unknown},
      {".1.6", Reason::moved},          {".1.7", Reason::policy},
      {".1.8", Reason::policy},         {".1.10", Reason::not_accepting},
      {".2.1", Reason::suspended},      {".2.2", Reason::mailbox_full},
      {".2.3", Reason::too_large},      {".3.1", Reason::system},
      {".3.2", Reason::system},         {".3.4", Reason::too_large},
      {".3.5", Reason::system},         {".4.1", Reason::network},
      {".4.2", Reason::network},        {".4.3", Reason::system},
      {".4.4", Reason::host_unknown},   {".4.5", Reason::too_many},
      {".4.6", Reason::network},        {".4.7", Reason::expired},
      {".5.3", Reason::too_many},       {".7.25", Reason::blocked},
      {".7.27", Reason::not_accepting}, {".7.13", Reason::suspended},
  });
  if (status.size() < 5) return Reason::other;
  const auto ending = status.substr(1);
  for (const auto& meaning : meanings) {
    if (ending == meaning.ending) return meaning.reason;
  }
  if (ending.starts_with(".6.") || ending.starts_with(".5.")) return Reason::content;
  return ending.starts_with(".7.") ? Reason::policy : Reason::other;
}

bool is_hard(Reason reason) {
  return reason == Reason::user_unknown || reason == Reason::host_unknown ||
         reason == Reason::moved || reason == Reason::not_accepting;
}

}  // namespace

std::string find_status(std::string_view text) {
  for (std::size_t at = 0; at + 5 <= text.size(); ++at) {
    const bool begins = (text[at] == '2' || text[at] == '4' || text[at] == '5') &&
                        text[at + 1] == '.';
    if (!begins || (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.'))) continue;
    auto end = at + 2;
    int dots = 1;
    while (end < text.size() && (is_digit(text[end]) || (text[end] == '.' && dots < 2))) {
      dots += text[end] == '.';
      ++end;
    }
    const bool more = end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]);
    const auto status = text.substr(at, end - at);
    const bool letter = end < text.size() && lower(text[end]) >= 'a' && lower(text[end]) <= 'z';
    if (dots == 2 && !status.ends_with('.') && status[2] != '.' && !more && !letter &&
        status.size() <= 9) {
      return std::string(status);
    }
  }
  return {};
}

std::string find_reply_code(std::string_view text) {
  for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
    const bool begins = (text[at] == '4' || text[at] == '5') && text[at + 1] >= '0' &&
                        text[at + 1] <= '7' && is_digit(text[at + 2]);
    if (!begins) continue;
    const char before = at > 0 ? text[at - 1] : ' ';
    const char after = at + 3 < text.size() ? text[at + 3] : ' ';
    const bool alone = std::string_view(" \t\n;:'[<(").find(before) != std::string_view::npos &&
                       std::string_view(" -\t\n").find(after) != std::string_view::npos;
    if (alone) return std::string(text.substr(at, 3));
  }
  return {};
}

void classify(Failure& failure, std::string_view said) {
  if (failure.action == Action::delivered || failure.action == Action::relayed ||
      failure.action == Action::expanded) {
    failure.permanence = Permanence::unknown;
    return;
  }
  failure.reason = reason_in(failure.diagnostic);
  if (failure.reason == Reason::other) failure.reason = reason_of_status(failure.status);
  const bool vague = failure.reason == Reason::other || failure.reason == Reason::system;
  if (const auto told = vague ? reason_in(said) : Reason::other; told != Reason::other) {
    failure.reason = told;
  }
  // Who was accepted at RCPT and is unknown after DATA is there: a filter speaks.
  const auto small = lower(said.substr(0, 8'000));
  const bool after_data = small.find("end of data") != std::string::npos ||
                          small.find("after data") != std::string::npos;
  if (failure.reason == Reason::user_unknown && after_data) failure.reason = Reason::policy;
  const bool hard = is_hard(failure.reason) && failure.action != Action::delayed;
  failure.permanence = hard ? Permanence::hard : Permanence::soft;
}

}  // namespace baijin::mime
