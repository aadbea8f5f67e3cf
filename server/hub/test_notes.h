#pragma once
// A small module for the kernel's own tests: notes of customers, with one of each thing a module
// can have. What it does wrong, or how long it takes, is set in knobs().
#include <atomic>
#include <functional>
#include <mutex>

#include "hub/module.h"

namespace baijin::toys {

struct Note {
  Id<Note> id;
  Version version;
  std::int64_t customer = 0;
  Text<1, 40> title;
  std::string state;
  std::optional<std::string> secret;
  Time created_at;
};
FIELDS(Note, id, version, customer, title, state, secret, created_at)
STAFF_ONLY(Note, "secret")
TABLE(Note, "note", "notes")

// Its own rows only, so that it is the kernel that is tested and not what stands on it.
inline constexpr std::string_view tables = R"(
CREATE TABLE notes (id {id}, version BIGINT NOT NULL, customer BIGINT NOT NULL, title TEXT NOT NULL,
  state TEXT NOT NULL, secret TEXT, created_at BIGINT NOT NULL);
CREATE UNIQUE INDEX notes_by_title ON notes (title);
CREATE INDEX notes_by_time ON notes (created_at, id);
CREATE TABLE echoes (id {id}, kind TEXT NOT NULL, note TEXT NOT NULL, event BIGINT NOT NULL);
CREATE TABLE ticks (id {id}, name TEXT NOT NULL, at BIGINT NOT NULL);
)";

struct NewNote {
  Text<1, 40> title;
  std::optional<std::int64_t> customer;
};
FIELDS(NewNote, title, customer)
struct NotePatch {
  Given<Text<1, 40>> title;
  Given<std::optional<std::string>> secret;
};
FIELDS(NotePatch, title, secret)
struct NoteFilter {
  std::optional<std::string> state;
  Paging paging;
};
FIELDS(NoteFilter, state, paging)
struct Wait {
  std::int64_t note = 0;
};
FIELDS(Wait, note)
struct Nap {
  std::string word;
};
FIELDS(Nap, word)

// Steps of the module at which a test may do something; called on whatever thread it is.
struct Knobs {
  std::function<void()> in_reaction, in_errand, in_nap, in_command;
  std::atomic<int> calls_outside{0};
};
Knobs& knobs();  // one for the process; a test resets it

// Nobody but `customer` sees a note when the actor is a contact; of staff, Scope::own sees those
// of the customer whose number is the user's.
void install(Module& m);

inline const std::vector<ModuleEntry> modules{{"notes", install}};

}  // namespace baijin::toys
