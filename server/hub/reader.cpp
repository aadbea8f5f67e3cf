#include "hub/reader.h"

#include <stdexcept>

#include "db/dialect.h"
#include "hub/hub.h"
#include "hub/shared_records.h"

namespace baijin {
namespace {

// As exact as the API, so that a time that went out and came back is the same.
Time whole_milliseconds(Time time) { return {time.us - time.us % 1'000}; }

}  // namespace

Reader::Reader(Hub& hub, db::Connection& connection, const Actor& actor, RequestContext& request)
    : hub_(hub),
      connection_(connection),
      actor_(actor),
      request_(request),
      now_(whole_milliseconds(hub.clock().now())) {}

bool Reader::may(std::string_view right) const {
  const auto* known = hub_.registry().right(right);
  if (!known) throw std::logic_error("no module declares the right " + std::string(right));
  return actor_.rights && actor_.rights->test(known->number);
}

void Reader::must(std::string_view right) const {
  if (!may(right)) throw forbidden("missing_right", right);
}

const RecordKind& Reader::kind_of(const Table& table) const {
  const auto* kind = hub_.registry().record(table.kind);
  if (!kind) throw std::logic_error("no module declares the record " + std::string(table.kind));
  return *kind;
}

void Reader::read_row(const db::Row& row, const Fields& fields, void* record) {
  int column = 0;
  Cell cell;
  if (row.columns() < static_cast<int>(fields.list.size())) {
    throw std::logic_error("the query gives fewer columns than " + std::string(fields.name) +
                           " has fields");
  }
  for (const auto& field : fields.list) {
    cell.null = true;
    row.read(column++, cell);
    field.codec->load(field.in(record), cell);
  }
}

bool Reader::load(const RecordKind& kind, const Fields& fields, std::int64_t id, void* record,
                  bool unseen, bool lock) {
  auto sql = get_sql(kind.table, fields, unseen ? "{all: the owner asks}" : "{visible t}",
                     lock ? db::lock_row(connection_.engine()) : "");
  bool found = false;
  run_rows({sql, &fields}, cells(id), [&](const db::Row& row) {
    read_row(row, fields, record);
    found = true;
  });
  return found;
}

void Reader::run_rows(const SqlRequest& request, Cells parameters, const db::RowSink& sink) {
  auto sql = expand(hub_.registry(), actor_, request, parameters);
  connection_.run(sql, parameters, sink);
}

void Reader::run_page(const SqlRequest& request, Cells parameters, std::optional<std::string>& next,
                      const db::RowSink& sink) {
  auto sql = expand(hub_.registry(), actor_, request, parameters);
  int seen = 0;
  Cell key, id;
  std::string last;
  connection_.run(sql, parameters, [&](const db::Row& row) {
    if (++seen > request.page->limit) {
      next = last;
      return;
    }
    sink(row);
    if (seen == request.page->limit) {
      row.read(row.columns() - 2, key);
      row.read(row.columns() - 1, id);
      last = page_cursor(*request.page, key, id.as_integer());
    }
  });
}

std::int64_t Reader::count_rows(SqlRequest request, Cells parameters) {
  request.count = true;
  std::int64_t total = 0;
  run_rows(request, std::move(parameters), [&](const db::Row& row) {
    Cell cell;
    row.read(0, cell);
    total = cell.as_integer();
  });
  return total;
}

bool Reader::sees(const Ref& ref) {
  std::int64_t id = ref.id;
  return !visible_among(ref.kind, std::span(&id, 1)).empty();
}

void Reader::must_see(const Ref& ref) {
  if (!sees(ref)) throw not_found();
}

std::vector<std::int64_t> Reader::visible_among(std::string_view kind,
                                                std::span<const std::int64_t> ids) {
  constexpr int batch = 50;
  std::vector<std::int64_t> visible;
  const auto* record = hub_.registry().record(kind);
  if (!record || (!record->right.empty() && !may(record->right))) return visible;
  for (std::size_t start = 0; start < ids.size(); start += batch) {
    auto part = ids.subspan(start, std::min<std::size_t>(batch, ids.size() - start));
    int width = part.size() == 1 ? 1 : batch;  // two texts a kind, not fifty
    Cells parameters(static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      parameters[i].set(part[std::min(i, part.size() - 1)]);
    }
    run_rows({visible_ids_sql(record->table, width)}, std::move(parameters),
             [&](const db::Row& row) {
               Cell cell;
               row.read(0, cell);
               visible.push_back(cell.as_integer());
             });
  }
  return visible;
}

std::shared_ptr<const void> Reader::load_shared(
    const RecordKind& kind, const Fields& fields, std::int64_t id,
    const std::function<std::shared_ptr<void>()>& make) {
  std::int64_t version = 0;
  run_rows({column_sql(kind.table, "version")}, cells(id), [&](const db::Row& row) {
    Cell cell;
    row.read(0, cell);
    version = cell.as_integer();
  });
  if (version == 0) throw not_found();
  if (auto kept = hub_.shared_records().find(kind.table.kind, id, version)) return kept;
  auto record = make();
  if (!load(kind, fields, id, record.get(), true)) throw not_found();
  if (may_share()) hub_.shared_records().keep(kind.table.kind, id, version, record);
  return record;
}

}  // namespace baijin
