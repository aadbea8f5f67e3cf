#pragma once
// Who shows these credentials and what he may do. Asked by every request and, for open live lines,
// every second: one indexed read; the rest is kept in memory as long as the access epoch stands.
#include <string>
#include <string_view>
#include <vector>

#include "modules/accounts/accounts.h"

namespace baijin::accounts {

class Memory;

inline constexpr std::string_view token_prefix = "bj_";

// nobody() when they are unknown, have run out, or their owner is not active. A request (not a
// live line that merely stays open) counts as being seen.
Actor identify(Memory& memory, Reader& reader, const Credentials& shown);

// Whatever may change who may do what says so here, in its own Change.
void raise_epoch(Change& change);

// Ends sessions: all of a member's, or all but the one with this hash.
void end_sessions(Change& change, Id<User> member, std::string_view except_hash = "");

// The rights a role stands for, "*" and unknown names resolved.
Rights rights_of(const Registry& registry, std::span<const std::string> names);
std::vector<Role> roles_of(Reader& reader, Id<User> member);
// Like actor_for, also for those who are not active: to compare what people hold.
Actor holder(Reader& reader, const User& user);

// When sessions were last seen is kept in memory and written once a minute, because reads must
// stay reads. A crash forgets less than a minute of it; a node writes what it saw when the job
// comes to it, well within the idle limit.
void write_presence(Change& change);

// Removes what has run out: sessions, links, attempts, tokens long expired.
void sweep(Change& change);

}  // namespace baijin::accounts
