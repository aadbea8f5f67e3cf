// WebSocket: security.md W1, W2, W4 as far as sockets go.
#include <sys/resource.h>

#include "net/test_client.h"

namespace baijin::net::testing {
namespace {

constexpr std::string_view handshake =
    "GET /api/v1/live HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\n"
    "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

std::string frame(int opcode, std::string_view payload, bool fin = true, bool masked = true) {
  std::string bytes;
  bytes += static_cast<char>((fin ? 0x80 : 0) | opcode);
  int mask_bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    bytes += static_cast<char>(mask_bit | static_cast<int>(payload.size()));
  } else {
    bool huge = payload.size() > 0xffff;
    bytes += static_cast<char>(mask_bit | (huge ? 127 : 126));
    for (int shift = huge ? 56 : 8; shift >= 0; shift -= 8) {
      bytes += static_cast<char>(payload.size() >> shift);
    }
  }
  const std::string mask = masked ? "\x12\x34\x56\x78" : std::string(4, '\0');
  if (masked) bytes += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    bytes += static_cast<char>(payload[i] ^ mask[i % 4]);
  }
  return bytes;
}
std::string words(std::string_view text) { return frame(1, text); }

struct Frame {
  int opcode = -1;
  std::string payload;
  int close_code() const {
    if (opcode != 8 || payload.size() < 2) return 0;
    return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
  }
};

Frame next_frame(RawClient& client) {
  auto start = client.take(2);
  if (start.size() < 2) return {};
  auto length = static_cast<std::size_t>(start[1] & 0x7f);
  if (length >= 126) {
    auto extended = client.take(length == 126 ? 2 : 8);
    length = 0;
    for (char c : extended) length = length * 256 + static_cast<unsigned char>(c);
  }
  return {start[0] & 0x0f, client.take(length)};
}

class Live : public NetTest {
 protected:
  struct Echo final : LiveListener {
    Echo(Live& test_, std::shared_ptr<LiveLine> line_) : test(test_), line(std::move(line_)) {}
    void received(std::string_view text) override {
      if (text == "throw") throw std::runtime_error("listener");
      if (text == "bye") {
        line->send(std::make_shared<const std::string>("good bye"));
        return line->close(4401, "expired");
      }
      line->send(std::make_shared<const std::string>(text));
    }
    void closed() override { ++test.closed; }
    Live& test;
    std::shared_ptr<LiveLine> line;
  };
  void SetUp() override {
    site.connector = [this](std::shared_ptr<LiveLine> line) {
      std::lock_guard lock(mutex);
      lines.push_back(line);
      return std::make_unique<Echo>(*this, std::move(line));
    };
  }
  std::unique_ptr<RawClient> connect(int receive_buffer = 0) {
    auto client = std::make_unique<RawClient>(address(), "127.0.0.1", receive_buffer);
    auto answer = client->ask(std::string(handshake) + "\r\n");
    EXPECT_EQ(answer.status, 101);
    EXPECT_EQ(answer.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    EXPECT_EQ(answer.header("Server"), "baijin");
    return client;
  }
  std::size_t line_count() {
    std::lock_guard lock(mutex);
    return lines.size();
  }
  std::mutex mutex;
  std::vector<std::shared_ptr<LiveLine>> lines;
  std::atomic<int> closed{0};
};

TEST_F(Live, echoes_messages_whole_and_in_fragments) {
  start();
  auto client = connect();
  client->send(words("你好"));
  EXPECT_EQ(next_frame(*client).payload, "你好");
  client->send(frame(1, "one ", false) + frame(0, "two ", false) + frame(9, "ping") +
               frame(0, "three"));
  auto pong = next_frame(*client);
  EXPECT_EQ(pong.opcode, 10);
  EXPECT_EQ(pong.payload, "ping");
  EXPECT_EQ(next_frame(*client).payload, "one two three");
  auto big = std::string(64 * 1024, 'b');
  client->send(words(big));
  EXPECT_TRUE(next_frame(*client).payload == big);
  EXPECT_EQ(server->figures().live_connections, 1);
  client->send(frame(8, "\x03\xe8"));
  EXPECT_EQ(next_frame(*client).close_code(), 1000);
  EXPECT_TRUE(client->closed());
  client->close();
  EXPECT_TRUE(soon([&] { return closed == 1; }));
  EXPECT_EQ(server->figures().connections, 0);
}

TEST_F(Live, messages_the_rules_forbid_close_the_line_W4) {
  start();
  struct Row {
    const char* name;
    std::string bytes;
    int code;
  };
  const Row rows[] = {
      {"binary", frame(2, "\x01\x02"), 1003},
      {"too big", words(std::string(64 * 1024 + 1, 'x')), 1009},
      {"too big in fragments",
       frame(1, std::string(60'000, 'x'), false) + frame(0, std::string(60'000, 'x')), 1009},
      {"not UTF-8", words("\xff\xfe"), 1007},
      {"not masked", frame(1, "x", true, false), 1002},
      {"reserved opcode", frame(3, "x"), 1002},
      {"reserved bit", "\xc1" + words("x").substr(1), 1002},
      {"continuation of nothing", frame(0, "x"), 1002},
      {"fragmented ping", frame(9, "x", false), 1002},
      {"long ping", frame(9, std::string(126, 'x')), 1002},
      {"bad close code", frame(8, "\x03\xec"), 1002},
      {"listener throws", words("throw"), 1011},
      {"closed by the site after what was said", words("bye"), 4401},
  };
  int lines_before = 0;
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    auto client = connect();
    client->send(row.bytes);
    Frame last;
    while (last.opcode != 8) {
      last = next_frame(*client);
      if (last.opcode < 0) break;
      if (row.code == 4401 && last.opcode == 1) {
        EXPECT_EQ(last.payload, "good bye");
      }
    }
    EXPECT_EQ(last.close_code(), row.code);
    client->send(frame(8, last.payload));
    client->close();
    ++lines_before;
    EXPECT_TRUE(soon([&] { return closed == lines_before; }));
  }
}

TEST_F(Live, more_than_twenty_messages_a_second_close_1008_W4) {
  start();
  for (int opcode : {1, 9}) {
    auto client = connect();
    std::string many;
    for (int i = 0; i < 60; ++i) many += frame(opcode, "x");
    client->send(many);
    Frame last;
    int echoed = -1;
    do {
      last = next_frame(*client);
      ++echoed;
    } while (last.opcode != 8 && last.opcode >= 0);
    EXPECT_EQ(last.close_code(), 1008);
    EXPECT_LE(echoed, 60);
    if (opcode == 1) {
      EXPECT_LE(echoed, 40);
    }
  }
}

TEST_F(Live, a_full_send_queue_closes_1013_W4) {
  start();
  auto client = connect(4'096);
  ASSERT_TRUE(soon([&] { return line_count() == 1; }));
  auto text = std::make_shared<const std::string>(100'000, 'q');
  for (int i = 0; i < 2'000; ++i) lines[0]->send(text);
  Frame last;
  int whole = -1;
  do {
    last = next_frame(*client);
    ++whole;
  } while (last.opcode == 1);
  EXPECT_EQ(last.close_code(), 1013);
  EXPECT_LT(whole, 2'000);
  client->close();
  EXPECT_TRUE(soon([&] { return closed == 1; }));
  lines[0]->send(text);
  lines[0]->close(1000, "");
}

TEST_F(Live, a_client_that_never_reads_is_cut) {
  Limits limits;
  limits.write_stall_ms = 200;
  limits.live_queue_bytes = 64 << 20;
  start(limits);
  auto client = connect(4'096);
  ASSERT_TRUE(soon([&] { return line_count() == 1; }));
  auto text = std::make_shared<const std::string>(16 << 20, 'q');
  lines[0]->send(text);
  EXPECT_TRUE(soon([&] { return closed == 1; }));
}

TEST_F(Live, silence_is_pinged_and_then_cut) {
  Limits limits;
  limits.live_ping_ms = 150;
  start(limits);
  auto polite = connect();
  auto dead = connect();
  for (int i = 0; i < 4; ++i) {
    auto ping = next_frame(*polite);
    EXPECT_EQ(ping.opcode, 9);
    polite->send(frame(10, ping.payload));
  }
  EXPECT_TRUE(soon([&] { return closed == 1; }));
  EXPECT_EQ(server->figures().live_connections, 1);
}

TEST_F(Live, handshakes_are_checked) {
  site.refuser = [](const RequestHead& head) -> std::optional<Response> {
    if (head.header("origin") == "https://evil.example") return text("no", 403);
    return {};
  };
  start();
  auto changed = [](std::string_view what, std::string_view to) {
    std::string bytes(handshake);
    return bytes.replace(bytes.find(what), what.size(), to) + "\r\n";
  };
  struct Row {
    const char* name;
    std::string bytes;
    int status;
  };
  const Row rows[] = {
      {"foreign origin", changed("Host: h", "Host: h\r\nOrigin: https://evil.example"), 403},
      {"version", changed("Version: 13", "Version: 8"), 426},
      {"short key", changed("dGhlIHNhbXBsZSBub25jZQ==", "dGhl"), 400},
      {"bad key", changed("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j_Q=="), 400},
      {"body", changed("Host: h", "Host: h\r\nContent-Length: 3") + "abc", 400},
      {"frames too early", std::string(handshake) + "\r\n" + words("x"), 400},
      {"no upgrade in Connection", changed("keep-alive, Upgrade", "keep-alive"), 200},
      {"other protocol", changed("websocket", "h2c"), 200},
  };
  for (const auto& row : rows) {
    RawClient client(address());
    EXPECT_EQ(client.ask(row.bytes).status, row.status) << row.name;
  }
  EXPECT_EQ(line_count(), 0u);
}

TEST_F(Live, lines_are_used_from_many_threads) {
  start();
  auto client = connect();
  ASSERT_TRUE(soon([&] { return line_count() == 1; }));
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) lines[0]->send(std::make_shared<const std::string>("m"));
    });
  }
  int count = 0;
  while (count < 2'000 && next_frame(*client).payload == "m") ++count;
  EXPECT_EQ(count, 2'000);
  for (auto& thread : threads) thread.join();
}

TEST_F(Live, stop_says_going_away) {
  start();
  auto client = connect();
  auto rude = connect();
  ASSERT_TRUE(soon([&] { return line_count() == 2; }));
  std::thread stopper([&] { server->stop(300); });
  EXPECT_EQ(next_frame(*client).close_code(), 1001);
  client->send(frame(8, "\x03\xe9"));
  stopper.join();
  EXPECT_EQ(closed, 2);
}

TEST_F(Live, a_broadcast_shares_one_text_R14) {
  Limits limits;
  limits.connections_per_address = 10'000;
  start(limits);
  struct rlimit most {};
  ::getrlimit(RLIMIT_NOFILE, &most);
  auto count = std::min<std::size_t>(2'000, (most.rlim_cur - 100) / 2);
  std::vector<std::unique_ptr<RawClient>> clients;
  for (std::size_t i = 0; i < count; ++i) clients.push_back(connect());
  ASSERT_TRUE(soon([&] { return line_count() == count; }));
  auto text = std::make_shared<const std::string>("{\"seq\":1}");
  auto begin = std::chrono::steady_clock::now();
  for (auto& line : lines) line->send(text);
  for (auto& client : clients) ASSERT_EQ(next_frame(*client).payload, *text);
  auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took, std::chrono::seconds(1));
  lines.clear();
}

}  // namespace
}  // namespace baijin::net::testing
