#pragma once
// Names of those whom events name ("user:7", "contact:12"), each looked up once.
#include <map>
#include <string>

#include "hub/reader.h"

namespace baijin::tickets {

class ActorNames {
 public:
  explicit ActorNames(Reader& reader) : reader_(reader) {}
  const std::string& of(const std::string& actor);  // "" for the program and for nobody

 private:
  Reader& reader_;
  std::map<std::string, std::string, std::less<>> known_;
};

}  // namespace baijin::tickets
