// backup, restore and export: a backup is a gzipped tar of what makes a desk.
//   manifest.json   what it holds and when it was taken
//   baijin.db       SQLite: the database, copied while in use
//   rows.jsonl      PostgreSQL: the canonical rows, of one snapshot
//   blobs/<sha256>  the files
//   master.key      what secrets are sealed with: keep the backup as safe as the desk
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "hub/blobs.h"
#include "main/canonical.h"
#include "main/commands.h"
#include "main/modules.h"
#include "main/opened.h"

namespace baijin {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view format_name = "baijin-backup-1";

class TarWriter {
 public:
  explicit TarWriter(const std::string& path) : archive_(archive_write_new(), archive_write_free) {
    archive_write_add_filter_gzip(archive_.get());
    archive_write_set_format_pax_restricted(archive_.get());
    must(archive_write_open_filename(archive_.get(), path.c_str()));
  }
  void add_file(const std::string& name, const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    begin(name, static_cast<la_int64_t>(fs::file_size(path)));
    std::vector<char> part(1 << 20);
    while (file.read(part.data(), static_cast<std::streamsize>(part.size())) || file.gcount() > 0) {
      write({part.data(), static_cast<std::size_t>(file.gcount())});
    }
  }
  void add_text(const std::string& name, std::string_view text) {
    begin(name, static_cast<la_int64_t>(text.size()));
    write(text);
  }
  void close() { must(archive_write_close(archive_.get())); }

 private:
  void begin(const std::string& name, la_int64_t size) {
    std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                        archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), size);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    must(archive_write_header(archive_.get(), entry.get()));
  }
  void write(std::string_view bytes) {
    if (archive_write_data(archive_.get(), bytes.data(), bytes.size()) < 0) must(ARCHIVE_FATAL);
  }
  void must(int result) {
    if (result >= ARCHIVE_WARN) return;
    throw std::runtime_error(std::string("cannot write the backup: ") +
                             archive_error_string(archive_.get()));
  }
  std::unique_ptr<archive, decltype(&archive_write_free)> archive_;
};

// Only the names a backup has may come out of one; nothing lands outside `directory`.
bool is_expected(const std::string& name) {
  if (name == "manifest.json" || name == "baijin.db" || name == "rows.jsonl" ||
      name == "master.key") {
    return true;
  }
  return name.size() == 6 + 64 && name.starts_with("blobs/") &&
         name.find_first_not_of("0123456789abcdef", 6) == std::string::npos;
}

void unpack(const std::string& path, const std::string& directory) {
  std::unique_ptr<archive, decltype(&archive_read_free)> in(archive_read_new(), archive_read_free);
  archive_read_support_filter_gzip(in.get());
  archive_read_support_format_tar(in.get());
  auto must = [&](int result) {
    if (result < ARCHIVE_WARN) {
      throw std::runtime_error(path + " is not a whole backup: " + archive_error_string(in.get()));
    }
  };
  must(archive_read_open_filename(in.get(), path.c_str(), 1 << 16));
  fs::create_directories(directory + "/blobs");
  archive_entry* entry = nullptr;
  for (int result; (result = archive_read_next_header(in.get(), &entry)) != ARCHIVE_EOF;) {
    must(result);
    std::string name = archive_entry_pathname(entry);
    if (!is_expected(name) || archive_entry_filetype(entry) != AE_IFREG) {
      throw std::runtime_error(path + " holds something a backup does not: " + name);
    }
    std::ofstream out(directory + "/" + name, std::ios::binary);
    std::vector<char> part(1 << 20);
    for (la_ssize_t got; (got = archive_read_data(in.get(), part.data(), part.size())) != 0;) {
      if (got < 0) must(ARCHIVE_FATAL);
      out.write(part.data(), got);
    }
    if (!out.flush()) throw std::runtime_error("cannot write " + directory + "/" + name);
  }
}

// A directory beside the target that goes when it is no longer needed.
struct Workplace {
  std::string path;
  explicit Workplace(std::string where) : path(std::move(where)) {
    fs::remove_all(path);
    fs::create_directories(path);
    fs::permissions(path, fs::perms::owner_all);
  }
  ~Workplace() {
    std::error_code left;  // what is left is named in no later run: it is emptied first
    fs::remove_all(path, left);
  }
};

void put_blobs(const std::string& from, Blobs& blobs) {
  for (const auto& entry : fs::directory_iterator(from)) {
    auto hash = entry.path().filename().string();
    auto incoming = blobs.incoming_directory() + "/" + hash;
    fs::rename(entry.path(), incoming);
    blobs.adopt(incoming, hash);
    if (!blobs.intact(hash)) throw std::runtime_error("the file " + hash + " is damaged");
  }
}

}  // namespace

// Works beside a running server: SQLite's online copy takes a consistent snapshot.
int back_up(const Config& config, const std::string& path) {
  if (config.database.empty() && !fs::exists(sqlite_path(config))) {
    throw std::runtime_error("there is no desk in " + config.directory);
  }
  Progress progress("backup");
  Workplace work(config.directory + "/backup-work");
  auto options = hub_options(config);
  bool sqlite = config.database.empty();
  auto blobs = blobs_beside(config.directory + "/blobs");
  if (sqlite) {
    auto database = db::Database::open({.url = "sqlite:" + sqlite_path(config)});
    database->copy_to(work.path + "/baijin.db", [&](double part) { progress.at(part * 0.5); });
  } else {
    Hub hub(options, all_modules(), Outside{system_clock(), system_chance(), *blobs});
    hub.open();
    std::ofstream rows(work.path + "/rows.jsonl", std::ios::binary);
    write_canonical(hub, rows, false, [&](double part) { progress.at(part * 0.5); });
    if (!rows.flush()) throw std::runtime_error("cannot write the rows: is the disk full?");
  }
  auto unfinished = path + ".unfinished";
  TarWriter tar(unfinished);
  tar.add_text("manifest.json",
               fmt::format(R"({{"format":"{}","taken_at":"{}","engine":"{}"}})", format_name,
                           to_text(system_clock().now()), sqlite ? "sqlite" : "postgres"));
  tar.add_file("master.key", config.directory + "/master.key");
  std::string rows = sqlite ? "baijin.db" : "rows.jsonl";
  tar.add_file(rows, work.path + "/" + rows);
  // Blobs are never changed, and none goes within a day of the row that named it: those of the
  // snapshot are all there.
  blobs->each([&](std::string_view hash) {
    tar.add_file("blobs/" + std::string(hash), blobs->path_of(hash));
  });
  tar.close();
  fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write);
  fs::rename(unfinished, path);
  progress.at(1);
  return 0;
}

int restore(const Config& config, const std::string& path) {
  if (fs::exists(sqlite_path(config)) || fs::exists(config.directory + "/master.key")) {
    throw std::runtime_error(config.directory +
                             " already holds a desk; name an empty directory with --data");
  }
  Progress progress("restore");
  Workplace work(config.directory + "/restore-work");
  unpack(path, work.path);
  bool from_sqlite = fs::exists(work.path + "/baijin.db");
  if (from_sqlite != config.database.empty()) {
    throw std::runtime_error(from_sqlite ? "this backup is of a SQLite desk: leave --database away"
                                         : "this backup is of a PostgreSQL desk: name --database");
  }
  auto blobs = blobs_in(config.directory + "/blobs");
  put_blobs(work.path + "/blobs", *blobs);
  fs::rename(work.path + "/master.key", config.directory + "/master.key");
  progress.at(0.5);
  if (from_sqlite) {
    fs::rename(work.path + "/baijin.db", sqlite_path(config));
  } else {
    auto options = hub_options(config);
    Hub hub(options, all_modules(), Outside{system_clock(), system_chance(), *blobs});
    hub.open_empty();
    std::ifstream rows(work.path + "/rows.jsonl", std::ios::binary);
    read_canonical(hub, rows, [&](double part) { progress.at(0.5 + part / 2); });
  }
  auto desk = open_desk(config,
                        Hold::alone);  // says now, not at the next start, if something is wrong
  progress.at(1);
  return 0;
}

int export_desk(const Config& config, const std::string& path) {
  Progress progress("export");
  auto desk = open_desk(config, Hold::beside);
  std::ofstream out(path, std::ios::binary);
  if (!out) throw std::runtime_error("cannot write " + path);
  write_canonical(*desk.hub, out, true, [&](double part) { progress.at(part); });
  if (!out.flush()) throw std::runtime_error("cannot write " + path + ": is the disk full?");
  return 0;
}

}  // namespace baijin
