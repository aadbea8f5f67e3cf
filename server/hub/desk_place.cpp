#include "hub/desk_place.h"

#include "hub/hub.h"

namespace baijin {
namespace {

void set(Change& change, std::string_view name, std::string_view value) {
  change.execute(R"(INSERT INTO settings (name, value) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value)",
                 name, value);
}

}  // namespace

DeskPlace desk_place(Reader& reader) {
  const auto& configured = reader.hub().options();
  DeskPlace place{configured.time_zone, configured.locale};
  reader.each("SELECT s.name, s.value FROM settings s WHERE s.name IN ('locale', 'time_zone')",
              [&](const db::Row& row) {
                Cell name, value;
                row.read(0, name);
                row.read(1, value);
                (name.text == "locale" ? place.locale : place.time_zone) = value.text;
              });
  return place;
}

void set_desk_place(Change& change, const DeskPlace& place) {
  set(change, "time_zone", place.time_zone);
  set(change, "locale", place.locale);
}

}  // namespace baijin
