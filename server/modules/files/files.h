#pragma once
// Files people send: streamed to disk and named by their SHA-256, typed by what is in them and not
// by what the sender says, and seen by whoever sees the record they hang on (security.md A1–A6).
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace files {

struct File {
  Id<File> id;
  Version version;
  std::string name;  // cleaned; shown and offered for saving, never a path
  std::int64_t bytes = 0;
  std::string sha256;
  std::string type;  // from the allow table, else application/octet-stream
  std::optional<Id<accounts::User>> uploaded_by;
  std::string session;  // hash of the session that sent it: it alone sees it until it is attached
  Time uploaded_at;
  std::optional<Ref> holder;  // "message:12"
};
FIELDS(File, id, version, name, bytes, sha256, type, uploaded_by, session, uploaded_at, holder)
TABLE(File, "file", "files")

// What people get to know of a file.
struct FileCard {
  Id<File> id;
  std::string name;
  std::int64_t bytes = 0;
  std::string sha256;
  std::string type;
  Time uploaded_at;
  std::optional<Ref> holder;
};
FIELDS(FileCard, id, name, bytes, sha256, type, uploaded_at, holder)

// A file that already lies among the blobs: what a module made or a mail brought.
struct StoredFile {
  std::string name;
  std::string sha256;
  std::int64_t bytes = 0;
};

// Hangs an uploaded file on a record. not_found unless it is the actor's own unattached upload (the
// program may attach any unattached one); conflict("file_in_use") when it hangs elsewhere.
File attach(Change& change, Id<File> id, const Ref& holder);
// Adds a file of the program's own making to a record; its type is sniffed from the blob.
File add_stored(Change& change, const StoredFile& stored, const Ref& holder);
// The same without a record yet: the program attaches it later, or it is swept away.
File keep_stored(Change& change, const StoredFile& stored);
// The files of these records of one kind, oldest first; the caller has checked who sees them.
std::vector<FileCard> files_of(Reader& reader, std::string_view kind,
                               std::span<const std::int64_t> holders);
// Hangs all files of one record on another.
void move_files(Change& change, const Ref& from, const Ref& to);
// Takes all files off one record: they are the actor's own unattached uploads again, sent now.
void take_back_files(Change& change, const Ref& from);

// Takes an attached file off its record for good; its content goes when nothing else uses it. The
// caller has checked that the actor may change the record.
void discard_attached(Change& change, Id<File> id);

// The file, if the actor sees what it hangs on, or sent it in this session; else not_found.
File get_file(Reader& reader, Id<File> id);
// Answers with a file as a download, told when it leaves (SEC-3); who may have it is the caller's.
void send_file(Change& change, const File& file);
// A picture that browsers show: one of png, jpeg, gif and webp by what is in it.
bool is_picture(const File& file);
// Answers with a picture to be shown in a page, whoever asks; others must not have it shown to them
// as something it is not (A1). not_found for what is none. `kept` says how caches may keep it.
void show_picture(Reader& reader, Id<File> id, std::string_view kept);

// Whether something besides files needs this content; called by install(). What is needed is not
// swept away.
using HoldsBlob = std::function<bool(Reader&, const std::string& sha256)>;
void holds_blobs(Module& module, HoldsBlob holds);

void install(Module& m);

}  // namespace files
}  // namespace baijin
