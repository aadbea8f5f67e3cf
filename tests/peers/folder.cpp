#include "peers/folder.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace peers {

namespace fs = std::filesystem;

Folder::Folder(const std::string& name)
    : path_((fs::temp_directory_path() / ("baijin-" + name + "-XXXXXX")).string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("mkdtemp: " + path_);
}

Folder::~Folder() {
  std::error_code left_over;
  fs::remove_all(path_, left_over);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  const auto path = path_ + "/" + name;
  std::ofstream(path) << text;
  return path;
}

void Folder::give_to(Account account) const {
  if (account.user == static_cast<uid_t>(-1)) return;
  const auto give = [&](const fs::path& path) {
    if (::chown(path.c_str(), account.user, account.group) != 0) {
      throw std::runtime_error("chown: " + path.string());
    }
  };
  give(path_);
  for (const auto& entry : fs::recursive_directory_iterator(path_)) give(entry.path());
}

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string filled(std::string text,
                   const std::vector<std::pair<std::string, std::string>>& replacements) {
  for (const auto& [word, value] : replacements) {
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += value.size()) {
      text.replace(at, word.size(), value);
    }
  }
  return text;
}

Account account_of(const std::vector<std::string>& users) {
  if (::geteuid() != 0) return {};
  for (const auto& name : users) {
    if (const passwd* entry = ::getpwnam(name.c_str())) return {entry->pw_uid, entry->pw_gid};
  }
  throw std::runtime_error("none of the accounts that a server could run under is here");
}

std::string user_name(Account account) {
  const auto id = account.user == static_cast<uid_t>(-1) ? ::geteuid() : account.user;
  const passwd* entry = ::getpwuid(id);
  if (entry == nullptr) throw std::runtime_error("a user without a name");
  return entry->pw_name;
}

std::string group_name(Account account) {
  const auto id = account.group == static_cast<gid_t>(-1) ? ::getegid() : account.group;
  const group* entry = ::getgrgid(id);
  if (entry == nullptr) throw std::runtime_error("a group without a name");
  return entry->gr_name;
}

}  // namespace peers
