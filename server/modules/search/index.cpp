#include "modules/search/index.h"

namespace baijin::search {
namespace {

constexpr std::int64_t longest_text = 20'000;
constexpr std::int64_t longest_title = 400;

struct Stored {
  std::int64_t id = 0;
  std::string title, body, scope;
};
FIELDS(Stored, id, title, body, scope)

std::optional<Stored> stored(Reader& reader, const Ref& subject) {
  return reader.first<Stored>(R"(SELECT {fields e} FROM search_entries e
      WHERE e.subject = $1 AND e.kind = $2 {all: the record's own module asks})",
                              subject.id, std::string_view(subject.kind));
}

bool on_sqlite(Reader& reader) { return reader.connection().engine() == db::Engine::sqlite; }

void add_words(Change& change, std::int64_t id, const Stored& entry) {
  if (on_sqlite(change)) {
    change.execute("INSERT INTO search_index (rowid, title, body, scope) VALUES ($1, $2, $3, $4)",
                   id, entry.title, entry.body, entry.scope);
  } else {
    change.execute("UPDATE search_entries SET words = CAST($2 AS tsvector) WHERE id = $1", id,
                   wording::tsvector(entry.title, entry.body, entry.scope));
  }
}

// FTS5 forgets a row's words when it is told them again.
void forget_words(Change& change, const Stored& entry) {
  if (!on_sqlite(change)) return;
  change.execute(R"(INSERT INTO search_index (search_index, rowid, title, body, scope)
      VALUES ('delete', $1, $2, $3, $4))",
                 entry.id, entry.title, entry.body, entry.scope);
}

std::optional<std::int64_t> customer_of(const Entry& entry) {
  if (!entry.customer) return {};
  return entry.customer->value;
}

void replace(Change& change, const Entry& entry, const Stored& now) {
  auto before = stored(change, entry.subject);
  if (!before) throw conflict("changed_meanwhile");
  bool same = before->title == now.title && before->body == now.body && before->scope == now.scope;
  if (!same) forget_words(change, *before);
  change.execute(R"(UPDATE search_entries SET customer = $2, staff_only = $3, at = $4, title = $5,
      body = $6, scope = $7 WHERE id = $1)",
                 before->id, customer_of(entry), entry.staff_only, entry.at, now.title, now.body,
                 now.scope);
  if (!same) add_words(change, before->id, now);
}

}  // namespace

void put(Change& change, const Entry& entry) {
  Stored now{0, shorten(entry.title, longest_title), shorten(entry.text, longest_text),
             wording::scope_of(entry)};
  std::string_view kind = entry.subject.kind;
  if (!on_sqlite(change)) {
    // One statement for row and words; the words are recut when the row was there before.
    auto words = wording::tsvector(now.title, now.body, now.scope);
    change.execute(R"(INSERT INTO search_entries
        (kind, subject, customer, staff_only, at, title, body, scope, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CAST($9 AS tsvector))
        ON CONFLICT (subject, kind) DO UPDATE SET customer = excluded.customer,
        staff_only = excluded.staff_only, at = excluded.at, title = excluded.title,
        body = excluded.body, scope = excluded.scope, words = excluded.words)",
                   kind, entry.subject.id, customer_of(entry), entry.staff_only, entry.at,
                   now.title, now.body, now.scope, words);
    return;
  }
  auto id = change.value<std::int64_t>(R"(INSERT INTO search_entries
      (kind, subject, customer, staff_only, at, title, body, scope)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (subject, kind) DO NOTHING RETURNING id)",
                                       kind, entry.subject.id, customer_of(entry), entry.staff_only,
                                       entry.at, now.title, now.body, now.scope);
  if (id) add_words(change, *id, now);
  else replace(change, entry, now);
}

// FTS5's own settings, https://sqlite.org/fts5.html#configuration_options_config_table_; what is
// usual here (0021_merging.sql) again at the end.
void expect_many(Change& change, bool many) {
  if (!on_sqlite(change)) return;
  const std::int64_t bytes = many ? 32 << 20 : 1 << 20, pieces = many ? 0 : 8;
  change.execute("INSERT INTO search_index (search_index, rank) VALUES ('hashsize', $1)", bytes);
  change.execute("INSERT INTO search_index (search_index, rank) VALUES ('automerge', $1)", pieces);
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
