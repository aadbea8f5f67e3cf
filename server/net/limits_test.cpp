// Time and number: security.md 47 and R12.
#include "net/test_client.h"

namespace baijin::net::testing {
namespace {

using LimitsTest = NetTest;

Limits quick() {
  Limits limits;
  limits.header_ms = 200;
  limits.idle_ms = 300;
  limits.body_window_ms = 200;
  limits.write_stall_ms = 300;
  return limits;
}

std::int64_t elapsed_ms(std::chrono::steady_clock::time_point since) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               since)
      .count();
}

TEST_F(LimitsTest, slow_heads_are_408_R12) {
  start(quick());
  auto begin = std::chrono::steady_clock::now();
  RawClient client(address());
  // A byte now and then does not prolong it.
  const std::string slow = "GET / HTTP/1.1\r\nHost: h\r\nX: ";
  for (char c : slow) {
    if (!client.send({&c, 1})) break;
    if (client.receive(15)) break;
  }
  EXPECT_EQ(client.answer().status, 408);
  EXPECT_TRUE(client.closed());
  EXPECT_LT(elapsed_ms(begin), 2'000);
}

TEST_F(LimitsTest, silent_connections_are_closed) {
  start(quick());
  RawClient silent(address());
  RawClient idle(address());
  EXPECT_EQ(idle.get("/").status, 200);
  EXPECT_TRUE(silent.closed(2'000));
  EXPECT_TRUE(idle.closed(2'000));
  EXPECT_TRUE(soon([&] { return server->figures().connections == 0; }));
}

TEST_F(LimitsTest, slow_bodies_are_408_R12) {
  start(quick());
  RawClient client(address());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
  for (int i = 0; i < 100; ++i) {
    client.send("x");
    if (client.receive(10)) break;
  }
  EXPECT_EQ(client.answer().status, 408);
  EXPECT_TRUE(client.closed());
}

TEST_F(LimitsTest, bodies_that_are_fast_enough_may_take_their_time) {
  start(quick());
  RawClient client(address());
  client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n");
  for (int i = 0; i < 60; ++i) {
    client.send(std::string(1'000, 'x'));
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
  }
  EXPECT_EQ(client.answer().status, 200);
}

TEST_F(LimitsTest, clients_that_read_nothing_are_cut) {
  auto big = std::make_shared<const std::string>(64 << 20, 'b');
  site.answerer = [&](Request, Reply reply) {
    Response response;
    response.shared_body = big;
    reply(std::move(response));
  };
  start(quick());
  RawClient client(address(), "127.0.0.1", 4'096);
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_TRUE(soon([&] { return server->figures().requests == 1; }));
  EXPECT_TRUE(soon([&] { return server->figures().connections == 0; }));
}

TEST_F(LimitsTest, connections_are_counted_in_all_and_by_address) {
  Limits limits;
  limits.connections = 6;
  limits.connections_per_address = 3;
  start(limits);
  std::vector<std::unique_ptr<RawClient>> clients;
  auto enter = [&](const std::string& from) {
    clients.push_back(std::make_unique<RawClient>(address(), from));
    return clients.back()->get("/").status;
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(enter("127.0.0.2"), 200);
  EXPECT_EQ(enter("127.0.0.2"), 503);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(enter("127.0.0.3"), 200);
  EXPECT_EQ(enter("127.0.0.4"), 503);
  EXPECT_EQ(server->figures().refused, 2);
  clients.front()->close();
  EXPECT_TRUE(soon([&] { return server->figures().connections == 5; }));
  EXPECT_EQ(enter("127.0.0.4"), 200);
}

TEST_F(LimitsTest, a_thousand_slow_connections_stop_nobody_R12) {
  start();
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 1'000; ++i) {
    slow.push_back(std::make_unique<RawClient>(address()));
    ASSERT_TRUE(slow.back()->connected());
    slow.back()->send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: h\r\nX-Slow"
                                 : "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99\r\n\r\nx");
  }
  EXPECT_TRUE(soon([&] { return server->figures().connections == 1'000; }));
  RawClient normal(address());
  std::int64_t worst = 0;
  for (int i = 0; i < 500; ++i) {
    auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(normal.get("/").status, 200);
    worst = std::max(worst, elapsed_ms(begin));
    slow[static_cast<std::size_t>(i)]->send("y");
  }
  EXPECT_LT(worst, 200);
}

using Stopping = NetTest;

TEST_F(Stopping, lets_running_requests_end) {
  std::optional<Reply> waiting;
  std::atomic<bool> arrived{false};
  site.answerer = [&](Request, Reply reply) {
    waiting = std::move(reply);
    arrived = true;
  };
  start();
  RawClient running(address());
  RawClient idle(address());
  running.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(soon([&] { return arrived.load(); }));
  std::thread stopper([&] { server->stop(5'000); });
  EXPECT_TRUE(idle.closed());
  RawClient late(address());
  EXPECT_FALSE(late.connected());
  (*waiting)(text("done"));
  auto answer = running.answer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("Connection"), "close");
  running.close();
  stopper.join();
}

TEST_F(Stopping, cuts_what_takes_too_long_and_replies_may_come_later) {
  std::optional<Reply> waiting;
  std::atomic<bool> arrived{false};
  site.answerer = [&](Request, Reply reply) {
    waiting = std::move(reply);
    arrived = true;
  };
  start();
  RawClient client(address());
  client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  ASSERT_TRUE(soon([&] { return arrived.load(); }));
  auto begin = std::chrono::steady_clock::now();
  server->stop(100);
  EXPECT_LT(elapsed_ms(begin), 1'000);
  EXPECT_TRUE(client.closed());
  server.reset();
  (*waiting)(text("too late"));
}

TEST_F(Stopping, without_having_started_is_nothing) {
  server = Server::open({"127.0.0.1:0", {}, {}}, site);
  server->stop(1'000);
  server.reset();
}

}  // namespace
}  // namespace baijin::net::testing
