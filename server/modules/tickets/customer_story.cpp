#include "modules/tickets/customer_story.h"

#include <algorithm>
#include <limits>

#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/customers/customers.h"
#include "modules/tickets/actor_names.h"

namespace baijin::tickets {
namespace {

constexpr std::int64_t usual_part = 50, largest_part = 100;
constexpr std::int64_t title_length = 120;
constexpr auto the_end_of_time = std::numeric_limits<std::int64_t>::max();

struct Line {
  std::int64_t id = 0;
  Time at;
  std::string first, second;
  std::optional<std::string> name;
};
FIELDS(Line, id, at, first, second, name)

struct ChangeLine {
  std::int64_t seq = 0;
  Time at;
  std::string kind, actor;
  JsonMap data;
};
FIELDS(ChangeLine, seq, at, kind, actor, data)

// What follows from another field and only helps to find.
bool is_derived(std::string_view field) { return field == "folded_name" || field == "initials"; }

class Gathering {
 public:
  Gathering(Reader& reader, Id<customers::Customer> customer, const CustomerStoryQuery& query)
      : reader_(reader), customer_(customer) {
    limit_ = query.limit.value_or(usual_part);
    if (limit_ < 1 || limit_ > largest_part) throw invalid("out_of_range", "limit");
    before_ = query.before.value_or(Time{the_end_of_time});
  }

  // Of each sort one more than is shown: so it is known whether there is more.
  CustomerStory told() {
    add_tickets();
    add_notes();
    add_changes();
    std::stable_sort(items_.begin(), items_.end(),
                     [](const auto& a, const auto& b) { return a.at > b.at; });
    CustomerStory story;
    auto wanted = static_cast<std::size_t>(limit_);
    if (items_.size() > wanted) {
      // What happened at the same moment stays together: the next part begins before it.
      while (wanted < items_.size() && items_[wanted].at == items_[wanted - 1].at) ++wanted;
      if (wanted < items_.size()) story.next = items_[wanted - 1].at;
      items_.resize(wanted);
    }
    story.items = std::move(items_);
    return story;
  }

 private:
  void add(std::string_view what, std::string_view kind, const Line& line, std::string title) {
    items_.push_back({line.at,
                      std::string(what),
                      {std::string(kind), line.id},
                      std::move(title),
                      line.name.value_or(""),
                      {}});
  }

  void add_tickets() {
    auto title = [](const Line& line) { return line.first + " " + line.second; };
    for (const auto& line :
         reader_.list<Line>(R"(SELECT t.id, t.created_at, t.number, t.subject, u.name
        FROM tickets t LEFT JOIN users u ON u.id = t.created_by
        WHERE t.customer = $1 AND t.created_at < $2 AND {visible t}
        ORDER BY t.created_at DESC, t.id DESC LIMIT $3)",
                            customer_, before_, limit_ + 1)) {
      add("tickets.opened", "ticket", line, title(line));
    }
    for (const auto& line :
         reader_.list<Line>(R"(SELECT t.id, t.closed_at, t.number, t.subject, u.name
        FROM tickets t LEFT JOIN users u ON u.id = t.assignee
        WHERE t.customer = $1 AND t.closed_at < $2 AND {visible t}
        ORDER BY t.closed_at DESC, t.id DESC LIMIT $3)",
                            customer_, before_, limit_ + 1)) {
      add("tickets.closed", "ticket", line, title(line));
    }
  }

  void add_notes() {
    for (const auto& line : reader_.list<Line>(R"(SELECT n.id, n.written_at, n.body, '', u.name
        FROM customer_notes n LEFT JOIN users u ON u.id = n.author
        WHERE n.customer = $1 AND n.written_at < $2 AND {visible n}
        ORDER BY n.written_at DESC, n.id DESC LIMIT $3)",
                                               customer_, before_, limit_ + 1)) {
      add("customers.note", "customer_note", line, shorten(line.first, title_length));
    }
  }

  // Only which fields: what stood in them may be private.
  void add_changes() {
    ActorNames names(reader_);
    for (auto& line :
         reader_.list<ChangeLine>(R"(SELECT e.seq, e.at, e.kind, e.actor, e.data
        FROM events e WHERE e.subject = $1 AND e.at < $2
        {all: of a customer that the actor sees} ORDER BY e.seq DESC LIMIT $3)",
                                  Ref{"customer", customer_.value}, before_, limit_ + 1)) {
      std::vector<std::string> fields;
      if (const auto* changed = line.data.value.if_contains("changed")) {
        for (const auto& field : changed->as_object()) {
          if (!is_derived(field.key())) fields.emplace_back(field.key());
        }
      }
      items_.push_back(
          {line.at, line.kind, {"event", line.seq}, "", names.of(line.actor), std::move(fields)});
    }
  }

  Reader& reader_;
  Id<customers::Customer> customer_;
  std::int64_t limit_ = usual_part;
  Time before_;
  std::vector<CustomerStoryItem> items_;
};

}  // namespace

CustomerStory customer_story(Reader& reader, Id<customers::Customer> customer,
                             const CustomerStoryQuery& query) {
  if (!reader.actor().staff()) throw not_found();
  reader.get(customer);
  return Gathering(reader, customer, query).told();
}

void install_customer_story(Module& m) {
  m.get("/customers/{id}/timeline", "customers.read", customer_story)
      .about("What happened with a customer, newest first.");
}

}  // namespace baijin::tickets
