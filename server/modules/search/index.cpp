#include "modules/search/index.h"

namespace baijin::search {
namespace {

constexpr std::int64_t longest_text = 20'000;
constexpr std::int64_t longest_title = 400;

using index::Stored;

std::optional<Stored> stored(Reader& reader, const Ref& subject) {
  return reader.first<Stored>(R"(SELECT {fields e} FROM search_entries e
      WHERE e.subject = $1 AND e.kind = $2 {all: the record's own module asks})",
                              subject.id, std::string_view(subject.kind));
}

bool on_sqlite(Reader& reader) { return reader.connection().engine() == db::Engine::sqlite; }

std::optional<std::int64_t> customer_of(const Entry& entry) {
  if (!entry.customer) return {};
  return entry.customer->value;
}

// FTS5 forgets a row's words when it is told them again.
void forget_words(Change& change, const Stored& entry) {
  if (!on_sqlite(change)) return;
  change.execute(R"(INSERT INTO search_index (search_index, rowid, title, body, scope)
      VALUES ('delete', $1, $2, $3, $4))",
                 entry.id, entry.title, entry.body, entry.scope);
}

void replace(Change& change, const Entry& entry, Stored& now) {
  auto before = stored(change, entry.subject);
  if (!before) throw conflict("changed_meanwhile");
  bool same = before->title == now.title && before->body == now.body && before->scope == now.scope;
  if (!same) forget_words(change, *before);
  change.execute(R"(UPDATE search_entries SET customer = $2, staff_only = $3, at = $4, title = $5,
      body = $6, scope = $7 WHERE id = $1)",
                 before->id, customer_of(entry), entry.staff_only, entry.at, now.title, now.body,
                 now.scope);
  now.id = before->id;
  if (!same) index::add_words(change.connection(), now);
}

// FTS5's own settings, https://sqlite.org/fts5.html#configuration_options_config_table_: how many
// bytes of words are gathered before they are written as a piece, at how many pieces of a level all
// are merged at once, and at how many it begins to be done step by step (0: never). Usual are
// FTS5's own and those of 0021_merging.sql.
void set_pieces(db::Connection& connection, std::int64_t bytes, std::int64_t pieces_at_once,
                std::int64_t pieces) {
  if (connection.engine() != db::Engine::sqlite) return;
  std::array<Cell, 1> parameter;
  parameter[0].set(bytes);
  connection.run("INSERT INTO search_index (search_index, rank) VALUES ('hashsize', $1)", parameter,
                 {});
  parameter[0].set(pieces_at_once);
  connection.run("INSERT INTO search_index (search_index, rank) VALUES ('crisismerge', $1)",
                 parameter, {});
  parameter[0].set(pieces);
  connection.run("INSERT INTO search_index (search_index, rank) VALUES ('automerge', $1)",
                 parameter, {});
}

}  // namespace

namespace index {

Stored cut(const Entry& entry) {
  return {0, shorten(entry.title, longest_title), shorten(entry.text, longest_text),
          wording::scope_of(entry)};
}

bool insert_row(Change& change, const Entry& entry, Stored& now) {
  auto id = change.value<std::int64_t>(R"(INSERT INTO search_entries
      (kind, subject, customer, staff_only, at, title, body, scope)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (subject, kind) DO NOTHING RETURNING id)",
                                       std::string_view(entry.subject.kind), entry.subject.id,
                                       customer_of(entry), entry.staff_only, entry.at, now.title,
                                       now.body, now.scope);
  now.id = id.value_or(0);
  return id.has_value();
}

void add_words(db::Connection& connection, const Stored& entry) {
  std::array<Cell, 4> parameters;
  parameters[0].set(entry.id);
  parameters[1].set(std::string_view(entry.title));
  parameters[2].set(std::string_view(entry.body));
  parameters[3].set(std::string_view(entry.scope));
  connection.run("INSERT INTO search_index (rowid, title, body, scope) VALUES ($1, $2, $3, $4)",
                 parameters, {});
}

void expect_many(db::Connection& connection) { set_pieces(connection, 16 << 20, 1'000, 0); }
void make_levels(db::Connection& connection) { set_pieces(connection, 16 << 20, 2, 0); }
void expect_few(db::Connection& connection) { set_pieces(connection, 1 << 20, 16, 8); }

}  // namespace index

void put(Change& change, const Entry& entry) {
  auto now = index::cut(entry);
  if (!on_sqlite(change)) {
    // One statement for row and words; the words are recut when the row was there before.
    auto words = wording::tsvector(now.title, now.body, now.scope);
    change.execute(R"(INSERT INTO search_entries
        (kind, subject, customer, staff_only, at, title, body, scope, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CAST($9 AS tsvector))
        ON CONFLICT (subject, kind) DO UPDATE SET customer = excluded.customer,
        staff_only = excluded.staff_only, at = excluded.at, title = excluded.title,
        body = excluded.body, scope = excluded.scope, words = excluded.words)",
                   std::string_view(entry.subject.kind), entry.subject.id, customer_of(entry),
                   entry.staff_only, entry.at, now.title, now.body, now.scope, words);
    return;
  }
  if (index::insert_row(change, entry, now)) index::add_words(change.connection(), now);
  else replace(change, entry, now);
}

void drop(Change& change, const Ref& subject) {
  auto before = stored(change, subject);
  if (!before) return;
  forget_words(change, *before);
  change.execute("DELETE FROM search_entries WHERE id = $1", before->id);
}

namespace index {

std::vector<Candidate> candidates(Reader& reader, const std::vector<wording::Part>& parts,
                                  const wording::Fence& fence, std::int64_t before,
                                  std::int64_t limit) {
  if (on_sqlite(reader)) {
    return reader.list<Candidate>(R"(SELECT e.id, e.kind, e.subject
        FROM search_index i CROSS JOIN search_entries e ON e.id = i.rowid
        WHERE i.search_index MATCH $1 AND i.rowid < $2 {all: find() keeps what the actor sees}
        ORDER BY i.rowid DESC LIMIT $3)",
                                  wording::fts5_query(parts, fence), before, limit);
  }
  return reader.list<Candidate>(R"(SELECT e.id, e.kind, e.subject FROM search_entries e
      WHERE e.words @@ CAST($1 AS tsquery) AND e.id < $2 {all: find() keeps what the actor sees}
      ORDER BY e.id DESC LIMIT $3)",
                                wording::tsquery(parts, fence), before, limit);
}

}  // namespace index
}  // namespace baijin::search
