#pragma once
// What a command gets: a Reader that may also write. One Change = one transaction = one request.
// A Change cannot reach the outside world: what must (mail, webhooks) is an errand.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/events.h"
#include "hub/reader.h"

namespace baijin {

class Change : public Reader {
 public:
  Change(Hub& hub, db::Connection& connection, const Actor& actor, RequestContext& request);

  // A record the actor sees, locked for this Change; else not_found. The first record taken under
  // a request's If-Match must have that version, else conflict("changed_meanwhile").
  template <class T>
  T take(Id<T> id) {
    auto record = std::make_shared<T>();
    take_into(kind_of<T>(), fields_of<T>(), id.value, record, false);
    return *record;
  }
  // Whoever asks: for the owning module's follow-up work.
  template <class T>
  T take_unseen(Id<T> id) {
    auto record = std::make_shared<T>();
    take_into(kind_of<T>(), fields_of<T>(), id.value, record, true);
    return *record;
  }

  // Inserts and gives the record its id and version 1.
  template <class T>
  void add(T& record) {
    record.id.value = insert(kind_of<T>(), fields_of<T>(), &record);
    if constexpr (requires { record.version; }) record.version.value = 1;
    remember(record);
  }
  // Updates what differs from when it was taken; conflict("changed_meanwhile") when somebody saved
  // it since. Notes the differences for the next tell() about it.
  template <class T>
  void save(T& record) {
    update(kind_of<T>(), fields_of<T>(), record.id.value, &record);
    remember(record);  // what was just saved is what the next save compares with
  }
  template <class T>
  void remove(const T& record) {
    erase(kind_of<T>(), fields_of<T>(), record.id.value, &record);
  }
  // SQL for rows that are no records (membership tables); returns the rows changed.
  template <class... P>
  std::int64_t execute(db::Sql sql, const P&... parameters) {
    return write(sql, cells(parameters...));
  }
  // INSERT … RETURNING id of a row that is no record.
  template <class... P>
  std::int64_t execute_returning(db::Sql sql, const P&... parameters) {
    return write_returning(sql, cells(parameters...));
  }

  // The event of what happened to a record: its kind must be declared by m.event. The data holds
  // the changes noted by save() as {"changed":{"state":["received","confirmed"]}} and `more`.
  template <class T>
  void tell(std::string_view kind, const T& record, boost::json::object more = {}) {
    tell_about(kind, Ref{std::string(table_of(&record).kind), record.id.value},
               customer_in(fields_of<T>(), &record), std::move(more));
  }
  void tell_about(std::string_view kind, const Ref& subject, std::optional<std::int64_t> customer,
                  boost::json::object more = {});

  // The job `kind` runs once at `at` (as soon as possible when past) with this payload; the same
  // key again moves it.
  template <class P>
  void schedule(std::string_view kind, std::string_view key, Time at, const P& payload) {
    schedule_json(kind, key, at, to_json(payload));
  }
  // As soon as possible, when it is not at work this moment: for an errand that looks for more work
  // itself before it settles, and would otherwise do what it has in hand in vain.
  template <class P>
  void wake(std::string_view kind, std::string_view key, const P& payload) {
    if (!hasten(kind, key)) schedule(kind, key, now(), payload);
  }
  void cancel(std::string_view kind, std::string_view key);

  // Work of this Change in another's name: judged by his rights and row rules, told as his doing.
  void as(const Actor& who, const std::function<void(Change&)>& work);
  // The same, but an Error undoes that work alone and is returned; nothing when all went well.
  std::optional<Error> attempt(const Actor& who, const std::function<void(Change&)>& work);

  // Runs after the commit, on the committing thread; must be short and must not throw.
  void after_commit(std::function<void()> what) { after_.push_back(std::move(what)); }

  // For the kernel: its own tables, which tell nothing.
  template <class... P>
  std::int64_t keep_books(db::Sql sql, const P&... parameters) {
    return connection().run(sql, cells(parameters...), {});
  }
  void finish();  // checks that what was written was told
  std::vector<std::function<void()>>& after() { return after_; }
  bool told() const { return told_; }
  void caused_by(std::int64_t seq) { caused_by_ = seq; }

 private:
  struct Taken {
    std::shared_ptr<const void> record;
    const Fields* fields;
  };
  template <class T>
  void remember(const T& record) {
    taken_[{kind_of<T>().table.kind, record.id.value}] = {std::make_shared<T>(record),
                                                          &fields_of<T>()};
  }
  void take_into(const RecordKind& kind, const Fields& fields, std::int64_t id,
                 const std::shared_ptr<void>& record, bool unseen);
  std::int64_t insert(const RecordKind& kind, const Fields& fields, const void* record);
  void update(const RecordKind& kind, const Fields& fields, std::int64_t id, void* record);
  void erase(const RecordKind& kind, const Fields& fields, std::int64_t id, const void* record);
  std::int64_t write(db::Sql sql, Cells parameters);
  std::int64_t write_returning(db::Sql sql, Cells parameters);
  bool hasten(std::string_view kind, std::string_view key);  // false when there is no such job
  void schedule_json(std::string_view kind, std::string_view key, Time at,
                     const std::string& payload);
  std::optional<std::int64_t> customer_in(const Fields& fields, const void* record);
  bool may_share() const override { return !wrote_; }

  std::map<std::pair<std::string_view, std::int64_t>, Taken> taken_;
  std::map<std::string, boost::json::object> notes_;  // by subject: field → [from, to]
  std::vector<std::function<void()>> after_;
  std::optional<std::int64_t> caused_by_;
  bool wrote_ = false, told_ = false, matched_ = false;
};

}  // namespace baijin
