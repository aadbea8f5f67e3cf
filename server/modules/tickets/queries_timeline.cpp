// The whole story of a ticket (TKT-12): events, messages and evidence, merged by time.
#include <algorithm>

#include "hub/events.h"
#include "modules/accounts/accounts.h"
#include "modules/tickets/actor_names.h"
#include "modules/tickets/steps.h"

namespace baijin::tickets {
namespace {

constexpr std::int64_t most_events = 2'000, most_messages = 1'000;

struct EventRow {
  std::int64_t seq = 0;
  Time at;
  std::string actor;
  std::string kind;
  JsonMap data;
};
FIELDS(EventRow, seq, at, actor, kind, data)

// These stand in the story as the message or evidence itself.
bool speaks_for_itself(std::string_view kind) {
  static constexpr std::string_view kinds[] = {
      "tickets.replied",        "tickets.answered",          "tickets.noted",
      "tickets.reply_prepared", "tickets.evidence_recorded", "tickets.waived"};
  return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

class Story {
 public:
  Story(Reader& reader, Id<Ticket> ticket)
      : reader_(reader),
        ticket_(ticket),
        customer_(reader.actor().kind == ActorKind::contact),
        names_(reader) {}

  // Newest first. Of what happened at the same time, words come before records before events.
  Timeline told(bool whole) {
    add_events(whole);
    add_evidence();
    add_messages(whole);
    std::stable_sort(items_.begin(), items_.end(),
                     [](const StoryItem& a, const StoryItem& b) { return a.at > b.at; });
    return {std::move(items_), complete_};
  }

 private:
  void add_events(bool whole) {
    auto limit = whole ? std::int64_t{1'000'000} : most_events;
    auto rows = reader_.list<EventRow>(R"(SELECT e.seq, e.at, e.actor, e.kind, e.data FROM events e
        WHERE e.subject = $1 AND (e.audience = 'customer' OR $2 = FALSE)
        {all: events of a ticket that the actor sees} ORDER BY e.seq DESC LIMIT $3)",
                                       Ref{"ticket", ticket_.value}, customer_, limit);
    complete_ = complete_ && static_cast<std::int64_t>(rows.size()) < limit;
    for (auto& row : rows) {
      if (speaks_for_itself(row.kind)) continue;
      StoryItem item;
      item.at = row.at;
      item.what = row.kind;
      item.ref = {"event", row.seq};
      item.actor_name = names_.of(row.actor);
      item.details.value = customer_ ? for_customers(row.data.value) : std::move(row.data.value);
      items_.push_back(std::move(item));
    }
  }

  // Of an event's details customers get the states, and the reason where they are told of it.
  static boost::json::object for_customers(const boost::json::object& data) {
    boost::json::object kept;
    for (auto name : {"from", "to", "transition", "by_silence", "reminder", "of", "rating"}) {
      if (const auto* value = data.if_contains(name)) kept[name] = *value;
    }
    if (data.contains("notify") && data.contains("reason")) kept["reason"] = data.at("reason");
    return kept;
  }

  void add_messages(bool whole) {
    MessageFilter filter;
    filter.paging.limit = 200;
    filter.paging.sort = "-created_at";
    std::int64_t taken = 0;
    while (whole || taken < most_messages) {
      auto page = list_messages(reader_, ticket_, filter);
      for (auto& message : page.items) add_message_item(message);
      taken += static_cast<std::int64_t>(page.items.size());
      filter.paging.cursor = page.next;
      if (!page.next) return;
    }
    complete_ = false;
  }

  void add_message_item(MessageView& message) {
    StoryItem item;
    item.at = message.created_at;
    item.kind = StoryKind::message;
    item.what = name_of(message.kind);
    item.ref = {"message", message.id.value};
    item.actor_name = message.author_name;
    item.from_customer = message.from_customer;
    item.body = std::move(message.body.value);
    if (message.state == MessageState::pending) item.details.value["state"] = "pending";
    item.files = std::move(message.files);
    items_.push_back(std::move(item));
  }

  void add_evidence() {
    auto records = list_evidence(reader_, ticket_);
    std::reverse(records.begin(), records.end());
    for (auto& evidence : records) {
      StoryItem item;
      item.at = evidence.recorded_at;
      item.kind = StoryKind::evidence;
      item.what = name_of(evidence.kind);
      item.ref = {"evidence", evidence.id.value};
      item.actor_name = evidence.recorded_by_name;
      item.body = std::move(evidence.body.value);
      auto& details = item.details.value;
      if (evidence.passed) details["passed"] = *evidence.passed;
      if (evidence.guard) details["guard"] = evidence.guard->value;
      if (evidence.starts_at) details["starts_at"] = to_text(*evidence.starts_at);
      if (evidence.place) details["place"] = evidence.place->value;
      item.files = std::move(evidence.files);
      items_.push_back(std::move(item));
    }
  }

  Reader& reader_;
  Id<Ticket> ticket_;
  bool customer_;
  bool complete_ = true;
  std::vector<StoryItem> items_;
  ActorNames names_;
};

}  // namespace

Timeline timeline(Reader& reader, Id<Ticket> id) {
  reader.must_see({"ticket", id.value});
  return Story(reader, id).told(false);
}

Archive archive(Reader& reader, Id<Ticket> id) {
  Archive record{"baijin-ticket-1", reader.now(), get_ticket(reader, id),
                 Story(reader, id).told(true)};
  std::reverse(record.timeline.items.begin(), record.timeline.items.end());
  reader.request().read_note = {"tickets.exported", {"ticket", id.value}, {}};
  return record;
}

}  // namespace baijin::tickets
