#pragma once
// Filling a SQLite file; see filling.h.
#include <memory>
#include <string>
#include <vector>

#include "db/filling.h"
#include "db/sqlite_connection.h"

namespace baijin::db {

class SqliteFilling final : public Filling {
 public:
  // `path` exists; its writer rests whenever a method is called.
  explicit SqliteFilling(std::string path);
  ~SqliteFilling() override;

  void put_off_indexes(std::initializer_list<std::string_view> tables) override;
  void build_indexes() override;
  Database& set_aside(std::string_view index) override;
  void bring_back() override;

 private:
  SqliteConnection connection() const;
  std::string aside_path() const { return path_ + ".aside"; }

  std::string path_;
  std::vector<std::string> put_off_;  // how to make each index
  std::string index_;                 // the one that was set aside
  std::unique_ptr<Database> aside_;
};

}  // namespace baijin::db
