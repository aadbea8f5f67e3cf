#include "modules/notices/mailing.h"

#include "hub/hub.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/mail/mail.h"
#include "modules/notices/letter.h"
#include "modules/notices/steps.h"

namespace baijin::notices {
namespace {

constexpr std::string_view mail_kind = "notices";
constexpr std::size_t most_in_a_letter = 50;

// Those that its receiver may still see, and has not read in the meantime.
std::vector<NoticeView> left_to_say(Reader& receiver, const mail::OutgoingMail& mail) {
  std::vector<NoticeView> left;
  const auto* ids = mail.about.value.if_contains("notices");
  if (!ids || !ids->is_array()) return left;
  for (const auto& id : ids->get_array()) {
    auto notice = find_notice(receiver, {id.to_number<std::int64_t>()});
    if (notice && !notice->read_at) left.push_back(std::move(*notice));
  }
  return left;
}

std::optional<mail::Draft> write_letter(Reader& receiver, const mail::OutgoingMail& mail) {
  auto member = receiver.find_unseen(receiver.actor().user);
  auto notices = left_to_say(receiver, mail);
  if (!member || notices.empty()) return {};
  auto more = notices.size() > most_in_a_letter ? notices.size() - most_in_a_letter : 0;
  notices.resize(notices.size() - more);
  auto letter = letter_of(notices, more,
                          {mail::language_of(receiver, mail) == "en", member->time_zone.value,
                           receiver.hub().options().base_url});
  mail::Draft draft;
  draft.subject = std::move(letter.subject);
  draft.html = std::move(letter.html);
  return draft;
}

}  // namespace

bool mail_notices(Change& change, Id<accounts::User> member, const std::vector<Notice>& notices) {
  boost::json::array ids;
  for (const auto& notice : notices) ids.emplace_back(notice.id.value);
  mail::NewOutgoing outgoing;
  outgoing.kind = mail_kind;
  outgoing.member = member;
  outgoing.about.value["notices"] = std::move(ids);
  return mail::post(change, outgoing).has_value();
}

void install_mailing(Module& m) { mail::writes(m, mail_kind, write_letter); }

}  // namespace baijin::notices
