#pragma once
// A directory of a test's own, gone at the end.
#include <string>
#include <utility>
#include <vector>

#include "peers/process.h"

namespace peers {

class Folder {
 public:
  explicit Folder(const std::string& name);  // part of the path, for whoever finds one left over
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  const std::string& path() const { return path_; }
  std::string write(const std::string& name, const std::string& text) const;  // returns its path
  void give_to(Account account) const;  // with everything in it

 private:
  std::string path_;
};

std::string content_of(const std::string& path);

// A text with each of these words replaced: settings of servers.
std::string filled(std::string text,
                   const std::vector<std::pair<std::string, std::string>>& replacements);

// The account of the first of these users that there is, for servers that refuse to be root; who
// is not root stays who one is.
Account account_of(const std::vector<std::string>& users);
std::string user_name(Account account);
std::string group_name(Account account);

}  // namespace peers
