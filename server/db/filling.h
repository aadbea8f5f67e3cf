#pragma once
// What only a database can do that is being filled (Options::filling): nobody else has its file
// open, and the file is worth nothing until it is whole, so much of what keeps it safe can wait.
#include <initializer_list>
#include <string>
#include <string_view>

#include "db/database.h"

namespace baijin::db {

class Filling {
 public:
  virtual ~Filling() = default;

  // Takes away the indexes of tables that are about to get very many rows (those that make rows
  // unique stay), and builds them again: in one go they are cheaper. Queries work meanwhile,
  // slowly.
  virtual void put_off_indexes(std::initializer_list<std::string_view> tables) = 0;
  virtual void build_indexes() = 0;

  // Takes an FTS5 index out of the database, to be written meanwhile by another thread: a database
  // of its own, in a file beside, that has what the index had and writes with its own writer. Until
  // bring_back() nobody may use the index here. bring_back() waits for what is queued there, and
  // the other database is gone after it. One index at a time.
  virtual Database& set_aside(std::string_view index) = 0;
  virtual void bring_back() = 0;
};

// Puts a filled and closed database in its place, once it is on the disk. Throws
// std::runtime_error.
void put_in_place(const std::string& filled, const std::string& path);

}  // namespace baijin::db
