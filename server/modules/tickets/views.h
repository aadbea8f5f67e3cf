#pragma once
// Saved views (PLT-4): questions to the list of tickets that are asked again and again. They hold
// what the list's own query may hold, nothing else, and are answered for whoever asks: a view shows
// nobody more than the list would.
#include "modules/tickets/desk.h"

namespace baijin::tickets {

struct SavedView {
  Id<SavedView> id;
  Version version;
  std::optional<Slug> key;  // of those that came with the desk; they stay as they are
  Name name_zh, name_en;
  std::optional<Id<accounts::User>> owner;
  std::optional<Id<accounts::Team>> team;
  JsonMap filter;  // members of TicketFilter; times also relative: "today", "-7d", "+12h"
  std::vector<Slug> columns;  // members of TicketRow
  std::optional<std::string> sort;
  Time created_at;
};
FIELDS(SavedView, id, version, key, name_zh, name_en, owner, team, filter, columns, sort,
       created_at)
TABLE(SavedView, "saved_view", "saved_views")

enum class Sharing { system, personal, team, everyone };
BOOST_DESCRIBE_ENUM(Sharing, system, personal, team, everyone)

struct NewView {
  std::optional<Name> name_zh, name_en;
  std::optional<Sharing> sharing;          // personal when not said
  std::optional<Id<accounts::Team>> team;  // when shared with a team
  JsonMap filter;
  std::vector<Slug> columns;
  std::optional<std::string> sort;
};
FIELDS(NewView, name_zh, name_en, sharing, team, filter, columns, sort)

struct ViewPatch {
  Given<Name> name_zh, name_en;
  Given<JsonMap> filter;
  Given<std::vector<Slug>> columns;
  Given<std::optional<std::string>> sort;
};
FIELDS(ViewPatch, name_zh, name_en, filter, columns, sort)

struct ViewLine {
  Id<SavedView> id;
  Version version;
  std::optional<Slug> key;
  Name name_zh, name_en;
  Sharing sharing = Sharing::personal;
  std::optional<Id<accounts::Team>> team;
  JsonMap filter;
  JsonMap query;  // the filter at this moment: what to ask GET /tickets
  std::vector<Slug> columns;
  std::optional<std::string> sort;
  std::optional<std::int64_t> count;  // when asked for; 1,000 stands for "1,000 or more"
  std::vector<std::string> allowed;   // "edit", "delete"
};
FIELDS(ViewLine, id, version, key, name_zh, name_en, sharing, team, filter, query, columns, sort,
       count, allowed)

struct ViewFilter {
  bool counts = false;
};
FIELDS(ViewFilter, counts)

struct ViewOrder {
  std::vector<Id<SavedView>> views;
};
FIELDS(ViewOrder, views)

// In the order the actor likes; new ones last.
std::vector<ViewLine> list_views(Reader& reader, const ViewFilter& filter);
ViewLine get_view(Reader& reader, Id<SavedView> id);
// invalid "unknown_field" and the like for what the list of tickets would not take either;
// a team's: by its members; everybody's: with tickets.share_views.
ViewLine create_view(Change& change, const NewView& input);
// conflict("system_view").
ViewLine change_view(Change& change, Id<SavedView> id, const ViewPatch& input);
void remove_view(Change& change, Id<SavedView> id);
// The order is one's own, also of shared views.
std::vector<ViewLine> order_views(Change& change, const ViewOrder& input);

void add_preset_views(Change& change);

// ── pure ─────────────────────────────────────────────────────────────────────────────────────

// "today" is the start of the day, "-7d" and "+12h" count from now (at most 3,650 days); nothing
// for any other text.
std::optional<Time> relative_time(std::string_view text, Time now, Time today);
// The filter with its relative times made absolute.
boost::json::object at_this_moment(const boost::json::object& filter, Time now, Time today);

}  // namespace baijin::tickets
