// A new SQLite file that gets very many rows before anybody uses it.
#include "db/filling.h"

#include <filesystem>
#include <fstream>

#include "db/test_databases.h"

namespace baijin::db {
namespace {

namespace fs = std::filesystem;

class Fillings : public testing::Test {
 protected:
  std::unique_ptr<Database> fill() { return Database::open({.url = url(), .filling = true}); }
  std::unique_ptr<Database> fill_with_tables() {
    auto database = fill();
    database->write_now([](Connection& connection) {
      connection.script(R"(
        CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, writer BIGINT);
        CREATE INDEX notes_of_writer ON notes (writer, id);
        CREATE INDEX notes_signed ON notes (id) WHERE writer IS NOT NULL;
        CREATE UNIQUE INDEX notes_once ON notes (text);
        CREATE TABLE others (id INTEGER PRIMARY KEY, n BIGINT);
        CREATE INDEX others_by_n ON others (n);
        CREATE VIRTUAL TABLE words USING fts5(text, content='notes', content_rowid='id',
                                              tokenize='baijin', columnsize=0);
        INSERT INTO notes VALUES (1, '打印机 offline', 7);
        INSERT INTO words (rowid, text) VALUES (1, '打印机 offline');)");
    });
    return database;
  }
  std::string url() const { return "sqlite:" + part_; }

  static std::string indexes(Database& database) {
    return text(database, R"(SELECT coalesce(group_concat(name || ' ' || sql, '; '), '') FROM
        (SELECT name, sql FROM sqlite_schema WHERE type = 'index' ORDER BY name))");
  }
  static std::string text(Database& database, Sql sql) {
    std::string found;
    database.read([&](Connection& connection) {
      connection.run(sql, {}, [&](const Row& row) {
        Cell value;
        row.read(0, value);
        found += value.text;
      });
    });
    return found;
  }

  TestDirectory directory_;
  std::string part_ = directory_ / "desk.db.part", path_ = directory_ / "desk.db";
};

TEST_F(Fillings, are_for_new_sqlite_files_only) {
  auto usual = Database::open({.url = "sqlite:" + path_});
  EXPECT_EQ(usual->filling(), nullptr);
  EXPECT_NE(fill()->filling(), nullptr);
}

TEST_F(Fillings, begin_with_nothing_whatever_a_dead_process_left) {
  fill_with_tables();
  std::ofstream(part_ + "-journal") << "half a journal";
  std::ofstream(part_ + ".aside") << "half an index";
  auto again = fill_with_tables();  // would fail on tables that are there
  again->filling()->set_aside("words");
  again->filling()->bring_back();
  EXPECT_EQ(again->integrity(), "");
}

TEST_F(Fillings, build_the_indexes_they_put_off) {
  auto database = fill_with_tables();
  auto before = indexes(*database);
  database->filling()->put_off_indexes({"notes"});
  auto meanwhile = indexes(*database);
  EXPECT_EQ(meanwhile.find("notes_of_writer"), meanwhile.npos);
  EXPECT_EQ(meanwhile.find("notes_signed"), meanwhile.npos);
  EXPECT_NE(meanwhile.find("notes_once"), meanwhile.npos) << "what is unique stays unique";
  EXPECT_NE(meanwhile.find("others_by_n"), meanwhile.npos);
  database->write_now([](Connection& connection) {
    run(connection, "INSERT INTO notes VALUES ($1, $2, $3)", 2, "网络", 7);
  });
  database->filling()->build_indexes();
  EXPECT_EQ(indexes(*database), before);
  EXPECT_EQ(database->integrity(), "");
}

TEST_F(Fillings, write_an_index_aside_and_bring_it_back) {
  auto database = fill_with_tables();
  auto& aside = database->filling()->set_aside("words");
  EXPECT_THROW(database->filling()->set_aside("words"), std::logic_error);
  std::atomic<bool> written = false;
  aside.write(
      [](Connection& connection) {
        run(connection, "INSERT INTO words (rowid, text) VALUES ($1, $2)", 2, "打印 很慢");
      },
      [&](std::exception_ptr problem) { written = problem == nullptr; });
  database->write_now([](Connection& connection) {
    run(connection, "INSERT INTO notes VALUES ($1, $2, $3)", 2, "打印 很慢", 8);
  });
  database->filling()->bring_back();
  EXPECT_TRUE(written) << "bringing back waits for what is queued";
  EXPECT_FALSE(fs::exists(part_ + ".aside"));
  EXPECT_EQ(text(*database, "SELECT group_concat(rowid) FROM words WHERE words MATCH '打印'"),
            "1,2");
  EXPECT_EQ(text(*database, "SELECT group_concat(rowid) FROM words WHERE words MATCH 'offline'"),
            "1");
  // The writer, which had the index open before, goes on with what came back.
  database->write_now([](Connection& connection) {
    run(connection, "INSERT INTO notes VALUES ($1, $2, $3)", 3, "打印 好了", 8);
    run(connection, "INSERT INTO words (rowid, text) VALUES ($1, $2)", 3, "打印 好了");
  });
  EXPECT_EQ(text(*database, "SELECT group_concat(rowid) FROM words WHERE words MATCH '打印'"),
            "1,2,3");
  EXPECT_EQ(database->integrity(), "");
}

TEST_F(Fillings, are_put_in_their_place_whole) {
  fill_with_tables();
  EXPECT_FALSE(fs::exists(path_));
  put_in_place(part_, path_);
  EXPECT_FALSE(fs::exists(part_));
  auto database = Database::open({.url = "sqlite:" + path_});
  EXPECT_EQ(database->integrity(), "");
  EXPECT_EQ(text(*database, "SELECT text FROM notes"), "打印机 offline");
  EXPECT_THROW(put_in_place(part_, path_), std::runtime_error);
  EXPECT_EQ(text(*database, "SELECT text FROM notes"), "打印机 offline");
}

}  // namespace
}  // namespace baijin::db
