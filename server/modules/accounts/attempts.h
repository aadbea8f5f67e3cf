#pragma once
// The one count of failures that all doors share: sign-in, password change, codes, links (U3). An
// attempt is counted before the answer is known, in its own Change, because the request that fails
// leaves nothing behind.
#include <string>
#include <string_view>

#include "modules/accounts/accounts.h"
#include "modules/accounts/throttle.h"

namespace baijin::accounts::attempts {

// Counts an attempt on `account` (a sign-in name, or what else is tried) from the request's
// address. too_many "too_many_attempts" with the seconds to wait.
void start(Reader& reader, std::string_view account);
// It was no failure, but no success either (right so far, a code is asked for).
void take_back(Reader& reader, std::string_view account);
// It succeeded: the account is free again from here; the address only gets this one back, or an
// attacker could clear his address with an account of his own.
void succeed(Change& change, std::string_view account);
// Something anybody may ask for, and only so often; stays counted.
void count(Change& change, std::string_view account);
// For names there are not: a write as costly as the event about one there is, so that time does not
// tell them apart. It must change something, or SQLite would have nothing to make durable.
void write_as_much(Change& change);

}  // namespace baijin::accounts::attempts
