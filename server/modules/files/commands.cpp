#include "base/text.h"
#include "hub/hub.h"
#include "modules/files/names.h"
#include "modules/files/routes.h"
#include "modules/files/types.h"

namespace baijin {

void Value<files::SentName>::parse(files::SentName& name, const boost::json::value& in) {
  name.value = files::clean_name(json_text(in));
}

namespace files {
namespace {

constexpr auto unattached_life = hours(24);
constexpr auto blob_delay = hours(1);

FileCard card_of(const File& file) {
  return {file.id, file.name, file.bytes, file.sha256, file.type, file.uploaded_at, file.holder};
}

// Whose unattached upload it is: the person and the session that sent it (A4). Who has no account
// has his session alone.
bool is_own_upload(const Reader& reader, const File& file) {
  const auto& actor = reader.actor();
  if (actor.kind == ActorKind::program) return true;
  if (file.session != actor.session) return false;
  if (file.uploaded_by) return *file.uploaded_by == actor.user;
  return !actor.user && !actor.session.empty();
}

File new_file(Change& change, std::string name, std::string type, const std::string& sha256,
              std::int64_t bytes, std::optional<Ref> holder) {
  File file;
  file.name = std::move(name);
  file.bytes = bytes;
  file.sha256 = sha256;
  file.type = std::move(type);
  if (change.actor().user) file.uploaded_by = change.actor().user;
  file.session = change.actor().session;
  file.uploaded_at = change.now();
  file.holder = std::move(holder);
  change.add(file);
  // A sweep may have taken the same content away between its arrival and now.
  if (!change.hub().blobs().has(sha256)) throw Error(Kind::busy, "file_was_swept");
  return file;
}

std::vector<HoldsBlob>& other_holders() {
  static std::vector<HoldsBlob> all;
  return all;
}

void forget_later(Change& change, const File& file) {
  change.schedule("files.remove_unused_blob", file.sha256, change.now() + blob_delay,
                  UnusedBlob{file.sha256});
}

}  // namespace

void holds_blobs(Module&, HoldsBlob holds) { other_holders().push_back(std::move(holds)); }

void store_upload(Reader& reader, UploadQuery& input) {
  const auto& upload = reader.request().upload;
  if (!upload) throw invalid("required", "body");
  if (upload->bytes == 0) throw invalid("empty_file", "body");
  input.found_type = sniffed_type(upload->path);
  reader.hub().blobs().adopt(upload->path, upload->sha256);
}

FileCard upload_file(Change& change, const UploadQuery& input) {
  const auto& upload = *change.request().upload;
  auto name = input.name.value.empty() ? std::string("file") : input.name.value;
  auto file = new_file(change, std::move(name), *input.found_type, upload.sha256, upload.bytes, {});
  change.tell("files.uploaded", file);
  return card_of(file);
}

void discard_file(Change& change, Id<File> id) {
  auto file = change.take_unseen(id);
  if (!is_own_upload(change, file)) throw not_found();
  if (file.holder) throw conflict("file_in_use");
  change.remove(file);
  forget_later(change, file);
  change.tell("files.discarded", file);
}

void discard_attached(Change& change, Id<File> id) {
  auto file = change.take_unseen(id);
  change.remove(file);
  forget_later(change, file);
  change.tell("files.discarded", file);
}

File attach(Change& change, Id<File> id, const Ref& holder) {
  auto found = change.find_unseen(id);
  if (!found || !is_own_upload(change, *found)) throw not_found();
  if (found->holder) throw conflict("file_in_use");
  auto file = change.take_unseen(id);
  file.holder = holder;
  change.save(file);
  return file;
}

File add_stored(Change& change, const StoredFile& stored, const Ref& holder) {
  auto type = sniffed_type(change.hub().blobs().path_of(stored.sha256));
  return new_file(change, clean_name(stored.name), std::move(type), stored.sha256, stored.bytes,
                  holder);
}

File keep_stored(Change& change, const StoredFile& stored) {
  auto type = sniffed_type(change.hub().blobs().path_of(stored.sha256));
  return new_file(change, clean_name(stored.name), std::move(type), stored.sha256, stored.bytes,
                  {});
}

void move_files(Change& change, const Ref& from, const Ref& to) {
  change.execute("UPDATE files SET holder = $2, version = version + 1 WHERE holder = $1",
                 std::optional<Ref>(from), std::optional<Ref>(to));
}

void take_back_files(Change& change, const Ref& from) {
  auto held = change.list<File>(R"(SELECT {fields f} FROM files f
      WHERE f.holder = $1 {all: the caller may change the record} ORDER BY f.id)",
                                std::optional<Ref>(from));
  for (const auto& found : held) {
    auto file = change.take_unseen(found.id);
    file.holder.reset();
    if (change.actor().user) file.uploaded_by = change.actor().user;
    file.session = change.actor().session;
    file.uploaded_at = change.now();
    change.save(file);
  }
}

// Uploads that nobody attached within a day.
void sweep_unattached(Change& change) {
  auto old = change.list<File>(R"(SELECT {fields f} FROM files f
      WHERE f.holder IS NULL AND f.uploaded_at < $1 {all: the program sweeps}
      ORDER BY f.id LIMIT 1000)",
                               change.now() - unattached_life);
  for (const auto& file : old) {
    change.remove(file);
    forget_later(change, file);
    change.tell("files.discarded", file);
  }
}

// Apart from the sweep and later, so that the rows that use a blob are settled when it is judged.
void remove_unused_blob(Change& change, const UnusedBlob& blob) {
  bool used = change.any("SELECT 1 FROM files f WHERE f.sha256 = $1 {all: any use counts} LIMIT 1",
                         blob.sha256);
  for (const auto& holds : other_holders()) used = used || holds(change, blob.sha256);
  if (!used) change.hub().blobs().remove(blob.sha256);
}

}  // namespace files
}  // namespace baijin
