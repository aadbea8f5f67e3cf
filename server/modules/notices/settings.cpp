#include "modules/notices/settings.h"

#include "modules/notices/delivery.h"
#include "modules/notices/rules.h"
#include "modules/notices/steps.h"

namespace baijin::notices {
namespace {

// With every kind that may concern who asks.
Wishes shown(const Reader& reader, Wishes wishes) {
  wishes = rules::filled(std::move(wishes));
  std::erase_if(wishes.kinds, [&](const KindWish& one) {
    auto right = rules::right_for(one.kind);
    return !right.empty() && !reader.may(right);
  });
  return wishes;
}

std::optional<NoticeSettings> settings_of(Reader& reader, Id<accounts::User> member) {
  return reader.first<NoticeSettings>(R"(SELECT {fields s} FROM notice_settings s
      WHERE {all: whose they are is named} AND s.member = $1)",
                                      member);
}

}  // namespace

Wishes wishes_of(Reader& reader, Id<accounts::User> member) {
  auto settings = settings_of(reader, member);
  return settings ? std::move(settings->says) : Wishes{};
}

MyNoticeSettings get_settings(Reader& reader) {
  must_be_staff(reader);
  auto settings = settings_of(reader, reader.actor().user);
  if (!settings) return {{}, shown(reader, {})};
  return {settings->version, shown(reader, std::move(settings->says))};
}

MyNoticeSettings put_settings(Change& change, const Wishes& input) {
  must_be_staff(change);
  rules::check(input);
  auto member = change.actor().user;
  NoticeSettings settings;
  if (auto before = settings_of(change, member)) {
    settings = change.take(before->id);
    settings.says = rules::filled(input);
    change.save(settings);
  } else {
    settings.member = member;
    settings.says = rules::filled(input);
    change.add(settings);
  }
  change.tell("notices.settings_kept", settings);
  plan_anew(change, member, settings.says);
  return {settings.version, shown(change, settings.says)};
}

}  // namespace baijin::notices
