#pragma once
// How somebody likes the pages to be, on every device. Language and time zone are the user's own
// (PATCH /me), because the server speaks and counts by them.
#include <boost/describe.hpp>
#include <optional>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

enum class Appearance { system, light, dark };
BOOST_DESCRIBE_ENUM(Appearance, system, light, dark)
enum class Density { comfortable, compact };
BOOST_DESCRIBE_ENUM(Density, comfortable, compact)

struct ListColumns {
  Slug list;  // "tickets"
  std::vector<Slug> columns;
};
FIELDS(ListColumns, list, columns)

struct PanelWidth {
  Slug panel;
  std::int64_t pixels = 0;  // 0 … 10,000
};
FIELDS(PanelWidth, panel, pixels)

struct Settings {
  std::optional<Appearance> appearance;  // the system's when not said
  std::optional<Density> density;        // comfortable when not said
  bool single_key_shortcuts = true;
  bool desktop_notifications = false;
  std::vector<ListColumns> columns;
  std::vector<Slug> collapsed;  // panels that are shut
  std::vector<PanelWidth> widths;
  std::vector<Slug> hints_seen;  // that need not be shown again
};
FIELDS(Settings, appearance, density, single_key_shortcuts, desktop_notifications, columns,
       collapsed, widths, hints_seen)

struct SettingsSheet {
  Id<SettingsSheet> id;
  Version version;
  Id<User> member;
  Settings says;
};
FIELDS(SettingsSheet, id, version, member, says)
TABLE(SettingsSheet, "settings_sheet", "settings_sheets")

struct MySettings {
  Version version;  // 0 while nothing was said
  Settings settings;
};
FIELDS(MySettings, version, settings)

MySettings get_my_settings(Reader& reader);
// As a whole. invalid "too_long" past 16 KiB, "out_of_range".
MySettings put_my_settings(Change& change, const Settings& input);

}  // namespace baijin::accounts
