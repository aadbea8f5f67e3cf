#pragma once
// What was recorded on a ticket so that it may move on: diagnosis, original parameters and backup
// before a change (TKT-8), the test after a repair (TKT-9), the solution, the appointment, and the
// waiver by which somebody responsible lets it go on without (with a reason).
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"
#include "modules/files/files.h"

namespace baijin::tickets {

struct Ticket;

enum class EvidenceKind {
  diagnosis,
  original_configuration,
  backup,
  solution,
  test,
  appointment,
  signature,
  waiver
};
BOOST_DESCRIBE_ENUM(EvidenceKind, diagnosis, original_configuration, backup, solution, test,
                    appointment, signature, waiver)

struct Evidence {
  Id<Evidence> id;
  Version version;
  Id<Ticket> ticket;
  EvidenceKind kind = EvidenceKind::diagnosis;
  Lines<20'000> body;
  std::optional<bool> passed;     // of a test
  std::optional<Slug> guard;      // of a waiver: the condition it waives
  std::optional<Time> starts_at;  // of an appointment
  std::optional<Text<1, 300>> place;
  std::optional<Id<accounts::User>> done_by;  // who tested, who will come
  std::optional<Id<accounts::User>> recorded_by;
  Time recorded_at;
};
FIELDS(Evidence, id, version, ticket, kind, body, passed, guard, starts_at, place, done_by,
       recorded_by, recorded_at)
TABLE(Evidence, "evidence", "evidence")

struct NewEvidence {
  EvidenceKind kind = EvidenceKind::diagnosis;
  Lines<20'000> body;
  std::optional<bool> passed;
  std::optional<Slug> guard;
  std::optional<Time> starts_at;
  std::optional<Text<1, 300>> place;
  std::optional<Id<accounts::User>> done_by;
  std::vector<Id<files::File>> files;
};
FIELDS(NewEvidence, kind, body, passed, guard, starts_at, place, done_by, files)

struct EvidenceView {
  Id<Evidence> id;
  Version version;
  EvidenceKind kind = EvidenceKind::diagnosis;
  Lines<20'000> body;
  std::optional<bool> passed;
  std::optional<Slug> guard;
  std::optional<Time> starts_at;
  std::optional<Text<1, 300>> place;
  std::optional<Id<accounts::User>> done_by;
  std::string done_by_name;
  std::optional<Id<accounts::User>> recorded_by;
  std::string recorded_by_name;
  Time recorded_at;
  std::vector<files::FileCard> files;
};
FIELDS(EvidenceView, id, version, kind, body, passed, guard, starts_at, place, done_by,
       done_by_name, recorded_by, recorded_by_name, recorded_at, files)

// Customers see solutions, tests and appointments.
std::vector<EvidenceView> list_evidence(Reader& reader, Id<Ticket> ticket);
// A waiver needs the right tickets.waive, a reason in `body` and the guard's name;
// invalid("required" | "not_a_guard"), conflict("ticket_is_closed").
Evidence record_evidence(Change& change, Id<Ticket> ticket, const NewEvidence& input);

// The conditions workflows may name, registered with the catalogue.
void register_guards(Module& m);

}  // namespace baijin::tickets
