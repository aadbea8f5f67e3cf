#include <algorithm>
#include <charconv>

#include "hub/hub.h"
#include "modules/accounts/accounts.h"
#include "modules/files/names.h"
#include "modules/files/routes.h"

namespace baijin::files {
namespace {

constexpr std::int64_t usual_link_seconds = 600, most_link_seconds = 86'400;
constexpr std::string_view link_purpose = "file-link";

Response download_of(Reader& reader, const File& file) {
  Response answer;
  answer.headers = {{"Content-Type", file.type},
                    {"Content-Disposition", attachment_header(file.name)},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Content-Security-Policy", "sandbox; default-src 'none'"},
                    {"Cache-Control", "private"}};
  answer.file = reader.hub().blobs().path_of(file.sha256);
  return answer;
}

void answer_with(Reader& reader, const File& file) {
  reader.request().raw = download_of(reader, file);
  reader.request().read_note = {"files.downloaded", {"file", file.id.value}, {}};
}

constexpr std::string_view pictures[] = {"image/png", "image/jpeg", "image/gif", "image/webp"};

// "17.1790000000.5": file, expiry in seconds, user.
std::string link_claim(std::int64_t file, std::int64_t expires, std::int64_t user) {
  return std::to_string(file) + "." + std::to_string(expires) + "." + std::to_string(user);
}

struct Claim {
  std::int64_t file = 0, expires = 0, user = 0;
};
// Nothing for a text whose MAC is wrong.
std::optional<Claim> read_claim(const Keys& keys, std::string_view token) {
  auto dot = token.rfind('.');
  if (dot == token.npos) return {};
  auto text = token.substr(0, dot);
  if (!keys.mac_matches(link_purpose, text, token.substr(dot + 1))) return {};
  Claim claim;
  const char* at = text.data();
  const char* end = at + text.size();
  for (auto* part : {&claim.file, &claim.expires, &claim.user}) {
    auto read = std::from_chars(at, end, *part);
    if (read.ec != std::errc()) return {};
    at = read.ptr == end ? end : read.ptr + 1;
  }
  return claim;
}

}  // namespace

File get_file(Reader& reader, Id<File> id) {
  auto file = reader.find_unseen(id);
  if (!file) throw not_found();
  const auto& actor = reader.actor();
  if (file->holder) {
    reader.must_see(*file->holder);
  } else if (actor.kind != ActorKind::program &&
             (file->uploaded_by != actor.user || file->session != actor.session)) {
    throw not_found();
  }
  return *file;
}

void send_file(Change& change, const File& file) {
  change.request().raw = download_of(change, file);
  change.tell("files.downloaded", file);
}

bool is_picture(const File& file) {
  return std::find(std::begin(pictures), std::end(pictures), file.type) != std::end(pictures);
}

void show_picture(Reader& reader, Id<File> id, std::string_view kept) {
  auto file = reader.find_unseen(id);
  if (!file || !is_picture(*file)) throw not_found();
  Response answer;
  answer.headers = {{"Content-Type", file->type},
                    {"Content-Disposition", "inline"},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Content-Security-Policy", "sandbox; default-src 'none'"},
                    {"Cache-Control", std::string(kept)}};
  answer.file = reader.hub().blobs().path_of(file->sha256);
  reader.request().raw = std::move(answer);
}

FileCard get_file_card(Reader& reader, Id<File> id) {
  auto file = get_file(reader, id);
  return {file.id, file.name, file.bytes, file.sha256, file.type, file.uploaded_at, file.holder};
}

void download_file(Reader& reader, Id<File> id) { answer_with(reader, get_file(reader, id)); }

SignedLink sign_link(Change& change, Id<File> id, const NewFileLink& input) {
  auto file = get_file(change, id);
  if (!file.holder) throw conflict("file_not_attached");
  auto valid = input.valid_seconds.value_or(usual_link_seconds);
  if (valid < 1 || valid > most_link_seconds) throw invalid("out_of_range", "valid_seconds");
  auto expires = change.now() + seconds(valid);
  auto claim = link_claim(id.value, expires.us / 1'000'000, change.actor().user.value);
  auto token = claim + "." + change.hub().keys().mac(link_purpose, claim);
  change.tell("files.link_signed", file);
  return {change.hub().options().base_url + "/api/v1/file-links?token=" + token, expires};
}

// With the rights that its signer has today (Z8); whatever is wrong is the same not_found.
void download_by_link(Reader& reader, const LinkQuery& input) {
  auto claim = read_claim(reader.hub().keys(), input.token.value);
  if (!claim || reader.now().us / 1'000'000 >= claim->expires) throw not_found();
  auto signer = accounts::actor_for(reader, {claim->user});
  if (signer.kind == ActorKind::nobody) throw not_found();
  Reader as_signer(reader.hub(), reader.connection(), signer, reader.request());
  auto file = get_file(as_signer, {claim->file});
  if (!file.holder) throw not_found();
  answer_with(reader, file);
}

std::vector<FileCard> files_of(Reader& reader, std::string_view kind,
                               std::span<const std::int64_t> holders) {
  std::vector<FileCard> cards;
  for (auto holder : holders) {
    auto some = reader.list<FileCard>(R"(SELECT {fields f} FROM files f
        WHERE f.holder = $1 {all: the caller has checked the holder} ORDER BY f.id)",
                                      Ref{std::string(kind), holder});
    cards.insert(cards.end(), std::make_move_iterator(some.begin()),
                 std::make_move_iterator(some.end()));
  }
  return cards;
}

std::vector<std::string> missing_contents(Reader& reader) {
  std::vector<std::string> problems;
  reader.each("SELECT f.id, f.sha256 FROM files f {all: a check looks at all} ORDER BY f.id",
              [&](const db::Row& row) {
                Cell id, hash;
                row.read(0, id);
                row.read(1, hash);
                if (reader.hub().blobs().has(hash.text)) return;
                problems.push_back("the content of file " + std::to_string(id.as_integer()) +
                                   " is missing: " + std::string(hash.text));
              });
  return problems;
}

}  // namespace baijin::files
