#include "modules/accounts/attempts.h"

#include "hub/hub.h"
#include "hub/keys.h"

namespace baijin::accounts::attempts {
namespace {

struct Row {
  std::int64_t failures = 0;
  Time last_at;
  Time blocked_until;
};
FIELDS(Row, failures, last_at, blocked_until)

struct Keyholes {
  std::string account, address;
};

// Only hashes are kept: people type passwords where their name belongs.
Keyholes keyholes(Reader& reader, std::string_view account) {
  auto network = network_of(reader.request().address);
  const auto& keys = reader.hub().keys();
  return {keys.mac("attempts", "account " + folded(account) + "\n" + network),
          keys.mac("attempts", "address " + network)};
}

Throttle read(Change& change, const std::string& key) {
  auto row = change.first<Row>(R"(SELECT a.failures, a.last_at, a.blocked_until
        FROM sign_in_attempts a WHERE {all: the doors' own count} a.key = $1)",
                               key);
  return row ? Throttle{row->failures, row->last_at, row->blocked_until} : Throttle{};
}

void write(Change& change, const std::string& key, const Throttle& throttle) {
  change.keep_books(R"(INSERT INTO sign_in_attempts (key, failures, last_at, blocked_until)
        VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO UPDATE SET failures = excluded.failures,
          last_at = excluded.last_at, blocked_until = excluded.blocked_until)",
                    key, throttle.failures, throttle.last_at, throttle.blocked_until);
}

void forget(Change& change, const std::string& key) {
  change.keep_books("DELETE FROM sign_in_attempts WHERE key = $1", key);
}

void give_back(Change& change, const std::string& key) {
  auto throttle = taken_back(read(change, key));
  if (throttle.failures == 0) forget(change, key);
  else write(change, key, throttle);
}

void must_have_paused(Duration pause) {
  if (pause.us <= 0) return;
  Error error(Kind::too_many, "too_many_attempts");
  error.retry_after_seconds = static_cast<int>((pause.us + 999'999) / 1'000'000);
  throw error;
}

}  // namespace

void count(Change& change, std::string_view account) {
  auto [of_account, of_address] = keyholes(change, account);
  auto by_account = read(change, of_account), by_address = read(change, of_address);
  must_have_paused(
      std::max(pause_before(by_account, change.now()), pause_before(by_address, change.now())));
  write(change, of_account, after_attempt(by_account, change.now()));
  write(change, of_address, after_attempt(by_address, change.now()));
}

void write_as_much(Change& change) { write(change, "nobody", {0, change.now(), {}}); }

void start(Reader& reader, std::string_view account) {
  const auto& address = reader.request().address;
  reader.hub().change(program_actor(), [&](Change& change) {
    change.request().address = address;  // of the one who tries: the count goes by it
    count(change, account);
  });
}

void take_back(Reader& reader, std::string_view account) {
  const auto& address = reader.request().address;
  reader.hub().change(program_actor(), [&](Change& change) {
    change.request().address = address;
    auto [of_account, of_address] = keyholes(change, account);
    give_back(change, of_account);
    give_back(change, of_address);
  });
}

void succeed(Change& change, std::string_view account) {
  auto [of_account, of_address] = keyholes(change, account);
  forget(change, of_account);
  give_back(change, of_address);
}

}  // namespace baijin::accounts::attempts

namespace baijin::accounts {

void count_asking(Change& change, std::string_view what, std::int64_t free) {
  using namespace attempts;
  auto key = keyholes(change, "asking " + std::string(what)).account;
  auto tally = read(change, key);
  must_have_paused(pause_before(tally, change.now()));
  write(change, key, after_attempt(tally, change.now(), free));
}

}  // namespace baijin::accounts
