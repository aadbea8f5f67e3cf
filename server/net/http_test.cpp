// Requests and answers on the wire.
#include <fstream>

#include "net/byte_range.h"
#include "net/client_address.h"
#include "net/test_client.h"

namespace baijin::net::testing {
namespace {

using Http = NetTest;

TEST_F(Http, keeps_the_connection_alive) {
  start();
  RawClient client(address());
  for (int i = 0; i < 3; ++i) {
    auto answer = client.get("/a?b");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "/a|b|");
    EXPECT_EQ(answer.header("Date").size(), 29u);
    EXPECT_EQ(answer.header("Connection"), "");
  }
  EXPECT_EQ(server->figures().requests, 3);
  EXPECT_EQ(server->figures().connections, 1);
}

TEST_F(Http, closes_when_asked) {
  start();
  RawClient client(address());
  auto answer = client.ask("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed());
  RawClient old(address());
  EXPECT_EQ(old.ask("GET / HTTP/1.0\r\n\r\n").header("Connection"), "close");
  EXPECT_TRUE(old.closed());
  RawClient kept(address());
  EXPECT_EQ(kept.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"),
            "keep-alive");
  EXPECT_EQ(kept.get("/").status, 200);
}

TEST_F(Http, answers_pipelined_requests_in_order) {
  start();
  // Every other answer comes late and from another thread.
  std::vector<std::thread> threads;
  site.answerer = [&](Request request, Reply reply) {
    auto path = request.head.path + request.body;
    if (path.back() % 2 == 0) return reply(text(path));
    threads.emplace_back([path, reply = std::move(reply)] {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      reply(text(path));
    });
  };
  RawClient client(address());
  std::string all = "\r\n";
  for (int i = 0; i < 200; ++i) {
    auto number = std::to_string(i);
    all += i % 5 == 0 ? "POST /" + number + " HTTP/1.1\r\nHost: h\r\nContent-Length: " +
                            std::to_string(number.size()) + "\r\n\r\n" + number
                      : "GET /" + number + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }
  client.send(all);
  for (int i = 0; i < 200; ++i) {
    auto number = std::to_string(i);
    EXPECT_EQ(client.answer().body, "/" + number + (i % 5 == 0 ? number : ""));
  }
  server->stop(1'000);
  for (auto& thread : threads) thread.join();
}

TEST_F(Http, understands_a_request_in_any_pieces) {
  start();
  const std::string request =
      "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: v\r\n\r\n"
      "POST /q HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nxyz";
  for (std::size_t cut = 1; cut < request.size(); cut += 3) {
    RawClient client(address());
    client.send(request.substr(0, cut));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    client.send(request.substr(cut));
    EXPECT_EQ(client.answer().body, "/p||abcde");
    EXPECT_EQ(client.answer().body, "/q||xyz");
  }
}

TEST_F(Http, answers_head_with_the_length_and_no_body) {
  ScratchFolder folder;
  std::ofstream(folder.path() + "/f") << "0123456789";
  site.answerer = [&](Request request, Reply reply) {
    auto response = text("four");
    if (request.head.path == "/file") response.file = folder.path() + "/f";
    reply(std::move(response));
  };
  start();
  RawClient client(address());
  for (auto [path, length] : {std::pair("/", "4"), std::pair("/file", "10")}) {
    client.send("HEAD " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    auto answer = client.answer(true);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), length);
  }
  EXPECT_EQ(client.get("/").body, "four");
}

TEST_F(Http, sends_every_kind_of_body) {
  auto shared = std::make_shared<const std::string>(300'000, 's');
  site.answerer = [&](Request request, Reply reply) {
    Response response;
    if (request.head.path == "/shared") response.shared_body = shared;
    if (request.head.path == "/static") response.static_body = "static words";
    if (request.head.path == "/none") response.status = 204;
    if (request.head.path == "/same") response.status = 304;
    reply(std::move(response));
  };
  start();
  RawClient client(address());
  EXPECT_EQ(client.get("/shared").body, *shared);
  EXPECT_EQ(client.get("/static").body, "static words");
  EXPECT_EQ(client.get("/empty").header("Content-Length"), "0");
  for (auto path : {"/none", "/same"}) {
    EXPECT_EQ(client.get(path).head.find("Content-Length"), std::string::npos);
  }
}

TEST_F(Http, never_lets_a_header_split_the_answer) {
  site.answerer = [](Request, Reply reply) {
    auto response = text("x");
    response.headers.emplace_back("X-Name", "a\r\nSet-Cookie: b");
    reply(std::move(response));
  };
  start();
  RawClient client(address());
  auto answer = client.get("/");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("Set-Cookie"), "");
}

TEST(ByteRanges, are_read_as_the_rfc_says) {
  using Answer = ByteRange::Answer;
  struct Row {
    const char* header;
    std::int64_t size;
    Answer answer;
    std::int64_t first, length;
  };
  const Row rows[] = {
      {"bytes=0-4", 10, Answer::part, 0, 5},
      {"bytes=5-", 10, Answer::part, 5, 5},
      {"bytes=-3", 10, Answer::part, 7, 3},
      {"bytes=-30", 10, Answer::part, 0, 10},
      {"bytes=8-99", 10, Answer::part, 8, 2},
      {"bytes=10-", 10, Answer::unsatisfiable, 0, 0},
      {"bytes=-0", 10, Answer::unsatisfiable, 0, 0},
      {"bytes=0-", 0, Answer::unsatisfiable, 0, 0},
      {"bytes=5-4", 10, Answer::whole, 0, 10},
      {"bytes=0-1,3-4", 10, Answer::whole, 0, 10},
      {"lines=0-1", 10, Answer::whole, 0, 10},
      {"bytes=-", 10, Answer::whole, 0, 10},
      {"bytes=a-b", 10, Answer::whole, 0, 10},
      {"bytes=--1", 10, Answer::whole, 0, 10},
      {"bytes=99999999999999999999-", 10, Answer::whole, 0, 10},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.header);
    auto range = read_range(row.header, row.size);
    EXPECT_EQ(range.answer, row.answer);
    EXPECT_EQ(range.first, row.first);
    EXPECT_EQ(range.length, row.length);
  }
}

TEST_F(Http, serves_files_and_ranges_of_them) {
  ScratchFolder folder;
  std::string content(3'000'000, ' ');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i % 26);
  std::ofstream(folder.path() + "/f") << content;
  site.answerer = [&](Request request, Reply reply) {
    Response response;
    response.file = folder.path() + request.head.path;
    reply(std::move(response));
  };
  start();
  RawClient client(address());
  auto whole = client.get("/f");
  EXPECT_EQ(whole.status, 200);
  EXPECT_TRUE(whole.body == content);
  EXPECT_EQ(whole.header("Accept-Ranges"), "bytes");
  auto with = [&](const std::string& headers) {
    return client.ask("GET /f HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n");
  };
  auto part = with("Range: bytes=26-51\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "abcdefghijklmnopqrstuvwxyz");
  EXPECT_EQ(part.header("Content-Range"), "bytes 26-51/3000000");
  auto none = with("Range: bytes=3000000-\r\n");
  EXPECT_EQ(none.status, 416);
  EXPECT_EQ(none.header("Content-Range"), "bytes */3000000");
  EXPECT_EQ(with("Range: bytes=0-1\r\nIf-Range: \"x\"\r\n").status, 200);
  EXPECT_EQ(with("Range: bytes=-1\r\n").status, 206);
  EXPECT_EQ(client.get("/gone").status, 404);
  EXPECT_EQ(client.get("/").status, 404);
}

TEST_F(Http, refuses_bodies_as_planned) {
  site.planner = [](const RequestHead& head) {
    BodyPlan plan;
    plan.limit = 10;
    if (head.path == "/no") plan.refusal = text("no", 403);
    return plan;
  };
  start();
  struct Row {
    const char* headers;
    std::string body;
    int status;
    bool closes;
  };
  const Row rows[] = {
      {"POST /no HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n", "hello", 403, true},
      {"POST /no HTTP/1.1\r\nHost: h\r\n", "", 403, false},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n", "", 413, true},
      {"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n", "0123456789", 200, false},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n",
       "b\r\nhello world\r\n0\r\n\r\n", 413, true},
      {"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n", "5\nhello", 400, true},
      {"POST /big HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n", std::string(3'000'000, 'x'),
       413, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.headers);
    RawClient client(address());
    auto answer = client.ask(std::string(row.headers) + "\r\n" + row.body);
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(client.closed(row.closes ? 3'000 : 30), row.closes);
  }
}

TEST_F(Http, says_continue_only_when_the_body_is_wanted) {
  site.planner = [](const RequestHead& head) {
    BodyPlan plan;
    if (head.path == "/no") plan.refusal = text("no", 401);
    return plan;
  };
  start();
  auto head = [](std::string path) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
           "Content-Length: 5\r\n\r\n";
  };
  RawClient client(address());
  client.send(head("/yes"));
  EXPECT_EQ(client.answer().status, 100);
  EXPECT_EQ(client.ask("hello").body, "/yes||hello");
  EXPECT_EQ(client.ask(head("/no")).status, 401);
  EXPECT_TRUE(client.closed());
}

TEST_F(Http, knows_clients_behind_trusted_proxies_only) {
  site.answerer = [](Request request, Reply reply) {
    reply(text(request.head.address + (request.head.secure ? " secure" : "")));
  };
  auto ask = [&](const std::string& headers) {
    RawClient client(address());
    return client.ask("GET / HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n").body;
  };
  start();
  EXPECT_EQ(ask("X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n"), "127.0.0.1");
  server.reset();
  start({}, {"127.0.0.1", "10.0.0.1"});
  struct Row {
    const char* headers;
    const char* client;
  };
  const Row rows[] = {
      {"", "127.0.0.1"},
      {"X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n", "9.9.9.9 secure"},
      {"X-Forwarded-For: 1.1.1.1, 9.9.9.9\r\n", "9.9.9.9"},
      {"X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 9.9.9.9\r\n", "9.9.9.9"},
      {"X-Forwarded-For: 1.1.1.1, 9.9.9.9,10.0.0.1\r\n", "9.9.9.9"},
      {"X-Forwarded-For: 1.1.1.1, ::FFFF:10.0.0.1\r\n", "1.1.1.1"},
      {"X-Forwarded-For: 2001:DB8::0:1\r\n", "2001:db8::1"},
      {"X-Forwarded-For: 1.1.1.1, <script>\r\n", "127.0.0.1"},
      {"X-Forwarded-For: 1.1.1.1, unknown, 10.0.0.1\r\n", "10.0.0.1"},
      {"X-Forwarded-For: ,\r\n", "127.0.0.1"},
      {"X-Forwarded-Proto: http\r\n", "127.0.0.1"},
  };
  for (const auto& row : rows) EXPECT_EQ(ask(row.headers), row.client) << row.headers;
  EXPECT_THROW(TrustedProxies({"proxy.example"}), std::runtime_error);
}

TEST_F(Http, survives_a_site_that_throws_or_forgets_to_answer) {
  site.planner = [](const RequestHead& head) {
    if (head.path == "/plan") throw std::runtime_error("plan");
    return BodyPlan{};
  };
  site.answerer = [](Request request, Reply reply) {
    if (request.head.path == "/throw") throw std::runtime_error("answer");
    if (request.head.path == "/late") {
      std::thread([reply = std::move(reply)] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
      }).detach();
    }
    if (request.head.path == "/twice") {
      reply(text("one"));
      reply(text("two"));
    }
  };
  start();
  for (auto path : {"/throw", "/forget", "/late", "/plan"}) {
    RawClient client(address());
    EXPECT_EQ(client.get(path).status, 500) << path;
  }
  RawClient client(address());
  EXPECT_EQ(client.get("/twice").body, "one");
  EXPECT_EQ(client.get("/twice").body, "one");
}

TEST_F(Http, tells_why_it_cannot_listen) {
  start();
  try {
    Server::open({address(), {}, {}}, site);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("cannot listen on " + address() + ": "));
  }
  EXPECT_THROW(Server::open({"nonsense", {}, {}}, site), std::runtime_error);
}

}  // namespace
}  // namespace baijin::net::testing
