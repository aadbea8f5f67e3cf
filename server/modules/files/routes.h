#pragma once
// What the routes of files take and give.
#include "modules/files/files.h"

namespace baijin::files {

// The name as it was sent; cleaned while it is decoded, never refused.
struct SentName {
  std::string value;
};

}  // namespace baijin::files

namespace baijin {

template <>
struct Value<files::SentName> : Plain {
  static constexpr bool may_be_absent = true;
  static void write(JsonWriter& out, const files::SentName& n, Audience) { out.text(n.value); }
  static void parse(files::SentName& name, const boost::json::value& in);
  static void store(Cell& cell, const files::SentName& n) { cell.set(std::string_view(n.value)); }
  static void load(files::SentName& name, const Cell& cell) { name.value = cell.text; }
  static bool same(const files::SentName& a, const files::SentName& b) {
    return a.value == b.value;
  }
  static void schema(boost::json::object& out) { text_schema(out, 0, 1000); }
};

}  // namespace baijin

namespace baijin::files {

// The part of the query that is the sender's.
struct UploadQuery {
  SentName name;
  std::optional<std::string> found_type;  // the server's own note; what was sent is overwritten
};
FIELDS(UploadQuery, name, found_type)

struct NewFileLink {
  std::optional<std::int64_t> valid_seconds;  // 1 … 86,400, usually 600
};
FIELDS(NewFileLink, valid_seconds)

struct SignedLink {
  std::string url;
  Time expires_at;
};
FIELDS(SignedLink, url, expires_at)

struct LinkQuery {
  Text<1, 200> token;
};
FIELDS(LinkQuery, token)

void store_upload(Reader& reader, UploadQuery& input);  // before the Change: sniffs and adopts
FileCard upload_file(Change& change, const UploadQuery& input);
void discard_file(Change& change, Id<File> id);
SignedLink sign_link(Change& change, Id<File> id, const NewFileLink& input);
FileCard get_file_card(Reader& reader, Id<File> id);
void download_file(Reader& reader, Id<File> id);
void download_by_link(Reader& reader, const LinkQuery& input);

// For `baijin check`: files whose content is gone, in sentences.
std::vector<std::string> missing_contents(Reader& reader);

struct UnusedBlob {
  std::string sha256;
};
FIELDS(UnusedBlob, sha256)
void sweep_unattached(Change& change);
void remove_unused_blob(Change& change, const UnusedBlob& blob);

}  // namespace baijin::files
