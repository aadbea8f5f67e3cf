#pragma once
// What the tests of all routes send: samples.txt says it for each route, exceptions.txt where the
// answer is another than the route's right and the scene's rules would have it.
#include <optional>
#include <string>
#include <vector>

#include "api/scene.h"

namespace baijin::api {

struct Sample {
  std::string method, path;  // "/tickets/{id}", whatever the route calls its id
  std::vector<std::string> kinds;
  std::string body;   // "" for none; "upload" for a streamed file
  std::string query;  // "?q=x"
};

// Whose ids are put into a path.
enum class Aim { own, foreign, missing, mixed };

class Samples {
 public:
  static const Samples& all();
  // nullptr when the file has no line for the route.
  const Sample* of(const Route& route) const;
  const std::vector<Sample>& list() const { return list_; }

  // The statuses that exceptions.txt allows; nothing when it says nothing. Remembers its use.
  std::optional<std::vector<int>> exception(const Route& route, const Principal& who,
                                            Aim aim) const;
  // Lines of exceptions.txt that nothing needed.
  std::vector<std::string> unused() const;

 private:
  struct Exception {
    std::string route, who, aim, line;
    std::vector<int> statuses;
    mutable bool used = false;
  };
  Samples();
  void read_samples();
  void read_exceptions();
  std::vector<Sample> list_;
  std::vector<Exception> exceptions_;
};

std::string name_of(Method method);
std::string name_of(const Route& route);  // "GET /tickets/{id}"
std::string name_of(Aim aim);
// Path and query with ids: of the side's things, of the other side's, or of nothing there is.
// "mixed" puts the first from this side and the rest from the other.
std::string target(const Scene& scene, const Sample& sample, char side, Aim aim);
// The request for a sample; `body` "" takes the sample's own, filled for the side.
testing::Asked asked(const Scene& scene, const Route& route, const Sample& sample, char side,
                     Aim aim, const std::string& token);

}  // namespace baijin::api
