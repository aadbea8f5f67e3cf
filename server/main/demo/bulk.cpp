#include "main/demo/bulk.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "db/filling.h"
#include "main/demo/ready_made.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"

namespace baijin::demo {
namespace {

constexpr std::size_t rows_at_once = 12'000;  // some three thousand tickets
constexpr std::size_t batches_ahead = 3;

using Batch = std::vector<std::unique_ptr<Happening>>;

// The maker's thread fills, the writer empties; the maker waits while the writer is behind. What is
// written goes back to be freed where it was made: that is cheaper.
class Conveyor {
 public:
  explicit Conveyor(ReadyMade& source)
      : maker_([this, &source] {
          while (put(next_batch(source))) {
          }
        }) {}
  ~Conveyor() {
    {
      std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    maker_.join();
  }
  // The next one, for the one before it; empty at the end.
  Batch take(Batch written) {
    std::unique_lock lock(mutex_);
    written_.push_back(std::move(written));
    changed_.wait(lock, [&] { return !batches_.empty(); });
    auto batch = std::move(batches_.front());
    batches_.erase(batches_.begin());
    changed_.notify_all();
    return batch;
  }

 private:
  static Batch next_batch(ReadyMade& source) {
    Batch batch;
    batch.reserve(rows_at_once);
    while (batch.size() < rows_at_once) {
      auto made = source.next();
      if (!made) break;
      batch.push_back(std::move(made));
    }
    return batch;
  }
  // False when nothing more is wanted.
  bool put(Batch batch) {
    std::vector<Batch> written;
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopped_ || batches_.size() < batches_ahead; });
    if (stopped_) return false;
    bool more = !batch.empty();
    batches_.push_back(std::move(batch));
    changed_.notify_all();
    written.swap(written_);
    lock.unlock();
    return more;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Batch> batches_, written_;
  bool stopped_ = false;
  std::thread maker_;
};

// Writes rows as the modules' commands would have left them, with one parameter list for all.
class Writer {
 public:
  Writer(PastChange& change, search::Gathering* search, std::vector<std::int64_t>& ticket_ids)
      : change_(change), search_(search), ids_(ticket_ids) {}

  void write(Happening& made) {
    switch (made.what) {
      case Happening::What::opening: return write_opening(made);
      case Happening::What::message: return write_message(made);
      case Happening::What::closing: return tell(made, "tickets.closed", "{}");
    }
  }

 private:
  std::string drawn_number(Time at) {
    auto year = year_in_zone(at, change_.hub().options().time_zone);
    parameters_.resize(1);
    parameters_[0].set(std::int64_t{year});
    auto drawn = inserted("INSERT INTO ticket_numbers (year) VALUES ($1) RETURNING id");
    return tickets::number_of_draw(change_.hub(), year, drawn);
  }

  std::int64_t inserted(db::Sql sql) {
    std::int64_t id = 0;
    change_.connection().run(sql, parameters_, [&](const db::Row& row) {
      Cell cell;
      row.read(0, cell);
      id = cell.as_integer();
    });
    return id;
  }

  template <class T>
  std::int64_t insert(db::Sql sql, const T& record) {
    const auto& fields = fields_of<T>();
    parameters_.clear();
    for (const auto& field : fields.list) {
      if (field.name != "id") field.codec->store(parameters_.emplace_back(), field.in(&record));
    }
    return inserted(sql);
  }

  void write_opening(Happening& made) {
    auto& ticket = *made.ticket;
    ticket.number = drawn_number(made.at);
    auto id = insert(ticket_sql_, ticket);
    ids_.resize(std::max(ids_.size(), made.ordinal + 1));
    ids_[made.ordinal] = id;
    write_tags(ticket, id);
    if (search_) {
      search_->put(change_, {{"ticket", id},
                             Id<customers::Customer>{made.customer},
                             false,
                             made.at,
                             ticket.number + " " + made.subject,
                             made.names});
    }
    write_first_message(made, id);
    tell(made, "tickets.opened", "{\"number\":\"" + ticket.number + "\"}");
  }
  void write_tags(const tickets::Ticket& ticket, std::int64_t id) {
    for (const auto& tag : ticket.tags) {
      parameters_.resize(2);
      parameters_[0].set(id);
      parameters_[1].set(std::string_view(tag.value));
      change_.connection().run("INSERT INTO ticket_tags (ticket, tag) VALUES ($1, $2)", parameters_,
                               {});
    }
  }
  std::int64_t write_first_message(Happening& made, std::int64_t ticket) {
    made.message->ticket.value = ticket;
    auto id = insert(message_sql_, *made.message);
    if (search_) {
      search_->put(change_, {{"message", id},
                             Id<customers::Customer>{made.customer},
                             false,
                             made.at,
                             made.subject,
                             std::move(made.text)});
    }
    return id;
  }
  void write_message(Happening& made) {
    auto id = write_first_message(made, ids_[made.ordinal]);
    tell(made, made.message->from_customer ? "tickets.answered" : "tickets.replied",
         "{\"message\":" + std::to_string(id) + "}");
  }

  void tell(const Happening& made, std::string_view kind, const std::string& data) {
    auto subject = "ticket:" + std::to_string(ids_[made.ordinal]);
    parameters_.resize(6);
    parameters_[0].set(made.at.us);
    parameters_[1].set(std::string_view(made.actor));
    parameters_[2].set(kind);
    parameters_[3].set(std::string_view(subject));
    parameters_[4].set(made.customer);
    parameters_[5].set(std::string_view(data));
    change_.connection().run(
        "INSERT INTO events (at, actor, kind, subject, customer, audience, data, request) "
        "VALUES ($1, $2, $3, $4, $5, 'customer', $6, '')",
        parameters_, {});
  }

  PastChange& change_;
  search::Gathering* search_;  // none: for measuring
  std::vector<std::int64_t>& ids_;
  Cells parameters_;
  db::Sql ticket_sql_ = insert_sql(table_of(static_cast<const tickets::Ticket*>(nullptr)),
                                   fields_of<tickets::Ticket>(), false);
  db::Sql message_sql_ = insert_sql(table_of(static_cast<const tickets::Message*>(nullptr)),
                                    fields_of<tickets::Message>(), false);
};

std::map<std::int64_t, std::int64_t> workflows_of_types(Hub& hub) {
  std::map<std::int64_t, std::int64_t> workflows;
  hub.read(program_actor(), [&](Reader& reader) {
    reader.each("SELECT s.id, s.workflow FROM service_types s", [&](const db::Row& row) {
      Cell type, workflow;
      row.read(0, type);
      row.read(1, workflow);
      workflows[type.as_integer()] = workflow.as_integer();
    });
  });
  return workflows;
}

}  // namespace

void fill_bulk(Hub& hub, const Vendor& vendor, const BulkOrder& order,
               const std::function<void(double)>& progress) {
  ReadyMade source(vendor, order, workflows_of_types(hub));
  std::vector<std::int64_t> ticket_ids;
  ticket_ids.reserve(static_cast<std::size_t>(order.tickets));
  auto everybody = program_actor();
  auto rows = order.tickets * 4;
  std::int64_t written = 0;
  // The events are written as rows, so these Changes are never asked what they told.
  auto write = [&](Time at, const std::function<void(PastChange&)>& rows_of) {
    RequestContext context;
    hub.database().write_now([&](db::Connection& connection) {
      PastChange change(hub, connection, everybody, context, at);
      rows_of(change);
    });
  };
  auto* filling = hub.database().filling();
  if (filling) filling->put_off_indexes({"tickets", "messages", "ticket_tags", "events"});
  std::optional<search::Gathering> search;
  if (order.search) search.emplace(hub);
  Conveyor conveyor(source);
  Batch batch;
  while (true) {
    batch = conveyor.take(std::move(batch));
    if (batch.empty()) break;
    write(batch.front()->at, [&](PastChange& change) {
      Writer writer(change, search ? &*search : nullptr, ticket_ids);
      for (auto& made : batch) writer.write(*made);
    });
    written += static_cast<std::int64_t>(batch.size());
    progress(static_cast<double>(written) / static_cast<double>(rows));
  }
  if (search) search->no_more();
  if (filling) filling->build_indexes();
  if (search) search->finish();
}

}  // namespace baijin::demo
