#include "modules/tickets/views.h"

#include <algorithm>
#include <charconv>

#include "hub/desk_place.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/tickets/local_time.h"

namespace baijin::tickets {
namespace {

namespace json = boost::json;

constexpr std::string_view shares = "tickets.share_views";
constexpr std::int64_t most_counted = 1'000, most_views = 100;
constexpr std::size_t most_columns = 30;
constexpr std::string_view times[] = {"created_from", "created_to", "updated_from",
                                      "updated_to",   "due_from",   "due_to"};

json::object at_this_moment(Reader& reader, const json::object& filter) {
  auto today = start_of_day(reader.now(), desk_place(reader).time_zone);
  return tickets::at_this_moment(filter, reader.now(), today);
}

// The list's own decoder is the allow-list (Z5, I1).
TicketFilter decoded(Reader& reader, const json::object& filter) {
  if (filter.contains("paging")) throw invalid("unknown_field", "filter.paging");
  try {
    auto query = at_this_moment(reader, filter);
    query["paging"] = json::object{};
    return from_json<TicketFilter>(query);
  } catch (Error& wrong) {
    for (auto& field : wrong.fields) field.field = "filter." + field.field;
    throw;
  }
}

TicketFilter question_of(Reader& reader, const SavedView& view) {
  auto filter = decoded(reader, view.filter.value);
  filter.paging.sort = view.sort;
  filter.paging.limit = 1;
  return filter;
}

// As the list understood it, without what was not said; relative times stay as they were given.
json::object canonical(Reader& reader, const json::object& given) {
  auto understood = parse_json(to_json(decoded(reader, given))).as_object();
  json::object kept;
  for (const auto& member : understood) {
    if (member.value().is_null() || member.key() == "paging") continue;
    bool time = std::find(std::begin(times), std::end(times), member.key()) != std::end(times);
    kept[member.key()] = time ? given.at(member.key()) : member.value();
  }
  return kept;
}

void check_columns(const std::vector<Slug>& columns) {
  if (columns.size() > most_columns) throw invalid("too_many", "columns");
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!fields_of<TicketRow>().find(columns[i].value)) {
      throw invalid("unknown_column", "columns." + std::to_string(i));
    }
  }
}

// Asks the list once, so that whatever it refuses is refused now.
void check(Reader& reader, SavedView& view) {
  check_columns(view.columns);
  view.filter.value = canonical(reader, view.filter.value);
  list_tickets(reader, question_of(reader, view));
}

Sharing sharing_of(const SavedView& view) {
  if (view.key) return Sharing::system;
  if (view.owner) return Sharing::personal;
  return view.team ? Sharing::team : Sharing::everyone;
}

bool may_change(Reader& reader, const SavedView& view) {
  switch (sharing_of(view)) {
    case Sharing::system: return false;
    case Sharing::personal: return *view.owner == reader.actor().user;
    case Sharing::team: return reader.may(shares) || is_in_team(reader, *view.team);
    case Sharing::everyone: return reader.may(shares);
  }
  return false;
}

std::int64_t count_of(Reader& reader, const SavedView& view) {
  auto question = question_of(reader, view);
  question.paging.count = true;
  return std::min(list_tickets(reader, question).total.value_or(0), most_counted);
}

ViewLine line_of(Reader& reader, const SavedView& view) {
  ViewLine line{view.id,          view.version, view.key,    view.name_zh, view.name_en,
                sharing_of(view), view.team,    view.filter, {},           view.columns,
                view.sort,        {},           {}};
  line.query.value = at_this_moment(reader, view.filter.value);
  if (may_change(reader, view)) line.allowed = {"edit", "delete"};
  return line;
}

std::vector<SavedView> offered_views(Reader& reader) {
  return reader.list<SavedView>(R"(SELECT {fields v} FROM saved_views v
      LEFT JOIN view_places p ON p.saved_view = v.id AND p.member = $1
      WHERE {visible v} AND (v.owner IS NULL OR v.owner = $1)
      ORDER BY COALESCE(p.position, 1000000), v.id)",
                                reader.actor().user);
}

SavedView take_changeable(Change& change, Id<SavedView> id) {
  must_be_desk(change);
  auto view = change.take(id);
  if (view.owner && *view.owner != change.actor().user) throw not_found();
  if (view.key) throw conflict("system_view");
  if (!may_change(change, view)) throw forbidden("missing_right", shares);
  return view;
}

void share(Change& change, SavedView& view, const NewView& input) {
  auto sharing = input.sharing.value_or(Sharing::personal);
  if (sharing == Sharing::system) throw invalid("not_a_choice", "sharing");
  if (sharing == Sharing::personal) view.owner = change.actor().user;
  if (sharing == Sharing::team) {
    if (!input.team) throw invalid("required", "team");
    view.team = change.get(*input.team).id;
  }
  if (!may_change(change, view)) throw forbidden("missing_right", shares);
}

std::int64_t views_of_actor(Reader& reader) {
  return reader
      .value<std::int64_t>("SELECT count(*) FROM saved_views v WHERE v.owner = $1 {all: one's own}",
                           reader.actor().user)
      .value_or(0);
}

}  // namespace

std::optional<Time> relative_time(std::string_view text, Time now, Time today) {
  if (text == "today") return today;
  if (text.size() < 3 || (text[0] != '-' && text[0] != '+')) return {};
  char unit = text.back();
  if (unit != 'd' && unit != 'h') return {};
  std::int64_t count = 0;
  auto digits = text.substr(1, text.size() - 2);
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  bool all_digits = problem == std::errc() && end == digits.data() + digits.size();
  if (!all_digits || count < 0 || count > (unit == 'd' ? 3'650 : 87'600)) return {};
  auto distance = unit == 'd' ? days(count) : hours(count);
  return text[0] == '-' ? now - distance : now + distance;
}

json::object at_this_moment(const json::object& filter, Time now, Time today) {
  auto absolute = filter;
  for (auto name : times) {
    auto* value = absolute.if_contains(name);
    const auto* text = value ? value->if_string() : nullptr;
    if (!text) continue;
    if (auto time = relative_time(*text, now, today)) *value = to_text(*time);
  }
  return absolute;
}

std::vector<ViewLine> list_views(Reader& reader, const ViewFilter& filter) {
  must_be_desk(reader);
  std::vector<ViewLine> lines;
  for (const auto& view : offered_views(reader)) {
    lines.push_back(line_of(reader, view));
    if (filter.counts) lines.back().count = count_of(reader, view);
  }
  return lines;
}

ViewLine get_view(Reader& reader, Id<SavedView> id) {
  must_be_desk(reader);
  auto view = reader.get(id);
  if (view.owner && *view.owner != reader.actor().user) throw not_found();
  return line_of(reader, view);
}

ViewLine create_view(Change& change, const NewView& input) {
  must_be_desk(change);
  auto names = both_names(input.name_zh, input.name_en);
  SavedView view;
  view.name_zh = names.zh;
  view.name_en = names.en;
  share(change, view, input);
  if (view.owner && views_of_actor(change) >= most_views) throw conflict("too_many_views");
  view.filter = input.filter;
  view.columns = input.columns;
  view.sort = input.sort;
  check(change, view);
  view.created_at = change.now();
  change.add(view);
  change.tell("tickets.view_saved", view);
  return line_of(change, view);
}

ViewLine change_view(Change& change, Id<SavedView> id, const ViewPatch& input) {
  auto view = take_changeable(change, id);
  input.name_zh.into(view.name_zh);
  input.name_en.into(view.name_en);
  input.filter.into(view.filter);
  input.columns.into(view.columns);
  input.sort.into(view.sort);
  check(change, view);
  change.save(view);
  change.tell("tickets.view_changed", view);
  return line_of(change, view);
}

void remove_view(Change& change, Id<SavedView> id) {
  auto view = take_changeable(change, id);
  change.execute("DELETE FROM view_places WHERE saved_view = $1", id);
  change.remove(view);
  change.tell("tickets.view_removed", view);
}

std::vector<ViewLine> order_views(Change& change, const ViewOrder& input) {
  must_be_desk(change);
  auto offered = offered_views(change);
  if (input.views.empty() || input.views.size() > offered.size()) {
    throw invalid("out_of_range", "views");
  }
  auto me = change.actor().user;
  change.execute("DELETE FROM view_places WHERE member = $1", me);
  for (std::size_t i = 0; i < input.views.size(); ++i) {
    auto id = input.views[i];
    bool known = std::any_of(offered.begin(), offered.end(),
                             [&](const SavedView& view) { return view.id == id; });
    if (!known) throw not_found();
    if (std::count(input.views.begin(), input.views.end(), id) > 1) {
      throw invalid("given_twice", "views");
    }
    change.execute("INSERT INTO view_places (member, saved_view, position) VALUES ($1, $2, $3)", me,
                   id, static_cast<std::int64_t>(i) + 1);
  }
  change.tell_about("tickets.views_ordered", {"user", me.value}, {});
  return list_views(change, {});
}

void install_views(Module& m, const RowRule& offered) {
  m.record<SavedView>(offered, "tickets.read");
  m.right(shares, "Save views of the list of tickets for everybody");
  for (auto name : {"tickets.view_saved", "tickets.view_changed", "tickets.view_removed"}) {
    m.event<SavedView>(name, "tickets.read");
  }
  m.event<accounts::User>("tickets.views_ordered", "users.read");
  m.get("/views", "tickets.read", list_views)
      .about("Saved views of the list of tickets, with ?counts=true how many each finds.");
  m.get("/views/{id}", "tickets.read", get_view)
      .about("One of them, with its query at this moment.");
  m.create("/views", "tickets.read", create_view).about("Save a view.");
  m.put("/views/order", "tickets.read", order_views).about("Put the views into one's own order.");
  m.patch("/views/{id}", "tickets.read", change_view).about("Change a saved view.");
  m.del("/views/{id}", "tickets.read", remove_view).about("Remove a saved view.");
  m.preset(add_preset_views);
}

}  // namespace baijin::tickets
