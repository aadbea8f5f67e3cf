#include "api/samples.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace baijin::api {
namespace {

constexpr std::int64_t nobodys_id = 987'654'321;

std::ifstream open_list(const std::string& name) {
  std::ifstream file(std::filesystem::path(BAIJIN_SOURCE_DIR) / "tests/api" / name);
  if (!file) throw std::runtime_error("cannot read tests/api/" + name);
  return file;
}

// "{job}" and "{ticket}" are ids like any other.
std::string plain_path(const std::string& path) {
  std::string plain;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] != '{') {
      plain += path[at];
      continue;
    }
    plain += "{id}";
    at = path.find('}', at);
  }
  return plain;
}

std::string trimmed(const std::string& text) {
  auto begin = text.find_first_not_of(' ');
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

bool is_meant(const std::string& names, const Principal& principal) {
  std::istringstream words(names);
  for (std::string who; words >> who;) {
    if (who == "*" || who == principal.name) return true;
    if (who == "staff" && principal.kind == ActorKind::staff && principal.valid) return true;
    if (who == "contacts" && principal.kind == ActorKind::contact) return true;
    if (who == "roles" && principal.name.starts_with("role:")) return true;
  }
  return false;
}

}  // namespace

const Samples& Samples::all() {
  static const Samples samples;
  return samples;
}

Samples::Samples() {
  read_samples();
  read_exceptions();
}

void Samples::read_samples() {
  auto file = open_list("samples.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    auto first = line.find(" | "), second = line.find(" | ", first + 3);
    if (first == line.npos || second == line.npos) {
      throw std::runtime_error("samples.txt: METHOD path | kinds | body, not: " + line);
    }
    Sample sample;
    std::istringstream head(line.substr(0, first)),
        kinds(line.substr(first + 3, second - first - 3));
    head >> sample.method >> sample.path;
    for (std::string kind; kinds >> kind;) {
      if (kind != "-") sample.kinds.push_back(kind);
    }
    auto body = trimmed(line.substr(second + 3));
    if (body.starts_with("?")) sample.query = body;
    else if (body != "-") sample.body = body;
    list_.push_back(std::move(sample));
  }
}

// METHOD path | who | aim | statuses | why
void Samples::read_exceptions() {
  auto file = open_list("exceptions.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> parts;
    std::istringstream columns(line);
    for (std::string part; std::getline(columns, part, '|');) parts.push_back(trimmed(part));
    if (parts.size() != 5 || parts[4].empty()) {
      throw std::runtime_error("exceptions.txt: METHOD path | who | aim | statuses | why, not: " +
                               line);
    }
    Exception exception{parts[0], parts[1], parts[2], line, {}, false};
    std::istringstream statuses(parts[3]);
    for (int status; statuses >> status;) exception.statuses.push_back(status);
    exceptions_.push_back(std::move(exception));
  }
}

const Sample* Samples::of(const Route& route) const {
  auto method = name_of(route.method);
  auto path = plain_path(route.path);
  for (const auto& sample : list_) {
    if (sample.method == method && sample.path == path) return &sample;
  }
  return nullptr;
}

std::optional<std::vector<int>> Samples::exception(const Route& route, const Principal& who,
                                                   Aim aim) const {
  for (const auto& line : exceptions_) {
    if (line.route != name_of(route) || !is_meant(line.who, who)) continue;
    if (line.aim != "any" && line.aim != name_of(aim)) continue;
    line.used = true;
    return line.statuses;
  }
  return {};
}

std::vector<std::string> Samples::unused() const {
  std::vector<std::string> lines;
  for (const auto& exception : exceptions_) {
    if (!exception.used) lines.push_back(exception.line);
  }
  return lines;
}

std::string name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::del: return "DELETE";
    case Method::other: break;
  }
  return "OTHER";
}

std::string name_of(const Route& route) {
  return name_of(route.method) + " " + plain_path(route.path);
}

std::string name_of(Aim aim) {
  switch (aim) {
    case Aim::own: return "own";
    case Aim::foreign: return "foreign";
    case Aim::missing: return "missing";
    case Aim::mixed: break;
  }
  return "mixed";
}

std::string target(const Scene& scene, const Sample& sample, char side, Aim aim) {
  char other = side == 'A' ? 'B' : 'A';
  std::string path = sample.path;
  for (std::size_t i = 0; i < sample.kinds.size(); ++i) {
    bool of_other = aim == Aim::foreign || (aim == Aim::mixed && i > 0);
    auto id = scene.thing(sample.kinds[i], of_other ? other : side).id;
    if (aim == Aim::missing && i + 1 == sample.kinds.size()) id = nobodys_id;
    path.replace(path.find("{id}"), 4, std::to_string(id));
  }
  return path + scene.filled(sample.query, side);
}

testing::Asked asked(const Scene& scene, const Route& route, const Sample& sample, char side,
                     Aim aim, const std::string& token) {
  testing::Asked request{route.method, target(scene, sample, side, aim), "", token, {}, "", false};
  if (sample.body == "upload") {
    request.upload = "bytes";
    request.uploads = true;
  } else {
    request.body = scene.filled(sample.body, side);
  }
  return request;
}

}  // namespace baijin::api
