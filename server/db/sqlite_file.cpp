#include "db/sqlite_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "db/filling.h"
#include "db/sqlite_error.h"

namespace baijin::db {
namespace {

constexpr std::uintmax_t read_in_full_below = 32u << 20;
constexpr int pages_a_step = 512;

const Faults no_faults;

[[noreturn]] void damaged(const std::string& path, const std::string& why) {
  throw std::runtime_error("The database file " + path + " cannot be used: " + why +
                           ". It was left as it is; restore a backup or name another file.");
}

using Header = std::array<unsigned char, 100>;

std::uint32_t number_at(const Header& header, std::size_t place) {
  return static_cast<std::uint32_t>(header[place]) << 24 |
         static_cast<std::uint32_t>(header[place + 1]) << 16 |
         static_cast<std::uint32_t>(header[place + 2]) << 8 | header[place + 3];
}

void inspect_header(const std::string& path, std::uintmax_t size, bool has_log) {
  Header header{};
  std::ifstream file(path, std::ios::binary);
  file.read(reinterpret_cast<char*>(header.data()), static_cast<std::streamsize>(header.size()));
  if (!file || std::memcmp(header.data(), "SQLite format 3", 16) != 0) {
    damaged(path, "it is not a SQLite database");
  }
  std::uintmax_t page = static_cast<std::uintmax_t>(header[16]) << 8 | header[17];
  if (page == 1) page = 65536;
  // The page count is only meant when the change counter says so (SQLite's file format, 1.3.8).
  const bool counts = number_at(header, 24) == number_at(header, 92);
  if (counts && !has_log && number_at(header, 28) * page > size) {
    damaged(path, "its end is missing");
  }
}

void sync_directory_of(const std::string& path) {
  auto directory = std::filesystem::path(path).parent_path();
  if (directory.empty()) directory = ".";
  const int file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;  // not readable for us: then the system syncs in its own time
  ::fsync(file);
  ::close(file);
}

std::string collect(SqliteConnection& connection, Sql sql) {
  std::string lines;
  connection.run(sql, {}, [&](const Row& row) {
    if (!lines.empty()) lines += '\n';
    for (int column = 0; column < row.columns(); ++column) {
      Cell cell;
      row.read(column, cell);
      if (column > 0) lines += ' ';
      lines += cell.type == Cell::Type::text ? std::string(cell.text)
                                             : std::to_string(cell.as_integer());
    }
  });
  return lines;
}

}  // namespace

std::string sqlite_address(const std::string& path, std::string_view query) {
  std::string address = "file:";
  for (const char letter : path) {
    if (letter == '%') address += "%25";
    else if (letter == '?') address += "%3f";
    else if (letter == '#') address += "%23";
    else address += letter;
  }
  if (!query.empty()) address.append("?").append(query);
  return address;
}

void inspect_sqlite_file(const std::string& path) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(path, missing);
  if (missing || size == 0) return;
  // A journal left by a crash: the file is whole only after SQLite has rolled it back.
  if (std::filesystem::exists(path + "-journal")) return;
  const bool has_log = std::filesystem::exists(path + "-wal");
  inspect_header(path, size, has_log);
  if (has_log) return;  // only file and log together are the database
  std::string found;
  try {
    // "immutable" takes no lock and makes no log, so that a broken file stays as it is.
    SqliteConnection look(sqlite_address(path, "immutable=1"), SqliteRole::inspector, no_faults, 0);
    look.run("SELECT count(*) FROM sqlite_schema", {}, nullptr);
    if (size < read_in_full_below) found = collect(look, "PRAGMA quick_check(1)");
  } catch (const std::exception& wrong) {
    damaged(path, wrong.what());
  }
  if (!found.empty() && found != "ok") damaged(path, found);
}

void make_sqlite_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    if (errno == EEXIST) return;
    throw std::runtime_error("The database file " + path +
                             " cannot be made: " + std::strerror(errno));
  }
  ::close(file);
  sync_directory_of(path);
}

void remove_sqlite_file(const std::string& path) {
  for (const char* beside : {"", "-journal", "-wal", "-shm"})
    std::filesystem::remove(path + beside);
}

void put_in_place(const std::string& filled, const std::string& path) {
  const int file = ::open(filled.c_str(), O_RDWR | O_CLOEXEC);
  const bool written = file >= 0 && ::fsync(file) == 0;
  const int why = errno;
  if (file >= 0) ::close(file);
  if (!written) {
    throw std::runtime_error("The filled database " + filled +
                             " cannot be written to the disk: " + std::strerror(why));
  }
  std::filesystem::rename(filled, path);
  sync_directory_of(path);
}

void copy_sqlite(SqliteConnection& source, const std::string& path,
                 const std::function<void(double)>& progress) {
  const std::string unfinished = path + ".part";
  std::filesystem::remove(unfinished);
  make_sqlite_file(unfinished);
  {
    SqliteConnection target(sqlite_address(unfinished, ""), SqliteRole::keeper, no_faults, 0);
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (backup == nullptr) {
      throw_sqlite_error(target.handle(), sqlite3_extended_errcode(target.handle()), "backup");
    }
    std::unique_ptr<sqlite3_backup, decltype(&sqlite3_backup_finish)> finish(backup,
                                                                             sqlite3_backup_finish);
    int code;
    while ((code = sqlite3_backup_step(backup, pages_a_step)) == SQLITE_OK) {
      const int all = sqlite3_backup_pagecount(backup);
      if (progress) progress(all == 0 ? 0 : 1 - double(sqlite3_backup_remaining(backup)) / all);
    }
    finish.reset();
    if (code != SQLITE_DONE) throw_sqlite_error(target.handle(), code, "backup");
    // One file, readable without making a log beside it.
    target.script("PRAGMA journal_mode=DELETE");
  }
  std::filesystem::rename(unfinished, path);
  sync_directory_of(path);
  if (progress) progress(1);
}

std::string sqlite_integrity(SqliteConnection& connection) {
  std::string found = collect(connection, "PRAGMA integrity_check(20)");
  if (found == "ok") found.clear();
  const std::string orphans = collect(connection, "PRAGMA foreign_key_check");
  if (orphans.empty()) return found;
  return found + (found.empty() ? "" : "\n") + "rows whose foreign key leads nowhere:\n" + orphans;
}

}  // namespace baijin::db
