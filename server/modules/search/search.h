#pragma once
// One search over everything, in Chinese and English, with permissions (PLT-3, KNO-2): modules put
// the text of their records here in the same Change that writes them; people search once.
// A hit is given only to who sees the record it stands for.
#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace customers {
struct Customer;
}

namespace search {

struct Entry {
  Ref subject;
  // Whose it is; customers search only what is theirs and not staff_only.
  std::optional<Id<customers::Customer>> customer;
  bool staff_only = false;
  Time at;
  std::string title;
  std::string text;  // plain, as a person reads it; its first 20,000 characters are searched
};

// Puts the entry in, or in the place of the one with the same subject.
void put(Change& change, const Entry& entry);
// Takes it out; nothing happens when there is none.
void drop(Change& change, const Ref& subject);

// Very many new entries, written by one thread: their words are gathered in larger pieces, and on a
// desk that is being filled (db/filling.h) by another thread. Searching finds them after finish();
// until then nothing else may be put or dropped.
class Gathering {
 public:
  explicit Gathering(Hub& hub);
  ~Gathering();  // without finish() what was put since is not found
  // The subject must have no entry yet.
  void put(Change& change, const Entry& entry);
  void no_more();  // nothing is put any more; the other thread goes on to its end
  void finish();   // throws what went wrong with the words

 private:
  class Aside;
  Hub& hub_;
  std::unique_ptr<Aside> aside_;  // none: words are written with their entry
};

// newest: first what has the words as a whole, then words that only begin so, each newest first.
// relevance: first what matches in its title, then the rest, each newest first; over the newest
// 2,000 of either.
enum class Order { newest, relevance };
BOOST_DESCRIBE_ENUM(Order, newest, relevance)

struct Query {
  Text<1, 200> q;
  std::optional<std::string> kinds;   // "ticket,message"; all when absent
  std::optional<std::int64_t> limit;  // 1 … 50, usually 20
  std::optional<std::string> cursor;
  std::optional<Order> order;  // newest first when absent
  bool count = false;
};
FIELDS(Query, q, kinds, limit, cursor, order, count)

// The matched part of a text: code points from `begin` up to, not including, `end`.
struct Span {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};
FIELDS(Span, begin, end)

struct Hit {
  Ref ref;
  std::string title;
  std::vector<Span> title_matches;
  std::string snippet;  // plain text, about 120 characters around the first match
  std::vector<Span> snippet_matches;
  Time at;
};
FIELDS(Hit, ref, title, title_matches, snippet, snippet_matches, at)

// `total` counts what the actor sees and only when asked: exact up to 1,000, nothing beyond.
Page<Hit> find(Reader& reader, const Query& query);

// The newest records of a kind that match, whole words first, at most `limit`, only those the actor
// sees.
std::vector<std::int64_t> matching(Reader& reader, std::string_view kind, std::string_view text,
                                   std::size_t limit);

// Records of a kind whose titles share pieces with the text, those that share most first, then the
// newest; only those the actor sees, without `except`.
std::vector<std::int64_t> similar(Reader& reader, std::string_view kind, std::string_view text,
                                  std::int64_t except, std::size_t limit);

// Which customers' entries a person of a customer may search; called by an install(). Until
// somebody says so, people of customers find nothing.
void searchable_customers(std::function<std::vector<Id<customers::Customer>>(Reader&)> of_actor);

void install(Module& m);

}  // namespace search
}  // namespace baijin
