#pragma once
// Databases for the tests of this room: one of each engine, empty, gone at the end of the test.
#include <gtest/gtest.h>
#include <unistd.h>

#include <concepts>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "db/database.h"
#include "peers/postgres.h"

namespace baijin::db {

class TestDirectory {
 public:
  TestDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "baijin-db-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data()) == nullptr ? "" : pattern;
  }
  TestDirectory(const TestDirectory&) = delete;
  TestDirectory& operator=(const TestDirectory&) = delete;
  ~TestDirectory() {
    std::error_code left_over;
    std::filesystem::remove_all(path_, left_over);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline Cell cell(std::string_view text) {
  Cell made;
  made.set(text);
  return made;
}
inline Cell cell(const char* text) { return cell(std::string_view(text)); }
inline Cell cell(const std::string& text) { return cell(std::string_view(text)); }
inline Cell cell(double number) {
  Cell made;
  made.set(number);
  return made;
}
inline Cell cell(bool flag) {
  Cell made;
  made.set(flag);
  return made;
}
template <std::integral N>
Cell cell(N number) {
  Cell made;
  made.set(static_cast<std::int64_t>(number));
  return made;
}
inline Cell cell(Cell::Type type) {  // null
  Cell made;
  made.type = type;
  return made;
}

template <class... Values>
std::int64_t run(Connection& connection, Sql sql, const Values&... values) {
  const std::vector<Cell> parameters{cell(values)...};
  return connection.run(sql, parameters, nullptr);
}

// The first column of the first row as a number; -1 when there is no row.
template <class... Values>
std::int64_t number(Connection& connection, Sql sql, const Values&... values) {
  const std::vector<Cell> parameters{cell(values)...};
  std::int64_t found = -1;
  connection.run(sql, parameters, [&](const Row& row) {
    Cell first;
    row.read(0, first);
    found = first.as_integer();
  });
  return found;
}

template <class... Values>
std::int64_t number(Database& database, Sql sql, const Values&... values) {
  std::int64_t found = -1;
  database.read([&](Connection& connection) { found = number(connection, sql, values...); });
  return found;
}

// What an Error's reason is, "logic_error" or "runtime_error" for those, "" for none.
template <class Function>
std::string reason_of(const Function& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.reason;
  } catch (const std::logic_error&) {
    return "logic_error";
  } catch (const std::runtime_error&) {
    return "runtime_error";
  }
  return "";
}

class OnEachEngine : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == Engine::sqlite) {
      options_.url = "sqlite:" + (directory_ / "test.db");
    } else if (const std::string why = peers::no_postgres(); !why.empty()) {
      GTEST_SKIP() << why;
    } else {
      options_.url = peers::postgres().fresh_database();
    }
    open();
  }

  void TearDown() override { database_.reset(); }

  void open() {
    database_ = Database::open(options_, {[this](auto step) { on_step(step); }});
  }
  void script(std::string_view statements) {
    database_->write_now([&](Connection& connection) { connection.script(statements); });
  }
  bool is_sqlite() const { return GetParam() == Engine::sqlite; }

  virtual void on_step(std::string_view) {}

  TestDirectory directory_;
  Options options_;
  std::unique_ptr<Database> database_;
};

inline std::string engine_name(const testing::TestParamInfo<Engine>& parameter) {
  return parameter.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace baijin::db
