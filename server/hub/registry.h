#pragma once
// What the modules said in their install(): records, rights, events, routes, reactions, jobs.
// Filled once before the start, read-only afterwards.
#include <any>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fields.h"
#include "hub/actor.h"
#include "hub/http.h"
#include "hub/outside.h"

namespace baijin {

class Reader;
class Change;
struct Event;
struct RequestContext;

// Which rows of a record an actor sees: SQL conditions in which {t} is the row's alias, $user and
// $contact who asks. An empty condition shows nothing. Scope::all and the program see every row.
struct RowRule {
  std::string_view own, team, region;
  std::string_view contact;
  // Instead of the above: a row is seen by who sees the row of `follows` whose id is in
  // {t}.`by_column`; `contact_also` is a further condition for customers.
  std::string_view follows, by_column, contact_also;
  // One person's own: Scope::all does not show those of others.
  bool personal = false;
};
// Every member of staff sees every row; customers those of `contact` ("" for none).
constexpr RowRule seen_by_staff(std::string_view contact = "") {
  return {"TRUE", "TRUE", "TRUE", contact, "", "", ""};
}
// One member of staff's own, whatever else he or anybody sees.
constexpr RowRule seen_by_owner(std::string_view owner) {
  return {owner, owner, owner, "", "", "", "", true};
}
// Follows another record: who sees ticket 17 sees its messages.
constexpr RowRule seen_with(std::string_view kind, std::string_view by_column,
                            std::string_view contact_also = "TRUE") {
  return {"", "", "", "", kind, by_column, contact_also};
}

struct RecordKind {
  Table table;
  const Fields* fields;
  RowRule rule;
  std::string right;  // needed to see any row of it through sees(), search and live; "" for none
};

struct DeclaredRight {
  std::string name, description;
  std::size_t number;
};

struct EventKind {
  std::string name;
  std::string subject_kind;
  Audience audience = Audience::staff;  // customer: also pushed to customers who see the subject
  std::string right;                    // to read it in /events and over the live line
};

// One call of a route: decode, then run, then the answer is in `result`.
class Call {
 public:
  virtual ~Call() = default;
  virtual void decode(const Request& request, std::span<const std::int64_t> ids) = 0;
  virtual void prepare(Reader&) {}      // the slow part, outside the Change (.first())
  virtual void run(Reader&) = 0;        // for routes that write, the Reader is a Change
  virtual bool has_result() const = 0;  // false: 204
  virtual void write(JsonWriter& out, Audience audience) const = 0;
  virtual std::optional<Version> version() const = 0;
  virtual std::int64_t id() const = 0;  // of the result; 0 when it has none
};

enum class Body { none, json, upload };
enum class Lane { quick, slow };  // slow: password hashing, exports; its own few threads

struct Route {
  Method method;
  std::string path;   // below /api/v1: "/tickets/{id}/messages"
  std::string right;  // a right's name, "anyone" or "signed_in"
  bool writes = false;
  bool creates = false;  // 201 with Location
  Body body = Body::none;
  Lane lane = Lane::quick;
  std::string summary;  // for OpenAPI; from .about()
  const Fields* input = nullptr;
  const Fields* output = nullptr;
  enum class Shape { none, one, list, page, raw } shape = Shape::none;
  std::function<std::unique_ptr<Call>()> make;
  std::vector<std::string> parts;  // path split at '/'
};

struct DeclaredReaction {
  std::string name;        // "search: tickets.created", its cursor's name
  std::string event_kind;  // or "*" for all
  std::function<void(Change&, const Event&)> run;
};

struct JobKind {
  std::string name;
  std::function<void(Change&, std::string_view payload)> run;  // a job
  // an errand: prepare what to say in a Reader, talk outside any transaction, settle in a Change
  std::function<std::any(Reader&, std::string_view payload)> prepare;
  std::function<std::any(Outside&, const std::any& prepared, std::string_view key)> talk;
  std::function<void(Change&, std::string_view payload, const std::any& result)> settle;
  std::optional<Duration> every;    // puts itself back
  std::optional<int> daily_minute;  // minutes after local midnight (the desk's zone)
  int attempts = 12;                // an errand past this is stuck
};

class Registry {
 public:
  const RecordKind* record(std::string_view kind) const;
  const RecordKind* record_of_table(std::string_view table) const;
  const DeclaredRight* right(std::string_view name) const;
  const EventKind* event(std::string_view name) const;
  const JobKind* job(std::string_view name) const;
  // The route for a path below /api/v1 and its ids; nullptr when there is none. `path_known` says
  // whether another method would do (405).
  const Route* match(Method method, std::string_view path, std::vector<std::int64_t>& ids,
                     bool& path_known) const;
  std::string methods_of(std::string_view path) const;  // "GET, HEAD, PATCH"

  std::vector<RecordKind> records;
  std::vector<DeclaredRight> rights;
  std::vector<EventKind> events;
  std::vector<std::unique_ptr<Route>> routes;
  std::vector<DeclaredReaction> reactions;
  std::vector<JobKind> jobs;
  std::vector<std::string> modules;
  std::function<Actor(Reader&, const Credentials&)> identify;
  std::vector<std::function<void(Change&)>> presets;  // run once, in order, when the desk is new
  std::vector<std::function<std::vector<std::string>(Reader&)>> checks;  // baijin check

  // Differs for every registry of this process: what was assembled for one is not another's.
  std::int64_t serial() const { return serial_; }

  void index();  // after the modules are installed: look-ups by name and by first path part

 private:
  const std::int64_t serial_ = next_serial();
  static std::int64_t next_serial();
  std::map<std::string, std::size_t, std::less<>> rights_by_name_, events_by_name_;
  std::map<std::string, std::vector<const Route*>, std::less<>> routes_by_first_;
};

std::vector<std::string_view> split_path(std::string_view path);

}  // namespace baijin
