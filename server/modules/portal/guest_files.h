#pragma once
// Files of people without an account (INT-8). Each is kept apart until what it belongs to is sent:
// who shows its secret, told once and kept as a hash, hangs it on his request or his answer (A4).
// What nobody files is gone after a day.
#include <string>
#include <vector>

#include "hub/change.h"
#include "modules/files/files.h"

namespace baijin::portal {

struct GuestUpload {
  Id<GuestUpload> id;
  Version version;
  std::string hash;  // of its secret
  std::int64_t bytes = 0;
  Time sent_at;
};
FIELDS(GuestUpload, id, version, hash, bytes, sent_at)
TABLE(GuestUpload, "guest_upload", "guest_uploads")

struct GuestUploadQuery {
  std::optional<std::string> name;  // as it was sent; it is cleaned
};
FIELDS(GuestUploadQuery, name)

struct GuestUploadReceipt {
  Id<GuestUpload> id;
  std::string name;
  std::int64_t bytes = 0;
  std::string type;
  std::string secret;  // told this once
};
FIELDS(GuestUploadReceipt, id, name, bytes, type, secret)

// A file one has sent before.
struct GuestFileOfOwn {
  Id<GuestUpload> id;
  Secret secret;
};
FIELDS(GuestFileOfOwn, id, secret)

inline constexpr std::size_t most_guest_files = 10;  // of one request or answer

void keep_guest_bytes(Reader& reader, GuestUploadQuery& input);  // before the Change
// not_found where the organisation takes no requests of guests; invalid "required" | "empty_file";
// too_many "too_many_attempts" of one network, and when too much of everybody's waits.
GuestUploadReceipt keep_guest_file(Change& change, const GuestUploadQuery& input);

// Makes these the unattached files of the Change's own actor, to be hung on what he writes. invalid
// "too_many_files"; conflict "files_are_gone": swept away, filed, or with another secret.
std::vector<Id<files::File>> claim_guest_files(Change& own,
                                               const std::vector<GuestFileOfOwn>& wanted);

void install_guest_files(Module& m);

}  // namespace baijin::portal
