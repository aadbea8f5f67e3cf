#pragma once
// What a query gets: a snapshot of the database, who asks, and the time.
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "db/database.h"
#include "hub/actor.h"
#include "hub/http.h"
#include "hub/registry.h"
#include "hub/sql.h"

namespace baijin {

class Hub;

// The request an answer belongs to; the program's own work has an empty one.
struct RequestContext {
  std::string number;  // "r-…": in logs, events and error answers
  std::string address;
  std::string user_agent;
  bool secure = false;
  std::optional<Version> if_match;
  std::optional<Upload> upload;
  std::string content_type;
  std::int64_t attempts = 0;  // of an errand: how often it failed before
  // What the answer carries beyond its result.
  std::vector<std::pair<std::string, std::string>> answer_headers;
  int status = 0;  // other than the route's usual one
  // For routes of Shape::raw: the whole answer (downloads).
  std::optional<Response> raw;
  // A read that leaves the house (download, export): told as an event before the answer is sent
  // (SEC-3). A GET changes nothing else (Z10).
  struct ReadNote {
    std::string kind;
    Ref subject;
    boost::json::object more;
  };
  std::optional<ReadNote> read_note;
};

class Reader {
 public:
  Reader(Hub& hub, db::Connection& connection, const Actor& actor, RequestContext& request);
  virtual ~Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  Hub& hub() const { return hub_; }
  const Actor& actor() const { return actor_; }
  Time now() const { return now_; }  // in whole milliseconds, as the API says times
  RequestContext& request() const { return request_; }
  db::Connection& connection() const { return connection_; }

  bool may(std::string_view right) const;
  void must(std::string_view right) const;  // else forbidden("missing_right")

  // A record the actor sees, else not_found.
  template <class T>
  T get(Id<T> id) {
    auto found = find(id);
    if (!found) throw not_found();
    return std::move(*found);
  }
  template <class T>
  std::optional<T> find(Id<T> id) {
    T record{};
    if (!load(kind_of<T>(), fields_of<T>(), id.value, &record, false)) return {};
    return record;
  }
  // A record whoever asks: for the module that owns it, when the rule was already checked.
  template <class T>
  std::optional<T> find_unseen(Id<T> id) {
    T record{};
    if (!load(kind_of<T>(), fields_of<T>(), id.value, &record, true)) return {};
    return record;
  }

  // Rows as records or as views (structs with FIELDS); columns in the order of their fields.
  template <class T, class... P>
  std::vector<T> list(db::Sql sql, const P&... parameters) {
    return list_where<T>(sql, Where{}, parameters...);
  }
  template <class T, class... P>
  std::vector<T> list_where(db::Sql sql, const Where& where, const P&... parameters) {
    std::vector<T> rows;
    run_rows({sql, &fields_of<T>(), &where}, cells(parameters...),
             [&](const db::Row& row) { read_row(row, fields_of<T>(), &rows.emplace_back()); });
    return rows;
  }
  template <class T, class... P>
  std::optional<T> first(db::Sql sql, const P&... parameters) {
    std::optional<T> found;
    run_rows({sql, &fields_of<T>()}, cells(parameters...), [&](const db::Row& row) {
      if (!found) read_row(row, fields_of<T>(), &found.emplace());
    });
    return found;
  }
  // The first column of the first row.
  template <class V, class... P>
  std::optional<V> value(db::Sql sql, const P&... parameters) {
    std::optional<V> found;
    run_rows({sql}, cells(parameters...), [&](const db::Row& row) {
      Cell cell;
      row.read(0, cell);
      if (!found && !cell.null) Value<V>::load(found.emplace(), cell);
    });
    return found;
  }
  // The first column of all rows.
  template <class V, class... P>
  std::vector<V> values(db::Sql sql, const P&... parameters) {
    std::vector<V> found;
    run_rows({sql}, cells(parameters...), [&](const db::Row& row) {
      Cell cell;
      row.read(0, cell);
      Value<V>::load(found.emplace_back(), cell);
    });
    return found;
  }
  template <class... P>
  bool any(db::Sql sql, const P&... parameters) {
    bool found = false;
    run_rows({sql}, cells(parameters...), [&](const db::Row&) { found = true; });
    return found;
  }
  template <class... P>
  void each(db::Sql sql, const db::RowSink& sink, const P&... parameters) {
    run_rows({sql}, cells(parameters...), sink);
  }
  // The SQL holds {keys} after its columns and {page} at its end. A page is up to `limit` rows.
  template <class T, class... P>
  Page<T> page(db::Sql sql, const Paging& paging, const Sorts& sorts, const Where& where,
               const P&... parameters) {
    Page<T> page;
    auto order = page_order(paging, sorts);
    SqlRequest request{sql, &fields_of<T>(), &where, &order, sorts.id_column};
    run_page(request, cells(parameters...), page.next, [&](const db::Row& row) {
      read_row(row, fields_of<T>(), &page.items.emplace_back());
    });
    if (paging.count) page.total = count_rows(request, cells(parameters...));
    return page;
  }

  // Whether the actor sees the row that `ref` names; false for kinds there are not.
  bool sees(const Ref& ref);
  void must_see(const Ref& ref);  // else not_found
  // Those of `ids` whose rows of this kind the actor sees, in no order.
  std::vector<std::int64_t> visible_among(std::string_view kind, std::span<const std::int64_t> ids);

  // A record kept in memory as long as its version stands: catalogue data read by every request.
  template <class T>
  std::shared_ptr<const T> shared(Id<T> id) {
    return std::static_pointer_cast<const T>(
        load_shared(kind_of<T>(), fields_of<T>(), id.value, [] { return std::make_shared<T>(); }));
  }

  template <class T>
  const RecordKind& kind_of() const {
    return kind_of(table_of(static_cast<const T*>(nullptr)));
  }

  static void read_row(const db::Row& row, const Fields& fields, void* record);

 protected:
  template <class... P>
  static Cells cells(const P&... parameters) {
    Cells made(sizeof...(P));
    std::size_t at = 0;
    (bind(made[at++], parameters), ...);
    return made;
  }
  const RecordKind& kind_of(const Table& table) const;
  bool load(const RecordKind& kind, const Fields& fields, std::int64_t id, void* record,
            bool unseen, bool lock = false);
  void run_rows(const SqlRequest& request, Cells parameters, const db::RowSink& sink);
  void run_page(const SqlRequest& request, Cells parameters, std::optional<std::string>& next,
                const db::RowSink& sink);
  std::int64_t count_rows(SqlRequest request, Cells parameters);
  virtual bool may_share() const { return true; }  // what is read here may be kept for others
  std::shared_ptr<const void> load_shared(const RecordKind& kind, const Fields& fields,
                                          std::int64_t id,
                                          const std::function<std::shared_ptr<void>()>& make);

  Hub& hub_;
  db::Connection& connection_;
  const Actor& actor_;
  RequestContext& request_;
  Time now_;
};

}  // namespace baijin
