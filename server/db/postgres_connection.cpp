#include "db/postgres_connection.h"

#include <poll.h>

#include <bit>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "base/log.h"

namespace baijin::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t statements_kept = 512;
// The server ends a statement that is too slow by itself; only a server that hangs needs this.
constexpr milliseconds grace{3'000};
constexpr milliseconds for_ever{0};

class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, int row) : result_(result), row_(row) {}

  int columns() const override { return PQnfields(result_); }
  std::string_view name(int column) const override { return PQfname(result_, column); }

  void read(int column, Cell& cell) const override {
    if (PQgetisnull(result_, row_, column) != 0) {
      cell.null = true;
      return;
    }
    const auto size = static_cast<std::size_t>(PQgetlength(result_, row_, column));
    cell.set(std::string_view(PQgetvalue(result_, row_, column), size));
  }

 private:
  const PGresult* result_;
  int row_;
};

struct ParameterType {
  Oid oid;
  char letter;
};

ParameterType type_of(Cell::Type type) {
  switch (type) {
    case Cell::Type::integer: return {20, 'i'};
    case Cell::Type::real: return {701, 'r'};
    case Cell::Type::boolean: return {16, 'b'};
    default: return {25, 't'};
  }
}

std::uint64_t to_network(std::uint64_t value) {
  return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

void note(void*, const char* message) { log::debug("postgres_notice", {{"text", message}}); }

std::int64_t changed_rows(PGresult* result) {
  // A SELECT's tag counts the rows it found, which is not what run() promises.
  if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
  const std::string_view digits = PQcmdTuples(result);
  std::int64_t count = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), count);
  return count;
}

}  // namespace

PostgresConnection::PostgresConnection(const Options& options, const Faults& faults)
    : faults_(faults), limit_(milliseconds(options.statement_ms) + grace) {
  before(faults_, "connect");
  // What the address says goes over what stands before it, here all but the last.
  const char* target = options.read_only ? "any" : "read-write";
  const char* names[] = {"application_name",     "connect_timeout",
                         "keepalives_idle",      "keepalives_interval",
                         "keepalives_count",     "tcp_user_timeout",
                         "target_session_attrs", "dbname",
                         "client_encoding",      nullptr};
  const char* values[] = {"baijin", "5",    "10", "5", "3", "15000", target, options.url.c_str(),
                          "UTF8",   nullptr};
  handle_.reset(PQconnectdbParams(names, values, 1));
  if (!handle_) throw std::bad_alloc();
  if (PQstatus(handle_.get()) != CONNECTION_OK) {
    const std::string_view message = PQerrorMessage(handle_.get());
    log::warn("postgres_not_connected", {{"why", message}});
    const bool read_only = message.find("session is read-only") != message.npos;
    fail(read_only ? "25006" : "", message, "connect");
  }
  PQsetNoticeProcessor(handle_.get(), note, nullptr);
  set_up(options);
}

void PostgresConnection::set_up(const Options& options) {
  std::string text = "SET statement_timeout = " + std::to_string(options.statement_ms) +
                     "; SET lock_timeout = " + std::to_string(options.lock_wait_ms) +
                     "; SET idle_in_transaction_session_timeout = 60000; SET TimeZone = 'UTC'"
                     "; SET jit = off";
  if (options.read_only) text += "; SET default_transaction_read_only = on";
  command(text.c_str());
}

bool PostgresConnection::has_input() const {
  pollfd look{PQsocket(handle_.get()), POLLIN, 0};
  return ::poll(&look, 1, 0) != 0;
}

bool PostgresConnection::is_fresh() const {
  return PQtransactionStatus(handle_.get()) == PQTRANS_IDLE && !has_input();
}

void PostgresConnection::fail(std::string_view sqlstate, std::string_view message,
                              std::string_view sql) {
  failed_ = true;
  // The worst counts: after a serialisation failure the connection may still get lost.
  trouble_ = std::max(trouble_, postgres_trouble(sqlstate));
  throw_postgres_error(sqlstate, message, sql);
}

bool PostgresConnection::await_input(steady_clock::time_point end) {
  pollfd look{PQsocket(handle_.get()), POLLIN, 0};
  int wait = -1;
  if (end != steady_clock::time_point::max()) {
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now()).count();
    if (left <= 0) return false;
    wait = static_cast<int>(left);
  }
  const int ready = ::poll(&look, 1, wait);
  if (ready < 0) return errno == EINTR;
  return ready > 0 && PQconsumeInput(handle_.get()) == 1;
}

PostgresResult PostgresConnection::collect(steady_clock::time_point end, std::string_view sql) {
  PostgresResult kept;
  for (;;) {
    while (PQisBusy(handle_.get()) != 0) {
      if (await_input(end)) continue;
      // Dead or hanging; nothing that comes later may be taken for another statement's result.
      const std::string message = PQerrorMessage(handle_.get());
      handle_.reset();
      fail("", message, sql);
    }
    PostgresResult next(PQgetResult(handle_.get()));
    if (!next) return kept;
    const bool failed = kept && PQresultStatus(kept.get()) == PGRES_FATAL_ERROR;
    if (!failed) kept = std::move(next);
  }
}

PostgresResult PostgresConnection::await(int sent, std::string_view sql, milliseconds limit) {
  if (sent != 1) fail("", PQerrorMessage(handle_.get()), sql);
  const auto end = limit == for_ever ? steady_clock::time_point::max()
                                     : steady_clock::now() + limit;
  auto result = collect(end, sql);
  const auto status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY) {
    return result;
  }
  const char* state = result ? PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) : nullptr;
  const char* message = result ? PQresultErrorMessage(result.get()) : PQerrorMessage(handle_.get());
  fail(state == nullptr ? "" : state, message, sql);
}

void PostgresConnection::Bound::take(std::span<const Cell> parameters) {
  const std::size_t count = parameters.size();
  oids.resize(count), values.resize(count), lengths.resize(count), numbers.resize(count);
  formats.assign(count, 1);  // binary: text is its bytes, numbers are in network byte order
  types.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const Cell& cell = parameters[i];
    const auto [oid, letter] = type_of(cell.type);
    oids[i] = oid;
    types += letter;
    values[i] = reinterpret_cast<const char*>(&numbers[i]);
    lengths[i] = 8;
    if (cell.null) {
      values[i] = nullptr;
    } else if (cell.type == Cell::Type::text) {
      values[i] = cell.text.data() == nullptr ? "" : cell.text.data();
      lengths[i] = static_cast<int>(cell.text.size());
    } else if (cell.type == Cell::Type::boolean) {
      numbers[i] = 0;
      *reinterpret_cast<char*>(&numbers[i]) = cell.integer != 0 ? 1 : 0;
      lengths[i] = 1;
    } else if (cell.type == Cell::Type::real) {
      numbers[i] = to_network(std::bit_cast<std::uint64_t>(cell.real));
    } else {
      numbers[i] = to_network(static_cast<std::uint64_t>(cell.integer));
    }
  }
}

const PostgresConnection::Prepared& PostgresConnection::prepared(std::string_view text) {
  if (auto found = statements_.find({text, bound_.types}); found != statements_.end()) {
    return *found->second;
  }
  if (statements_.size() >= statements_kept) {
    // Rare: what is needed is prepared again with its next use.
    statements_.clear();
    command("DEALLOCATE ALL");
  }
  auto made = std::make_unique<Prepared>();
  made->text = text;
  made->types = bound_.types;
  made->name = "s" + std::to_string(++names_);
  await(PQsendPrepare(handle_.get(), made->name.c_str(), made->text.c_str(),
                      static_cast<int>(bound_.oids.size()), bound_.oids.data()),
        text, limit_);
  const Prepared& kept = *made;
  statements_.emplace(Key{kept.text, kept.types}, std::move(made));
  return kept;
}

std::int64_t PostgresConnection::run(Sql sql, std::span<const Cell> parameters,
                                     const RowSink& sink) {
  if (failed_) refuse_to_go_on();
  check_parameters(parameters);
  before(faults_, "statement");
  bound_.take(parameters);
  const Prepared& statement = prepared(sql.text());
  const auto result = await(
      PQsendQueryPrepared(handle_.get(), statement.name.c_str(),
                          static_cast<int>(parameters.size()), bound_.values.data(),
                          bound_.lengths.data(), bound_.formats.data(), 0),
      sql.text(), limit_);
  if (sink) {
    const int rows = PQntuples(result.get());
    for (int row = 0; row < rows; ++row) sink(PostgresRow(result.get(), row));
  }
  return changed_rows(result.get());
}

void PostgresConnection::script(std::string_view statements) {
  if (failed_) refuse_to_go_on();
  before(faults_, "statement");
  const std::string text(statements);
  await(PQsendQuery(handle_.get(), text.c_str()), text, for_ever);
}

void PostgresConnection::command(const char* text) {
  await(PQsendQuery(handle_.get(), text), text, limit_);
}

void PostgresConnection::begin(const char* text) {
  failed_ = false;
  trouble_ = PostgresTrouble::none;
  command(text);
}

void PostgresConnection::commit() {
  // What comes without having been asked for is the server's farewell: nothing is committed yet.
  if (has_input()) fail("57P01", "lost before COMMIT", "COMMIT");
  try {
    command("COMMIT");
  } catch (const Error&) {
    if (trouble_ != PostgresTrouble::lost) throw;
    throw unavailable("outcome_unknown",
                      "The connection was lost while the change was being committed.");
  }
}

}  // namespace baijin::db
