#pragma once
// The index itself; the only file of the module that knows which engine keeps it.
#include <cstdint>
#include <vector>

#include "hub/reader.h"
#include "modules/search/wording.h"

namespace baijin::search::index {

// An entry as it is kept.
struct Stored {
  std::int64_t id = 0;
  std::string title, body, scope;
};
FIELDS(Stored, id, title, body, scope)
Stored cut(const Entry& entry);

// SQLite only. The entry without its words, which gives it its id; false when its subject has one
// already. Then its words.
bool insert_row(Change& change, const Entry& entry, Stored& now);
void add_words(db::Connection& connection, const Stored& entry);
// Before and after very many words are added: they are gathered in larger pieces, and the pieces
// are left alone. Searching works throughout. Nothing happens on PostgreSQL.
void expect_many(db::Connection& connection);
void expect_few(db::Connection& connection);
// For the first few thousand of very many that end as one piece: FTS5 lays that one above the
// highest level there has been, and what is made of small pieces merged in pairs soon has many. On
// a low level the large piece would be merged again and again with those that come day by day.
void make_levels(db::Connection& connection);

struct Candidate {
  std::int64_t entry = 0;
  std::string kind;
  std::int64_t subject = 0;
};
FIELDS(Candidate, entry, kind, subject)

// Entries below `before` that match, newest first, whoever may see them.
std::vector<Candidate> candidates(Reader& reader, const std::vector<wording::Part>& parts,
                                  const wording::Fence& fence, std::int64_t before,
                                  std::int64_t limit);

}  // namespace baijin::search::index
