#pragma once
// A PostgreSQL server for tests: private, on loopback, in a temporary directory.
#include <libpq-fe.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "peers/process.h"

namespace peers {

class Postgres {
 public:
  enum class Disk {
    careless,  // fsync off: fast, for everything that does not pull the plug
    careful,
  };
  // Throws std::runtime_error with the server's words when it does not start.
  explicit Postgres(Disk disk = Disk::careless);
  // Uses a server that runs already: a superuser's URL.
  explicit Postgres(std::string superuser_url);
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres();  // drops the databases it made; ends and removes the server it started

  // The URL of a new, empty database.
  std::string fresh_database();
  // The URL of a new database with the content of another, which nobody may be using now.
  std::string copy_of(const std::string& database_url);
  // Removes a database that was made here and that nobody needs any more.
  void drop(const std::string& database_url);
  // Runs SQL as superuser in `database_url`, or in the database "postgres"; returns the first field
  // of the first row, or "".
  std::string run(const std::string& sql, const std::string& database_url = {});

  // Stops and continues all processes of the server, as if the machine hung.
  void freeze();
  void thaw();
  // Ends the server at once and starts it again with the same data and address.
  void crash_and_restart();

 private:
  void make_cluster();
  void start();
  void stop(int signal);
  std::string make_database(const std::string& from);
  std::string url_of(const std::string& database) const;
  std::vector<pid_t> all_processes() const;

  Disk disk_ = Disk::careless;
  std::string superuser_url_;
  std::string directory_;  // empty when the server is not ours
  Account account_;
  int port_ = 0;
  std::unique_ptr<Process> server_;
  std::mutex mutex_;
  int databases_ = 0;
  std::vector<std::string> made_;
};

// Why there can be no PostgreSQL here: a reason to skip a test; empty when there can.
std::string no_postgres();

// One server for the whole test process, started with the first call; the server named by
// BAIJIN_TEST_POSTGRES (a superuser's URL) if that is set.
Postgres& postgres();

}  // namespace peers
