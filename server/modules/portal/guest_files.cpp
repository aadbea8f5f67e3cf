#include "modules/portal/guest_files.h"

#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "modules/accounts/accounts.h"
#include "modules/organisation/organisation.h"

namespace baijin::portal {
namespace {

constexpr std::int64_t most_in_a_quarter = 20;      // of one network
constexpr std::int64_t most_waiting = 512LL << 20;  // of everybody, in bytes
constexpr auto kept_unfiled = hours(24);
constexpr std::int64_t swept_at_once = 1'000;

Ref ref_of(Id<GuestUpload> id) { return {"guest_upload", id.value}; }

std::vector<files::FileCard> files_of(Reader& reader, Id<GuestUpload> id) {
  return files::files_of(reader, "guest_upload", std::span(&id.value, 1));
}

void must_have_room(Reader& reader, std::int64_t bytes) {
  auto waiting = reader.value<std::int64_t>(
      "SELECT CAST(COALESCE(sum(g.bytes), 0) AS BIGINT) FROM guest_uploads g {all: only how much}");
  if (waiting.value_or(0) + bytes <= most_waiting) return;
  Error error(Kind::too_many, "too_many_attempts");
  error.retry_after_seconds = 3'600;
  throw error;
}

Id<files::File> claim(Change& own, const GuestFileOfOwn& wanted) {
  auto upload = own.find_unseen(wanted.id);
  bool genuine = upload && Keys::hash_of_token(wanted.secret.value) == upload->hash;
  auto cards = genuine ? files_of(own, wanted.id) : std::vector<files::FileCard>{};
  if (cards.empty()) throw conflict("files_are_gone");
  files::take_back_files(own, ref_of(wanted.id));
  own.remove(*upload);
  return cards.front().id;
}

void sweep(Change& change) {
  auto old = change.list<GuestUpload>(R"(SELECT {fields g} FROM guest_uploads g
      WHERE g.sent_at < $1 {all: the program sweeps} ORDER BY g.id LIMIT $2)",
                                      change.now() - kept_unfiled, swept_at_once);
  for (const auto& upload : old) {
    for (const auto& file : files_of(change, upload.id)) files::discard_attached(change, file.id);
    change.remove(upload);
    change.tell("portal.guest_file_swept", upload);
  }
}

}  // namespace

void keep_guest_bytes(Reader& reader, GuestUploadQuery&) {
  if (!organisation::the_organisation(reader).guest_requests) throw not_found();
  const auto& upload = reader.request().upload;
  if (!upload) throw invalid("required", "body");
  if (upload->bytes == 0) throw invalid("empty_file", "body");
  must_have_room(reader, upload->bytes);
  reader.hub().blobs().adopt(upload->path, upload->sha256);
}

GuestUploadReceipt keep_guest_file(Change& change, const GuestUploadQuery& input) {
  const auto& sent = *change.request().upload;
  accounts::count_asking(change, "guest file", most_in_a_quarter);
  auto secret = change.hub().keys().random_token();
  GuestUpload upload;
  upload.hash = Keys::hash_of_token(secret);
  upload.bytes = sent.bytes;
  upload.sent_at = change.now();
  change.add(upload);
  auto file = files::add_stored(change, {input.name.value_or("file"), sent.sha256, sent.bytes},
                                ref_of(upload.id));
  change.tell("portal.guest_file_sent", upload);
  return {upload.id, file.name, file.bytes, file.type, std::move(secret)};
}

std::vector<Id<files::File>> claim_guest_files(Change& own,
                                               const std::vector<GuestFileOfOwn>& wanted) {
  if (wanted.size() > most_guest_files) throw invalid("too_many_files", "files");
  std::vector<Id<files::File>> claimed;
  claimed.reserve(wanted.size());
  for (const auto& one : wanted) claimed.push_back(claim(own, one));
  return claimed;
}

void install_guest_files(Module& m) {
  m.record<GuestUpload>({"FALSE", "FALSE", "FALSE", "", "", "", ""});
  m.event<GuestUpload>("portal.guest_file_sent", "audit.read");
  m.event<GuestUpload>("portal.guest_file_swept", "audit.read");
  m.create("/guest-requests/uploads", "anyone", keep_guest_file)
      .upload()
      .first(keep_guest_bytes)
      .about("Send a file as a guest, as the raw body; the request or the answer names it then.");
  m.every("portal.sweep_guest_files", hours(1), sweep);
}

}  // namespace baijin::portal
