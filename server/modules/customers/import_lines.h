#pragma once
// The lines of a file of customers or contacts: what they say, what is wrong with them, who is
// there already.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/customers/imports.h"
#include "modules/customers/routes.h"

namespace baijin::customers {

inline constexpr std::int64_t longest_import_file = 5 << 20;  // bytes
inline constexpr std::int64_t most_import_lines = 5'000;

struct ImportLine {
  std::int64_t line = 0;
  std::optional<NewCustomer> customer;  // by the import's kind, when nothing is wrong
  std::optional<NewContact> contact;
  std::vector<LineProblem> problems;
  std::optional<LineDuplicate> duplicate;
};

// Reads a whole file; throws what check_import() throws. `sink` gets line after line and says
// whether to go on.
class ImportFile {
 public:
  ImportFile(Reader& reader, ImportKind kind, const std::string& path);
  // The lines after the first `skipped`.
  void each(std::int64_t skipped, const std::function<bool(ImportLine&)>& sink);

 private:
  void fill(ImportLine& line, boost::json::object said);
  static void check_domain(ImportLine& line, const NewCustomer& customer);
  static void check_locale(ImportLine& line, const NewContact& contact);
  void look_for_known(ImportLine& line);
  void note_twice(ImportLine& line, const std::string& name, const std::string& key);

  Reader& reader_;
  ImportKind kind_;
  std::string path_;
  std::map<std::string, std::int64_t> seen_;  // key → the line it stood in first
};

}  // namespace baijin::customers
