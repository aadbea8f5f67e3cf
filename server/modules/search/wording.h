#pragma once
// Pure: what a query and an entry look like to each engine, and where a text matches.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/words.h"
#include "modules/search/search.h"

namespace baijin::search::wording {

// A part of a query that must match: the phrase itself, or the number it may stand for.
struct Part {
  Phrase phrase;
  std::string digits;  // "13812345678" for "138-1234 5678"; "" when it is no number
};
// At most 16 parts; none when the query holds no word.
std::vector<Part> parts_of(std::string_view query);

// Pieces of a text by which others like it are found, each a phrase that must match as a whole:
// rows of four characters where scripts have no blanks, words of three letters or with digits else.
// At most 8, from the beginning.
std::vector<Part> pieces_of(std::string_view text);

// How far a query's last words reach: `whole` finds "server" in no "servers", `beginnings` only
// what whole words would not find, `any` both.
enum class Reach { any, whole, beginnings };
// Whether `whole` and `any` differ at all.
bool may_go_on(const std::vector<Part>& parts);

// What restricts the hits besides the words: kinds (none: all), and the customers of people who
// are customers'.
struct Fence {
  std::vector<std::string> kinds;
  std::vector<std::int64_t> customers;
  bool customers_only = false;
  bool title_only = false;
  Reach reach = Reach::any;
};

// The words that mark whose and what an entry is, and the numbers in its text.
std::string scope_of(const Entry& entry);

// FTS5's query language; everything of the user's is inside quotes (I2).
std::string fts5_query(const std::vector<Part>& parts, const Fence& fence);
// PostgreSQL's: titles have weight A, texts B, scope words C.
std::string tsquery(const std::vector<Part>& parts, const Fence& fence);
std::string tsvector(std::string_view title, std::string_view text, std::string_view scope);

// Byte ranges of `text` where a part matches, in order, not overlapping.
struct Range {
  std::size_t begin = 0, end = 0;
};
std::vector<Range> matches_in(std::string_view text, const std::vector<Part>& parts);

// The text with its matches in code points, or a piece of it around the first match.
struct Excerpt {
  std::string text;
  std::vector<Span> matches;
};
Excerpt marked(std::string_view text, const std::vector<Part>& parts);
Excerpt snippet(std::string_view text, const std::vector<Part>& parts);

}  // namespace baijin::search::wording
