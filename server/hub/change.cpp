#include "hub/change.h"

#include <stdexcept>

#include "base/log.h"
#include "hub/hub.h"

namespace baijin {
namespace {

constexpr std::int64_t longest_note = 200;  // code points of a value kept in the event log

// A field's value for the log: whole when short, else its beginning.
boost::json::value noted(const Field& field, const void* record) {
  std::string text;
  JsonWriter out(text);
  field.codec->write(out, field.in(record), Audience::staff);
  auto value = parse_json(text);
  if (const auto* string = value.if_string())
    return boost::json::value(shorten(*string, longest_note));
  if (text.size() > 2'000) return boost::json::value("…");
  return value;
}

Cell cell_of(const Field& field, const void* record) {
  Cell cell;
  field.codec->store(cell, field.in(record));
  return cell;
}

}  // namespace

Change::Change(Hub& hub, db::Connection& connection, const Actor& actor, RequestContext& request)
    : Reader(hub, connection, actor, request) {}

void Change::take_into(const RecordKind& kind, const Fields& fields, std::int64_t id,
                       const std::shared_ptr<void>& record, bool unseen) {
  if (!load(kind, fields, id, record.get(), unseen, true)) throw not_found();
  if (request().if_match && !matched_) {
    matched_ = true;
    const auto* version = fields.find("version");
    if (version && static_cast<const Version*>(version->in(record.get()))->value !=
                       request().if_match->value) {
      throw conflict("changed_meanwhile");
    }
  }
  taken_[{kind.table.kind, id}] = {record, &fields};
}

std::int64_t Change::insert(const RecordKind& kind, const Fields& fields, const void* record) {
  Cells parameters;
  parameters.reserve(fields.list.size());
  const auto* id = fields.find("id");
  bool with_id = static_cast<const Id<Change>*>(id->in(record))->value != 0;
  for (const auto& field : fields.list) {
    if (field.name == "id" && !with_id) continue;
    field.codec->store(parameters.emplace_back(), field.in(record));
    if (field.name == "version") parameters.back().set(std::int64_t{1});
  }
  return write_returning(insert_sql(kind.table, fields, with_id), std::move(parameters));
}

void Change::update(const RecordKind& kind, const Fields& fields, std::int64_t id, void* record) {
  auto found = taken_.find({kind.table.kind, id});
  if (found == taken_.end()) {
    throw std::logic_error(std::string(fields.name) + " is saved without having been taken");
  }
  const void* before = found->second.record.get();
  std::vector<bool> changed(fields.list.size());
  Cells parameters;
  boost::json::object notes;
  const Field* version = nullptr;
  for (std::size_t i = 0; i < fields.list.size(); ++i) {
    const auto& field = fields.list[i];
    if (field.name == "version") {
      version = &field;
      continue;
    }
    if (field.codec->same(field.in(before), field.in(record))) continue;
    changed[i] = true;
    parameters.push_back(cell_of(field, record));
    notes[field.name] = boost::json::array{noted(field, before), noted(field, record)};
  }
  if (parameters.empty()) return;
  // Versions count from the taken record's: two saves in one Change go on from each other.
  std::int64_t old_version = 0;
  if (version) {
    auto& held = *static_cast<Version*>(version->in(record));
    old_version = held.value;
    held.value = old_version + 1;
    auto place = static_cast<std::size_t>(version - fields.list.data());
    changed[place] = true;
    Cell cell;
    cell.set(held.value);
    auto before_it = std::count(changed.begin(),
                                changed.begin() + static_cast<std::ptrdiff_t>(place), true);
    parameters.insert(parameters.begin() + before_it, cell);
  }
  Cell key;
  key.set(id);
  parameters.push_back(key);
  if (version) {
    key.set(old_version);
    parameters.push_back(key);
  }
  if (write(update_sql(kind.table, fields, changed), std::move(parameters)) != 1) {
    throw conflict("changed_meanwhile");
  }
  auto& kept = notes_[Ref{std::string(kind.table.kind), id}.text()];
  for (auto& [name, pair] : notes) {
    if (auto* old = kept.if_contains(name)) old->as_array()[1] = pair.as_array()[1];
    else kept[name] = pair;
  }
}

void Change::erase(const RecordKind& kind, const Fields&, std::int64_t id, const void*) {
  if (write(delete_sql(kind.table), cells(id)) != 1) throw conflict("changed_meanwhile");
  taken_.erase({kind.table.kind, id});
}

std::int64_t Change::write(db::Sql sql, Cells parameters) {
  wrote_ = true;
  SqlRequest request{sql, nullptr};
  auto expanded = expand(hub().registry(), actor(), request, parameters);
  return connection().run(expanded, parameters, {});
}

std::int64_t Change::write_returning(db::Sql sql, Cells parameters) {
  wrote_ = true;
  std::int64_t id = 0;
  connection().run(sql, parameters, [&](const db::Row& row) {
    Cell cell;
    row.read(0, cell);
    id = cell.as_integer();
  });
  return id;
}

std::optional<std::int64_t> Change::customer_in(const Fields& fields, const void* record) {
  const auto* field = fields.find("customer");
  if (!field || field->codec->column != Cell::Type::integer) {
    field = fields.name == "Customer" ? fields.find("id") : nullptr;
  }
  if (!field) return {};
  auto cell = cell_of(*field, record);
  if (cell.null || cell.integer == 0) return {};
  return cell.integer;
}

void Change::tell_about(std::string_view kind, const Ref& subject,
                        std::optional<std::int64_t> customer, boost::json::object more) {
  const auto* known = hub().registry().event(kind);
  if (!known) throw std::logic_error("no module declares the event " + std::string(kind));
  auto notes = notes_.find(subject.text());
  if (notes != notes_.end()) {
    if (!notes->second.empty()) more["changed"] = std::move(notes->second);
    notes_.erase(notes);
  }
  JsonMap data{std::move(more)};
  keep_books(R"(INSERT INTO events (at, actor, kind, subject, customer, audience, data, request,
               caused_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
             now(), actor().text(), kind, subject, customer,
             known->audience == Audience::customer ? "customer" : "staff", data, request().number,
             caused_by_);
  told_ = true;
}

void Change::schedule_json(std::string_view kind, std::string_view key, Time at,
                           const std::string& payload) {
  const auto* declared = hub().registry().job(kind);
  if (!declared) throw std::logic_error("no module declares the job " + std::string(kind));
  keep_books(
      R"(INSERT INTO jobs (kind, key, payload, due_at, attempts, lease_until, lease, last_error,
               stuck, errand) VALUES ($1, $2, $3, $4, 0, 0, '', '', FALSE, $5)
             ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload,
               due_at = excluded.due_at, attempts = 0, lease_until = 0, lease = '',
               last_error = '', stuck = FALSE)",
      kind, key, payload, at, declared->talk != nullptr);
}

// The row of one at work is touched all the same, so that on PostgreSQL the two cannot miss each
// other: who settles meanwhile is run again, and sees what this Change brought.
bool Change::hasten(std::string_view kind, std::string_view key) {
  return keep_books(R"(UPDATE jobs
      SET due_at = CASE WHEN lease = '' AND due_at > $3 THEN $3 ELSE due_at END
      WHERE kind = $1 AND key = $2 AND stuck = FALSE)",
                    kind, key, now()) > 0;
}

void Change::cancel(std::string_view kind, std::string_view key) {
  keep_books("DELETE FROM jobs WHERE kind = $1 AND key = $2", kind, key);
}

void Change::as(const Actor& who, const std::function<void(Change&)>& work) {
  RequestContext context;
  context.number = request().number;
  context.address = request().address;
  Change own(hub(), connection(), who, context);
  own.caused_by_ = caused_by_;
  work(own);
  own.finish();
  for (auto& what : own.after()) after_commit(std::move(what));
}

std::optional<Error> Change::attempt(const Actor& who, const std::function<void(Change&)>& work) {
  keep_books("SAVEPOINT attempt");
  try {
    as(who, work);
  } catch (const Error& refusal) {
    // After a statement that failed the next line throws: then nothing of the whole is kept.
    keep_books("ROLLBACK TO SAVEPOINT attempt");
    keep_books("RELEASE SAVEPOINT attempt");
    return refusal;
  }
  keep_books("RELEASE SAVEPOINT attempt");
  return {};
}

void Change::finish() {
  if (!wrote_ || told_) return;
  if (hub().options().strict) {
    throw std::logic_error("a Change wrote and told nothing (request " + request().number + ")");
  }
  log::error("change.untold", {{"request", request().number}, {"actor", actor().text()}});
}

}  // namespace baijin
