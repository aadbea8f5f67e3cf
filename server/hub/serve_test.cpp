// The hall: routes, lanes, headers, pages, health, logs.
#include <gmock/gmock.h>

#include "base/log.h"
#include "hub/test_node.h"

namespace baijin {
namespace {

using testing::Engine;
using ::testing::HasSubstr;
using ::testing::Not;

class Hall : public Nodes {
 protected:
  void TearDown() override {
    toys::knobs().in_nap = nullptr;
    Nodes::TearDown();
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Hall, ::testing::Values(Engine::sqlite), testing::engine_name);

TEST_P(Hall, answers_what_there_is_by_the_methods_there_are) {
  auto& node = first();
  auto note = "/notes/" + std::to_string(node.note("a"));
  struct Case {
    Method method;
    std::string target;
    int status;
  };
  for (const auto& [method, target, status] :
       std::vector<Case>{{Method::get, note, 200},
                         {Method::head, note, 200},
                         {Method::put, note, 405},
                         {Method::other, note, 405},
                         {Method::get, note + "/closings", 405},
                         {Method::head, note + "/closings", 405},
                         {Method::get, "/nothing", 404},
                         {Method::post, "/nothing", 404},
                         {Method::get, "/notes/", 404},
                         {Method::get, "/notes/x", 404},
                         {Method::get, "/notes/0", 404},
                         {Method::get, "/notes/-1", 404},
                         {Method::get, "/notes/01", 404},
                         {Method::get, "//notes", 404},
                         {Method::get, "/notes/99999999999999999999", 404},
                         {Method::get, "//api/v1notes", 404},
                         {Method::get, "//api/v1", 404},
                         {Method::get, "/openapi.json", 200},
                         {Method::head, "/openapi.json", 200},
                         {Method::get, "//healthz", 200},
                         {Method::head, "//healthz", 200},
                         {Method::post, "//healthz", 405},
                         {Method::get, "//readyz", 200},
                         {Method::get, "//metrics", 200},
                         {Method::get, "//missing.js", 404}}) {
    auto answer = node.ask(method, target);
    EXPECT_EQ(answer.status, status) << static_cast<int>(method) << " " << target;
    if (status < 400) continue;
    auto problem = parse_json(answer.body);
    EXPECT_EQ(problem.at("status").as_int64(), status) << target;
    EXPECT_THAT(std::string(problem.at("request").as_string()), ::testing::StartsWith("r-"));
    EXPECT_EQ(header_of(answer, "Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(header_of(node.ask(Method::put, note), "Allow"), "GET, HEAD, PATCH, DELETE");
  EXPECT_EQ(header_of(node.ask(Method::get, note + "/rings"), "Allow"), "POST");
}

TEST_P(Hall, says_not_ready_while_leaving) {
  auto& node = first();
  EXPECT_EQ(node.ask(Method::get, "//readyz").status, 200);
  node.serve().leaving();
  auto answer = node.ask(Method::get, "//readyz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(reason_of(answer), "leaving");
  EXPECT_EQ(node.ask(Method::get, "//healthz").status, 200);
  EXPECT_EQ(node.ask(Method::get, "/notes").status, 200);  // what comes is still answered
}

std::string lines_of(const Response& answer) {
  auto text = std::string(answer.fixed_headers);
  for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  return text;
}

constexpr EmbeddedPage test_pages[] = {
    {"/", "text/html; charset=utf-8", "<p>plain", "<br>", "<gz>", "\"e1\"", false},
    {"/assets/app-3f2a.js", "text/javascript", "js", "", "jsgz", "\"e2\"", true}};

TEST_P(Hall, sends_security_headers_with_every_kind_of_answer_checklist_24) {
  for (bool secure : {false, true}) {
    options_.secure = secure;
    first_.reset();
    auto& node = first();
    Serve pages(node.hub(), test_pages);
    auto note = "/notes/" + std::to_string(node.note("a"));
    std::vector<Response> answers;
    for (std::string target :
         {std::string("/notes"), note, note + "/copy", std::string("/nothing"),
          std::string("/notes?limit=x"), std::string("/openapi.json"), std::string("//healthz"),
          std::string("//metrics"), std::string("//missing.js")}) {
      answers.push_back(node.ask(Method::get, target));
    }
    answers.push_back(node.ask(Method::get, "/notes", "", ""));
    answers.push_back(node.ask(Method::put, note));
    answers.push_back(node.ask(Method::del, note));  // 500
    answers.push_back(node.ask(Method::post, "/notes", R"({"title":"b"})"));
    answers.push_back(node.ask(Method::post, note + "/rings"));  // 204
    RequestHead head;
    head.path = "/api/v1/live";
    head.secure = secure;
    answers.push_back(*node.serve().refuse_live(head));
    for (const auto& [path, etag] :
         {std::pair("/", ""), std::pair("/", "\"e1\""), std::pair("/assets/app-3f2a.js", ""),
          std::pair("/none.js", "")}) {
      Request request;
      request.head.path = path;
      request.head.secure = secure;
      request.head.headers = {{"if-none-match", etag}};
      std::promise<Response> promise;
      pages.answer(request, [&](Response answer) { promise.set_value(std::move(answer)); });
      answers.push_back(promise.get_future().get());
    }
    for (const auto& answer : answers) {
      auto lines = lines_of(answer);
      for (std::string_view header :
           {"X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
            "Cross-Origin-Opener-Policy: same-origin", "Permissions-Policy: ",
            "Content-Security-Policy: default-src 'none'", "frame-ancestors 'none'"}) {
        EXPECT_THAT(lines, HasSubstr(header)) << answer.status << " " << answer.body;
      }
      EXPECT_EQ(lines.find("Strict-Transport-Security: max-age=31536000") != lines.npos, secure)
          << answer.status << " " << answer.body;
      EXPECT_THAT(lines, HasSubstr("Cache-Control: ")) << answer.status;
      EXPECT_THAT(lines, Not(HasSubstr("Access-Control-Allow")));
    }
  }
}

TEST_P(Hall, hands_out_pages_as_the_browser_wants_them) {
  Serve pages(first().hub(), test_pages);
  struct Case {
    std::string path, accepts, known;
    int status;
    std::string body, coding;
  };
  for (const auto& [path, accepts, known, status, body, coding] : std::vector<Case>{
           {"/", "", "", 200, "<p>plain", ""},
           {"/", "gzip, deflate, br", "", 200, "<br>", "br"},
           {"/", "gzip, deflate", "", 200, "<gz>", "gzip"},
           {"/", "identity", "", 200, "<p>plain", ""},
           {"/", "br", "\"e1\"", 304, "", ""},
           {"/", "br", "\"e0\"", 200, "<br>", "br"},
           {"/tickets/17", "", "", 200, "<p>plain", ""},  // a place inside the application
           {"/assets/app-3f2a.js", "br, gzip", "", 200, "jsgz", "gzip"},
           {"/assets/app-0000.js", "", "", 404, "", ""},
           {"/favicon.ico", "", "", 404, "", ""}}) {
    Request request;
    request.head.path = path;
    request.head.headers = {{"accept-encoding", accepts}, {"if-none-match", known}};
    std::promise<Response> promise;
    pages.answer(request, [&](Response answer) { promise.set_value(std::move(answer)); });
    auto answer = promise.get_future().get();
    EXPECT_EQ(answer.status, status) << path;
    if (status == 404) continue;
    EXPECT_EQ(answer.static_body, body) << path << " " << accepts;
    EXPECT_EQ(header_of(answer, "Content-Encoding"), coding) << path << " " << accepts;
    EXPECT_EQ(header_of(answer, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header_of(answer, "Cache-Control"),
              path.starts_with("/assets") ? "public, max-age=31536000, immutable" : "no-cache");
  }
}

TEST_P(Hall, keeps_quick_requests_quick_while_slow_ones_wait) {
  auto& node = first();
  Gate gate;
  toys::knobs().in_nap = [&] { gate.wait(); };
  std::vector<std::future<Response>> sleeping;
  for (int i = 0; i < 20; ++i) {
    sleeping.push_back(node.begin(Method::post, "/sleeps", R"({"word":"z"})"));
  }
  gate.wait_for_visitors(1);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(node.ask(Method::get, "/notes").status, 200);
  gate.open();
  for (auto& one : sleeping) EXPECT_EQ(one.get().status, 200);
}

TEST_P(Hall, answers_503_when_too_many_wait) {
  options_.quick_threads = 2;
  auto& node = first();
  Gate gate;
  toys::knobs().in_nap = [&] { gate.wait(); };
  std::vector<std::future<Response>> waiting;
  for (int i = 0; i < 2; ++i) waiting.push_back(node.begin(Method::get, "/naps"));
  gate.wait_for_visitors(2);
  for (int i = 0; i < 8'192; ++i) waiting.push_back(node.begin(Method::get, "//healthz"));
  auto refused = node.ask(Method::get, "//healthz");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(reason_of(refused), "too_many_requests_waiting");
  EXPECT_EQ(header_of(refused, "Retry-After"), "1");
  gate.open();
  for (auto& one : waiting) EXPECT_EQ(one.get().status, 200);
}

TEST_P(Hall, waits_for_its_last_answers_when_it_ends) {
  auto& node = first();
  auto serve = std::make_unique<Serve>(node.hub(), std::span<const EmbeddedPage>{});
  std::atomic<int> answered{0};
  for (int i = 0; i < 50; ++i) {
    Request request;
    request.head.method = Method::post;
    request.head.target = request.head.path = "/api/v1/notes";
    request.head.headers = {{"authorization", "Bearer staff"},
                            {"content-type", "application/json"}};
    request.body = "{\"title\":\"n" + std::to_string(i) + "\"}";
    serve->answer(std::move(request), [&](const Response& answer) {
      EXPECT_EQ(answer.status, 201);
      ++answered;
    });
  }
  serve.reset();
  EXPECT_EQ(answered, 50);
}

std::mutex captured_mutex;
std::string captured;

TEST_P(Hall, logs_request_numbers_and_no_secrets_I7) {
  captured.clear();
  log::capture([](std::string_view line) {
    std::lock_guard lock(captured_mutex);
    captured += line;
  });
  log::set_level(log::Level::debug);
  auto& node = first();
  node.sign_in("CNRY-token", ActorKind::staff, Scope::all, 3);
  auto id = std::to_string(node.note("a"));
  node.ask(Method::patch, "/notes/" + id, R"({"secret":"CNRY-secret"})", "CNRY-token",
           {{"cookie", "baijin=CNRY-cookie"},
            {"idempotency-key", "CNRY-key"},
            {"user-agent", "evil\r\n{\"level\":\"info\"}\x1b[31m"}});
  node.ask(Method::post, "/notes", R"({"title":"CNRY-title","CNRY-field":1})", "CNRY-token");
  node.ask(Method::get, "/notes?state=CNRY-query", "", "CNRY-token");
  auto broken = node.ask(Method::del, "/notes/" + id, "", "CNRY-token");
  auto number = std::string(parse_json(broken.body).at("request").as_string());
  node.ask(Method::get, "//a\r\nb\x1b[2J\xe2\x80\xa8.js", "", "");
  log::set_level(log::Level::info);
  log::capture(nullptr);
  EXPECT_EQ(broken.status, 500);
  EXPECT_THAT(broken.body, Not(HasSubstr("told nothing")));  // why stands in the log only
  EXPECT_THAT(captured, HasSubstr("\"request\":\"" + number + "\""));
  EXPECT_THAT(captured, HasSubstr("told nothing"));
  EXPECT_THAT(captured, Not(HasSubstr("CNRY")));
  EXPECT_THAT(captured, Not(HasSubstr("\x1b")));
  EXPECT_THAT(captured, Not(HasSubstr("\xe2\x80\xa8")));
  for (std::size_t at = 0; at < captured.size();) {
    auto end = captured.find('\n', at);
    EXPECT_NO_THROW(parse_json(std::string_view(captured).substr(at, end - at)));
    at = end + 1;
  }
}

TEST_P(Hall, counts_for_prometheus) {
  auto& node = first();
  node.note("a");
  node.ask(Method::get, "/nothing");
  node.serve().also_metrics([] { return std::string("baijin_connections 3\n"); });
  auto answer = node.ask(Method::get, "//metrics");
  EXPECT_EQ(header_of(answer, "Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  std::istringstream lines(answer.body);
  std::set<std::string> names;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# TYPE ")) {
      EXPECT_TRUE(line.ends_with(" counter") || line.ends_with(" gauge") ||
                  line.ends_with(" histogram"))
          << line;
      continue;
    }
    EXPECT_THAT(line, ::testing::MatchesRegex(
                          R"([a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+)"));
    names.insert(line.substr(0, line.find_last_of(' ')));
  }
  EXPECT_TRUE(names.contains("baijin_requests_total{class=\"2xx\"}"));
  EXPECT_TRUE(names.contains("baijin_request_seconds_bucket{kind=\"write\",le=\"+Inf\"}"));
  EXPECT_TRUE(names.contains("baijin_database_commits_total"));
  EXPECT_THAT(answer.body, HasSubstr("baijin_connections 3\n"));
  EXPECT_THAT(answer.body, HasSubstr("\nbaijin_requests_running "));
  EXPECT_THAT(answer.body, HasSubstr("baijin_requests_total{class=\"2xx\"} 1\n"));
  EXPECT_THAT(answer.body, HasSubstr("baijin_requests_total{class=\"4xx\"} 1\n"));
}

}  // namespace
}  // namespace baijin
