#include "modules/accounts/my_settings.h"

namespace baijin::accounts {
namespace {

constexpr std::size_t largest_sheet = 16'384;
constexpr std::int64_t widest_panel = 10'000;

std::optional<SettingsSheet> own_sheet(Reader& reader) {
  return reader.first<SettingsSheet>(R"(SELECT {fields s} FROM settings_sheets s
      WHERE {all: one's own} AND s.member = $1)",
                                     reader.actor().user);
}

void check(const Settings& settings) {
  for (const auto& width : settings.widths) {
    if (width.pixels < 0 || width.pixels > widest_panel) throw invalid("out_of_range", "widths");
  }
  if (to_json(settings).size() > largest_sheet) throw invalid("too_long", "settings");
}

}  // namespace

MySettings get_my_settings(Reader& reader) {
  auto sheet = own_sheet(reader);
  if (!sheet) return {};
  return {sheet->version, std::move(sheet->says)};
}

MySettings put_my_settings(Change& change, const Settings& input) {
  check(input);
  SettingsSheet sheet;
  if (auto before = own_sheet(change)) {
    sheet = change.take_unseen(before->id);
    sheet.says = input;
    change.save(sheet);
  } else {
    sheet.member = change.actor().user;
    sheet.says = input;
    change.add(sheet);
  }
  change.tell_about("accounts.settings_kept", {"settings_sheet", sheet.id.value}, {});
  return {sheet.version, sheet.says};
}

}  // namespace baijin::accounts
