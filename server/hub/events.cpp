#include "hub/events.h"

#include "db/dialect.h"
#include "hub/reader.h"

namespace baijin {
namespace {

// On PostgreSQL an event is settled when no running transaction could still put one before it.
db::Sql settled_sql(db::Engine engine) {
  if (engine == db::Engine::sqlite) {
    return R"(SELECT {fields e} FROM events e
                WHERE {all: cursors see all} AND e.seq > $2 AND $1 >= 0 ORDER BY e.seq LIMIT $3)";
  }
  return R"(SELECT {fields e} FROM events e
              WHERE {all: cursors see all} AND (e.tx, e.seq) > ($1, $2)
              AND e.tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
              ORDER BY e.tx, e.seq LIMIT $3)";
}

db::Sql settled_kinds_sql(db::Engine engine) {
  if (engine == db::Engine::sqlite) {
    return R"(SELECT 0 AS tx, e.seq, e.kind FROM events e WHERE e.seq > $2 AND $1 >= 0
                ORDER BY e.seq LIMIT $3)";
  }
  return R"(SELECT e.tx, e.seq, e.kind FROM events e WHERE (e.tx, e.seq) > ($1, $2)
              AND e.tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
              ORDER BY e.tx, e.seq LIMIT $3)";
}

db::Sql newest_sql(db::Engine engine) {
  if (engine == db::Engine::sqlite) {
    return "SELECT 0 AS tx, COALESCE(MAX(e.seq), 0) AS seq FROM events e";
  }
  return R"(SELECT e.tx, e.seq FROM events e
              WHERE e.tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)
              ORDER BY e.tx DESC, e.seq DESC LIMIT 1)";
}

}  // namespace

void each_settled(Reader& reader, Cursor after, int limit,
                  const std::function<void(Cursor, std::string_view)>& sink) {
  reader.each(
      settled_kinds_sql(reader.connection().engine()),
      [&](const db::Row& row) {
        Cell tx, seq, kind;
        row.read(0, tx);
        row.read(1, seq);
        row.read(2, kind);
        sink({tx.as_integer(), seq.as_integer()}, kind.text);
      },
      after.tx, after.seq, std::int64_t{limit});
}

Event event_at(Reader& reader, std::int64_t seq) {
  auto event = reader.first<Event>(
      "SELECT {fields e} FROM events e WHERE {all: a reaction's own event} AND e.seq = $1", seq);
  if (!event) throw not_found();
  return std::move(*event);
}

std::vector<Event> settled_events(Reader& reader, Cursor after, int limit) {
  return reader.list<Event>(settled_sql(reader.connection().engine()), after.tx, after.seq,
                            std::int64_t{limit});
}

Cursor newest_settled(Reader& reader) {
  Cursor newest;
  reader.each(newest_sql(reader.connection().engine()), [&](const db::Row& row) {
    Cell cell;
    row.read(0, cell);
    newest.tx = cell.as_integer();
    row.read(1, cell);
    newest.seq = cell.as_integer();
  });
  return newest;
}

}  // namespace baijin
