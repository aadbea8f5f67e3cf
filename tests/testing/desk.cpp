#include "testing/desk.h"

#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <future>
#include <thread>

#include "db/dialect.h"
#include "hub/blobs.h"
#include "hub/clockwork.h"
#include "hub/events.h"
#include "peers/postgres.h"

namespace baijin::testing {
namespace fs = std::filesystem;
namespace {

std::string new_directory() {
  auto pattern = (fs::temp_directory_path() / "baijin-desk-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary directory");
  return pattern;
}

void add_lines(std::vector<std::pair<std::string, std::string>>& headers, std::string_view lines) {
  while (!lines.empty()) {
    auto end = lines.find("\r\n");
    auto colon = lines.find(": ");
    headers.emplace_back(lines.substr(0, colon), lines.substr(colon + 2, end - colon - 2));
    lines.remove_prefix(end + 2);
  }
}

void make_tables(const std::string& url, const std::string& directory, std::string_view tables) {
  auto database = db::Database::open(
      {.url = url.empty() ? "sqlite:" + directory + "/baijin.db" : url});
  database->write_now([&](db::Connection& connection) {
    connection.script(db::migration_text(tables, connection.engine()));
  });
}

}  // namespace

void SeededChance::fill(void* bytes, std::size_t size) {
  auto* out = static_cast<unsigned char*>(bytes);
  for (std::size_t i = 0; i < size; ++i) {  // splitmix64
    state_ += 0x9E3779B97F4A7C15ull;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    out[i] = static_cast<unsigned char>(z >> 56);
  }
}

std::string Answer::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

boost::json::value Answer::at(std::string_view path) const {
  auto value = json();
  while (!path.empty()) {
    auto dot = std::min(path.find('.'), path.size());
    std::string part(path.substr(0, dot));
    path.remove_prefix(std::min(dot + 1, path.size()));
    if (value.is_array()) {
      auto element = value.as_array().at(static_cast<std::size_t>(std::stoul(part)));
      value = element;
    } else if (value.is_object() && value.as_object().contains(part)) {
      auto member = value.as_object().at(part);
      value = member;
    } else {
      throw std::runtime_error("no '" + part + "' in " + body);
    }
  }
  return value;
}

Prepared::Prepared(std::string directory_, std::string database_url_, Time at_)
    : directory(std::move(directory_)), database_url(std::move(database_url_)), at(at_) {}

Prepared::~Prepared() {
  std::error_code ignored;  // what is left of a test's directory hurts nobody
  fs::remove_all(directory, ignored);
}

Desk::Desk(const std::vector<ModuleEntry>& modules, const std::string& database_url,
           std::string_view tables, std::uint64_t seed)
    : directory_(new_directory()), database_url_(database_url), chance_(seed) {
  start(modules, tables);
}

Desk::Desk(const std::vector<ModuleEntry>& modules, Filling)
    : directory_(new_directory()), chance_(20261123), filling_(true) {
  start(modules, {});
}

// Other chances than the original had: a token must not be made twice.
Desk::Desk(const std::vector<ModuleEntry>& modules, const Prepared& prepared)
    : directory_(new_directory()), chance_(20261124), copied_(true) {
  fs::copy(prepared.directory, directory_,
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  if (!prepared.database_url.empty()) {
    database_url_ = peers::postgres().copy_of(prepared.database_url);
  }
  clock_.set(prepared.at);
  start(modules, {});
}

void Desk::start(const std::vector<ModuleEntry>& modules, std::string_view tables) {
  set_password_cost(1, 8'192);
  blobs_ = blobs_in(directory_ + "/blobs");
  HubOptions options;
  options.directory = directory_;
  options.database_url = database_url_;
  options.base_url = "http://desk.test";
  options.quick_threads = 2;
  options.slow_threads = 1;
  options.strict = true;
  options.filling = filling_;
  options.refusals_a_minute = 0;  // who walks all routes with foreign ids is a test here
  hub_ = std::make_unique<Hub>(
      options, modules, Outside{clock_, chance_, *blobs_, post_office_, post_office_, far_web_});
  // The test's own actors come before whoever the accounts module knows.
  auto& registry = const_cast<Registry&>(hub_->registry());
  auto modules_way = registry.identify;
  registry.identify = [this, modules_way](Reader& reader, const Credentials& shown) {
    auto found = actors_.find(shown.bearer);
    if (found != actors_.end()) return found->second;
    return modules_way ? modules_way(reader, shown) : nobody();
  };
  if (!tables.empty()) make_tables(database_url_, directory_, tables);
  hub_->open();
  serve_ = std::make_unique<Serve>(*hub_, std::span<const EmbeddedPage>{});
}

Desk::~Desk() {
  serve_.reset();
  hub_.reset();
  if (directory_.empty()) return;  // it was put away
  if (copied_ && !database_url_.empty()) peers::postgres().drop(database_url_);
  std::error_code ignored;  // what is left of a test's directory hurts nobody
  fs::remove_all(directory_, ignored);
}

std::unique_ptr<Prepared> Desk::put_away(std::unique_ptr<Desk> desk) {
  desk->serve_.reset();
  desk->hub_.reset();
  return std::make_unique<Prepared>(std::exchange(desk->directory_, {}), desk->database_url_,
                                    desk->clock_.now());
}

void Desk::advance(Duration by) {
  clock_.advance(by);
  settle();
}

// Reactions see an event once no older transaction is open, and on PostgreSQL one may still be open
// behind an answer; so the clockwork is at rest only when all had settled before it found nothing.
void Desk::settle() {
  for (int tries = 0; tries < 1'000; ++tries) {
    auto before = newest_event();
    if (before.settled) {
      hub_->clockwork().settle();
      if (newest_event().seq == before.seq) return;
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  throw std::logic_error("the desk does not come to rest");
}

Desk::Newest Desk::newest_event() {
  Newest newest;
  read([&](Reader& reader) {
    auto settled = newest_settled(reader);
    newest.settled = !reader.any("SELECT e.seq FROM events e WHERE (e.tx, e.seq) > ($1, $2)",
                                 settled.tx, settled.seq);
    newest.seq = reader.value<std::int64_t>("SELECT MAX(e.seq) FROM events e").value_or(0);
  });
  return newest;
}

Actor Desk::staff(Scope scope, const std::vector<std::string>& rights, std::int64_t user) {
  Actor actor;
  actor.kind = ActorKind::staff;
  actor.user.value = user;
  actor.name = "员工 " + std::to_string(user);
  actor.scope = scope;
  auto set = std::make_shared<Rights>();
  for (const auto& right : rights) {
    const auto* known = hub_->registry().right(right);
    if (!known) throw std::logic_error("no right " + right);
    set->set(known->number);
  }
  actor.rights = set;
  return actor;
}

Actor Desk::staff_with_all_rights(Scope scope, std::int64_t user) {
  auto actor = staff(scope, {}, user);
  auto all = std::make_shared<Rights>();
  all->set();
  actor.rights = all;
  return actor;
}

Actor Desk::contact(std::int64_t contact, const std::vector<std::string>& rights,
                    std::int64_t user) {
  auto actor = staff(Scope::own, rights, user);
  actor.kind = ActorKind::contact;
  actor.contact.value = contact;
  actor.name = "客户 " + std::to_string(contact);
  return actor;
}

std::string Desk::sign_in(const Actor& actor) {
  auto token = "test-" + std::to_string(actors_.size() + 1);
  actors_[token] = actor;
  return token;
}

Answer Desk::ask(Asked asked) {
  Request request;
  request.head.method = asked.method;
  bool outside_api = asked.target.starts_with("//");
  request.head.target = outside_api ? asked.target.substr(1) : "/api/v1" + asked.target;
  auto question = std::min(request.head.target.find('?'), request.head.target.size());
  request.head.path = request.head.target.substr(0, question);
  if (question < request.head.target.size()) {
    request.head.query = request.head.target.substr(question + 1);
  }
  request.head.address = "192.0.2.1";
  request.head.headers = std::move(asked.headers);
  request.head.headers.emplace_back("host", "desk.test");
  if (!asked.token.empty()) {
    request.head.headers.emplace_back("authorization", "Bearer " + asked.token);
  }
  if (!asked.body.empty() && request.head.header("content-type").empty()) {
    request.head.headers.emplace_back("content-type", "application/json");
  }
  request.body = std::move(asked.body);
  auto plan = serve_->plan(request.head);
  if (plan.refusal) {
    Answer refused{plan.refusal->status, plan.refusal->body, plan.refusal->headers};
    add_lines(refused.headers, plan.refusal->fixed_headers);
    return refused;
  }
  if (asked.uploads && !plan.upload_directory.empty()) {
    auto path = plan.upload_directory + "/test-" + std::to_string(clock_.now().us) + "-" +
                sha256_hex(asked.upload).substr(0, 12);
    std::ofstream(path, std::ios::binary) << asked.upload;
    request.upload = Upload{path, static_cast<std::int64_t>(asked.upload.size()),
                            sha256_hex(asked.upload)};
  }
  std::promise<Response> promise;
  serve_->answer(std::move(request),
                 [&](Response answer) { promise.set_value(std::move(answer)); });
  auto response = promise.get_future().get();
  Answer answer{response.status, std::move(response.body), std::move(response.headers)};
  add_lines(answer.headers, response.fixed_headers);
  if (response.shared_body) answer.body = *response.shared_body;
  if (!response.static_body.empty()) answer.body = response.static_body;
  if (!response.file.empty()) {
    std::ifstream file(response.file, std::ios::binary);
    answer.body.assign(std::istreambuf_iterator<char>(file), {});
  }
  return answer;
}

Answer Desk::get(std::string target, std::string token) {
  return ask({Method::get, std::move(target), "", std::move(token), {}, "", false});
}
Answer Desk::post(std::string target, std::string body, std::string token) {
  return ask({Method::post, std::move(target), std::move(body), std::move(token), {}, "", false});
}
Answer Desk::patch(std::string target, std::string body, std::string token) {
  return ask({Method::patch, std::move(target), std::move(body), std::move(token), {}, "", false});
}
Answer Desk::put(std::string target, std::string body, std::string token) {
  return ask({Method::put, std::move(target), std::move(body), std::move(token), {}, "", false});
}
Answer Desk::del(std::string target, std::string token) {
  return ask({Method::del, std::move(target), "", std::move(token), {}, "", false});
}
Answer Desk::upload(std::string target, std::string bytes, std::string token) {
  return ask({Method::post, std::move(target), "", std::move(token), {}, std::move(bytes), true});
}

std::vector<std::string> Desk::events(std::string_view subject) {
  std::vector<std::string> kinds;
  read([&](Reader& reader) {
    reader.each("SELECT e.kind, e.subject FROM events e ORDER BY e.tx, e.seq",
                [&](const db::Row& row) {
                  Cell kind, about;
                  row.read(0, kind);
                  row.read(1, about);
                  if (subject.empty() || about.text == subject) kinds.emplace_back(kind.text);
                });
  });
  return kinds;
}

std::string Desk::rows_of(const std::vector<std::string>& tables) {
  std::string text;
  read([&](Reader& reader) {
    for (const auto& table : tables) {
      static std::map<std::string, std::string> kept;
      auto& sql = kept[table];
      if (sql.empty()) sql = "SELECT * FROM " + table + " ORDER BY 1, 2";
      text += table + "\n";
      reader.connection().run(db::Sql::assembled(sql), {}, [&](const db::Row& row) {
        for (int i = 0; i < row.columns(); ++i) {
          Cell cell;
          row.read(i, cell);
          text += cell.null                       ? "∅"
                  : cell.type == Cell::Type::text ? std::string(cell.text)
                                                  : std::to_string(cell.integer);
          text += "|";
        }
        text += "\n";
      });
    }
  });
  return text;
}

Desk& DeskTest::open(const std::vector<ModuleEntry>& modules, std::string_view tables) {
  std::string url;
  if (GetParam() == Engine::postgres) url = peers::postgres().fresh_database();
  desk_ = std::make_unique<Desk>(modules, url, tables);
  return *desk_;
}

std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace baijin::testing
