#include "modules/mail/door_letters.h"

#include "base/html.h"
#include "hub/events.h"
#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/accounts.h"
#include "modules/mail/mail.h"

namespace baijin::mail {
namespace {

constexpr std::string_view sealed_for = "link in the outbox";

struct Words {
  std::string_view subject_zh, text_zh, link_zh, subject_en, text_en, link_en;
};

constexpr Words words_for_reset = {
    "重设密码",
    "有人（应该是您）请求重设密码。链接在 60 分钟内有效，只能用一次；"
    "不是您的话，不用理会这封邮件。",
    "设置新密码",
    "A new password",
    "Somebody, probably you, asked for a new password. The link works "
    "once within 60 minutes. If it was not you, ignore this mail.",
    "Choose a new password"};
constexpr Words words_for_sign_in = {"登录链接",
                                     "打开下面的链接即可登录，无需密码。链接在 15 分钟内有效，"
                                     "只能用一次；不是您请求的话，不用理会这封邮件。",
                                     "登录",
                                     "Your link to sign in",
                                     "Open the link below to sign in without a password. It works "
                                     "once within 15 minutes. If you did not ask for it, ignore "
                                     "this mail.",
                                     "Sign in"};

std::optional<Draft> written_with(Reader& receiver, const OutgoingMail& mail, const Words& words) {
  const auto* sealed = mail.about.value.if_contains("sealed");
  if (!sealed || !sealed->is_string() || receiver.actor().kind == ActorKind::nobody) return {};
  auto link = receiver.hub().keys().open(sealed_for, std::string(sealed->as_string()));
  if (!link) return {};
  bool english = language_of(receiver, mail) == "en";
  Draft draft;
  draft.subject = english ? words.subject_en : words.subject_zh;
  draft.html = "<p>" + std::string(english ? words.text_en : words.text_zh) + "</p><p><a href=\"" +
               escape_html(*link) + "\">" + std::string(english ? words.link_en : words.link_zh) +
               "</a></p>";
  draft.signature = true;
  return draft;
}

void post_link(Change& change, const Event& event, std::string_view kind,
               std::string (*make)(Change&, Id<accounts::User>)) {
  if (change.now() - event.at > minutes(10)) return;  // nobody waits for it any more
  Id<accounts::User> user{event.subject.id};
  auto known = change.find_unseen(user);
  if (!known || !known->active || known->email.value.empty()) return;
  NewOutgoing outgoing;
  outgoing.kind = kind;
  outgoing.member = user;
  outgoing.about.value["sealed"] = change.hub().keys().seal(sealed_for, make(change, user));
  post(change, outgoing);
}

}  // namespace

void install_door_letters(Module& m) {
  writes(m, "password_reset", [](Reader& receiver, const OutgoingMail& mail) {
    return written_with(receiver, mail, words_for_reset);
  });
  writes(m, "sign_in_link", [](Reader& receiver, const OutgoingMail& mail) {
    return written_with(receiver, mail, words_for_sign_in);
  });
  m.on("accounts.password_reset_asked", [](Change& change, const Event& event) {
    post_link(change, event, "password_reset", accounts::make_reset_link);
  });
  m.on("accounts.sign_in_link_asked", [](Change& change, const Event& event) {
    post_link(change, event, "sign_in_link", accounts::make_sign_in_link);
  });
}

}  // namespace baijin::mail
