// The toy module of the kernel's tests; see test_notes.h.
#include "hub/test_notes.h"

namespace baijin::toys {
namespace {

void step(const std::function<void()>& what) {
  if (what) what();
}

Note add_note(Change& change, const NewNote& input) {
  Note note{{}, {}, input.customer.value_or(1), input.title, "open", "CNRY", change.now()};
  change.add(note);
  change.tell("notes.added", note);
  step(knobs().in_command);
  return note;
}

Note get_note(Reader& reader, Id<Note> id) { return reader.get(id); }

Note patch_note(Change& change, Id<Note> id, const NotePatch& patch) {
  auto note = change.take(id);
  patch.title.into(note.title);
  patch.secret.into(note.secret);
  step(knobs().in_command);
  change.save(note);
  change.tell("notes.changed", note);
  return note;
}

Page<Note> list_notes(Reader& reader, const NoteFilter& filter) {
  static const Sorts sorts{
      "n.id",
      "-created_at",
      {{"created_at", "n.created_at"}, {"title", "n.title", Cell::Type::text}}};
  Where where;
  where.when(filter.state, "n.state = $");
  return reader.page<Note>(
      "SELECT {fields n}, {keys} FROM notes n WHERE {visible n} {where} {page}", filter.paging,
      sorts, where);
}

void forget(Change& change, Id<Note> id) {
  change.execute("DELETE FROM notes WHERE id = $1", id);  // and tells nothing: a bug
}

// A download: what leaves the house is told.
void copy_note(Reader& reader, Id<Note> id) {
  auto note = reader.get(id);
  auto& answer = reader.request().raw.emplace();
  answer.headers = {{"Content-Type", "text/plain; charset=utf-8"}};
  answer.body = note.title.value;
  reader.request().read_note = {"notes.copied", {"note", id.value}, {}};
}

void close_later(Change& change, Id<Note> id) {
  auto note = change.take(id);
  change.schedule("notes.close", "note:" + std::to_string(id.value), change.now() + hours(1),
                  Wait{id.value});
  change.tell("notes.changed", note);
}

void close_note(Change& change, const Wait& wait) {
  auto note = change.take(Id<Note>{wait.note});
  step(knobs().in_command);
  note.state = "closed";
  change.save(note);
  change.tell("notes.changed", note);
}

// Puts itself back three times, at once.
void count_down(Change& change, const Wait& wait) {
  change.execute("INSERT INTO ticks (name, at) VALUES ('down', $1)", change.now());
  if (wait.note > 1) {
    change.schedule("notes.count_down", "one", change.now(), Wait{wait.note - 1});
  }
  change.tell_about("notes.ticked", {"note", 1}, {});
}

void echo(Change& change, const Event& event) {
  step(knobs().in_reaction);
  change.execute("INSERT INTO echoes (kind, note, event) VALUES ($1, $2, $3)", event.kind,
                 event.subject.text(), event.seq);
  change.tell_about("notes.echoed", event.subject, {});
}

Wait ring_up(Outside&, const Wait& wait, std::string_view) {
  ++knobs().calls_outside;
  step(knobs().in_errand);
  return wait;
}

void rang(Change& change, const Wait&, const Wait& result) {
  auto note = change.take(Id<Note>{result.note});
  note.state = note.state == "rung" ? "rung twice" : "rung";
  change.save(note);
  change.tell("notes.changed", note);
}

void ring(Change& change, Id<Note> id) {
  auto note = change.get(id);
  change.schedule("notes.ring", "note:" + std::to_string(id.value), change.now(), Wait{id.value});
  change.tell("notes.changed", note);
}

void tick(Change& change, std::string_view name) {
  change.execute("INSERT INTO ticks (name, at) VALUES ($1, $2)", name, change.now());
  change.tell_about("notes.ticked", {"note", 1}, {});
}
void tick_often(Change& change) { tick(change, "often"); }
void tick_nightly(Change& change) { tick(change, "nightly"); }

Nap take_nap(Reader&) {
  step(knobs().in_nap);
  return {"awake"};
}
void close_eyes(Reader&, Nap&) { step(knobs().in_nap); }
Nap sleep(Change& change, const Nap& nap) {
  change.tell_about("notes.ticked", {"note", 1}, {});
  return nap;
}

}  // namespace

Knobs& knobs() {
  static Knobs all;
  return all;
}

void install(Module& m) {
  RowRule rule = seen_by_staff("{t}.customer = $contact");
  rule.own = "{t}.customer = $user";
  m.record<Note>(rule, "notes.read");
  m.right("notes.read", "See notes");
  m.right("notes.write", "Write notes");
  m.event<Note>("notes.added", "notes.read", Audience::customer);
  m.event<Note>("notes.changed", "notes.read");
  m.event<Note>("notes.copied", "notes.read");
  m.event<Note>("notes.echoed", "notes.read");
  m.event<Note>("notes.ticked", "notes.read");
  m.create("/notes", "notes.write", add_note).about("Adds a note.");
  m.get("/notes", "notes.read", list_notes);
  m.get("/notes/{note}", "notes.read", get_note);
  m.get("/notes/{note}/copy", "notes.read", copy_note).raw();
  m.patch("/notes/{note}", "notes.write", patch_note);
  m.del("/notes/{note}", "notes.write", forget);
  m.post("/notes/{note}/closings", "notes.write", close_later);
  m.post("/notes/{note}/rings", "notes.write", ring);
  m.get("/naps", "notes.read", take_nap);
  m.post("/sleeps", "notes.write", sleep).first(close_eyes).slow();
  m.on("notes.added", echo);
  m.job("notes.close", close_note);
  m.job("notes.count_down", count_down);
  m.every("notes.tick", minutes(10), tick_often);
  m.daily("notes.nightly", 150, tick_nightly);
  m.errand("notes.ring", ring_up, rang);
}

}  // namespace baijin::toys
