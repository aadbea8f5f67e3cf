#include "peers/postgres.h"

#include <openssl/crypto.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "peers/folder.h"

namespace peers {
namespace {

namespace fs = std::filesystem;

// The newest installed; empty when there is none.
std::string find_programs() {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const auto programs = version.path() / "bin";
    if (fs::exists(programs / "initdb")) found.push_back(programs.string());
  }
  std::sort(found.begin(), found.end());
  return found.empty() ? "" : found.back();
}

struct Closer {
  void operator()(PGconn* connection) const { PQfinish(connection); }
  void operator()(PGresult* result) const { PQclear(result); }
};

}  // namespace

Postgres::Postgres(Disk disk)
    : disk_(disk), account_(account_of({"postgres", "nobody"})), port_(free_port()) {
  std::string pattern = (fs::temp_directory_path() / "baijin-postgres-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp: " + pattern);
  directory_ = pattern;
  superuser_url_ = "postgresql://postgres@127.0.0.1:" + std::to_string(port_) + "/postgres";
  try {
    make_cluster();
    start();
  } catch (...) {
    server_.reset();
    fs::remove_all(directory_);
    throw;
  }
}

Postgres::Postgres(std::string superuser_url) : superuser_url_(std::move(superuser_url)) {}

Postgres::~Postgres() {
  if (!directory_.empty()) {
    stop(SIGINT);
    server_.reset();
    std::error_code left_over;
    fs::remove_all(directory_, left_over);
    return;
  }
  for (const std::string& name : made_) {
    try {
      run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    } catch (const std::exception&) {
      break;  // the server is gone, and a destructor has nobody to tell
    }
  }
}

void Postgres::make_cluster() {
  if (account_.user != static_cast<uid_t>(-1) &&
      ::chown(directory_.c_str(), account_.user, account_.group) != 0) {
    throw std::runtime_error("chown: " + directory_);
  }
  const std::string log = directory_ + ".log";
  Process initdb({find_programs() + "/initdb", "-D", directory_ + "/data", "-A", "trust", "-U",
                  "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                 log, account_);
  const bool made = initdb.wait(120'000) == 0;
  const std::string words = content_of(log);
  fs::remove(log);
  if (!made) throw std::runtime_error("initdb failed: " + words);
}

void Postgres::start() {
  const std::string on = disk_ == Disk::careful ? "on" : "off";
  const std::string log = directory_ + "/log";
  server_ = std::make_unique<Process>(
      std::vector<std::string>{find_programs() + "/postgres", "-D", directory_ + "/data", "-p",
                               std::to_string(port_), "-k", directory_, "-c",
                               "listen_addresses=127.0.0.1", "-c", "fsync=" + on, "-c",
                               "full_page_writes=" + on, "-c", "max_connections=200", "-c",
                               "shared_buffers=64MB", "-c", "autovacuum=off"},
      log, account_);
  for (int tries = 0; PQping(superuser_url_.c_str()) != PQPING_OK; ++tries) {
    if (tries > 600 || !server_->is_running()) {
      throw std::runtime_error("PostgreSQL did not start: " + content_of(log));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void Postgres::stop(int signal) {
  if (!server_) return;
  server_->send(signal);
  if (server_->wait(15'000) == -1) server_->send(SIGQUIT);
  server_->wait(15'000);
}

void Postgres::crash_and_restart() {
  stop(SIGQUIT);
  start();
}

std::vector<pid_t> Postgres::all_processes() const {
  auto all = server_->children();
  all.insert(all.begin(), server_->pid());
  return all;
}

void Postgres::freeze() {
  for (const pid_t pid : all_processes()) ::kill(pid, SIGSTOP);
}

void Postgres::thaw() {
  for (const pid_t pid : all_processes()) ::kill(pid, SIGCONT);
}

std::string Postgres::url_of(const std::string& database) const {
  // The path of a URL lies between the slash behind the host and a question mark.
  const auto host = superuser_url_.find("://") + 3;
  const auto slash = std::min(superuser_url_.find('/', host), superuser_url_.size());
  const auto query = std::min(superuser_url_.find('?', host), superuser_url_.size());
  return superuser_url_.substr(0, std::min(slash, query)) + "/" + database +
         superuser_url_.substr(query);
}

std::string Postgres::run(const std::string& sql, const std::string& database_url) {
  const std::string& url = database_url.empty() ? superuser_url_ : database_url;
  const std::unique_ptr<PGconn, Closer> connection(PQconnectdb(url.c_str()));
  const std::unique_ptr<PGresult, Closer> result(PQexec(connection.get(), sql.c_str()));
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw std::runtime_error(sql + ": " + PQerrorMessage(connection.get()));
  }
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::string Postgres::make_database(const std::string& from) {
  std::lock_guard lock(mutex_);
  const std::string name = "test_" + std::to_string(::getpid()) + "_" +
                           std::to_string(++databases_);
  run("CREATE DATABASE " + name + " TEMPLATE " + from);
  made_.push_back(name);
  return url_of(name);
}

std::string Postgres::fresh_database() { return make_database("template0"); }

std::string Postgres::copy_of(const std::string& database_url) {
  const auto begin = database_url.rfind('/') + 1;
  return make_database(database_url.substr(begin, database_url.find('?', begin) - begin));
}

void Postgres::drop(const std::string& database_url) {
  std::lock_guard lock(mutex_);
  const auto begin = database_url.rfind('/') + 1;
  const auto name = database_url.substr(begin, database_url.find('?', begin) - begin);
  run("DROP DATABASE " + name + " WITH (FORCE)");
  std::erase(made_, name);
}

std::string no_postgres() {
  if (std::getenv("BAIJIN_TEST_POSTGRES") != nullptr || !find_programs().empty()) return {};
  return "PostgreSQL is not installed (no /usr/lib/postgresql/*/bin/initdb)";
}

Postgres& postgres() {
  // Its end must come before that of OpenSSL, through which it says goodbye to its databases.
  OPENSSL_init_crypto(0, nullptr);
  static const std::unique_ptr<Postgres> shared = [] {
    const char* url = std::getenv("BAIJIN_TEST_POSTGRES");
    return url != nullptr ? std::make_unique<Postgres>(std::string(url))
                          : std::make_unique<Postgres>();
  }();
  return *shared;
}

}  // namespace peers
