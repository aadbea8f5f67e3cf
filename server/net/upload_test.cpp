// Bodies that go to disk: security.md R13.
#include <sys/resource.h>

#include <fstream>
#include <sstream>

#include "net/test_client.h"

namespace baijin::net::testing {
namespace {

class Uploads : public NetTest {
 protected:
  void SetUp() override {
    site.planner = [this](const RequestHead&) {
      BodyPlan plan;
      plan.limit = 200 << 20;
      plan.upload_directory = folder.path();
      return plan;
    };
    site.answerer = [](Request request, Reply reply) {
      auto& upload = request.upload.value();
      std::ostringstream words;
      words << upload.bytes << " " << upload.sha256 << " "
            << std::filesystem::file_size(upload.path);
      reply(text(words.str()));
    };
  }
  static std::string head(std::size_t length) {
    return "PUT /f HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
  }
  ScratchFolder folder;
};

std::int64_t resident_bytes() {
  std::int64_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * ::getpagesize();
}

TEST_F(Uploads, are_hashed_stored_and_removed_after_the_answer) {
  start();
  RawClient client(address());
  EXPECT_EQ(client.ask(head(3) + "abc").body,
            "3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3");
  EXPECT_EQ(client
                .ask("PUT /f HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "1\r\na\r\n2\r\nbc\r\n0\r\n\r\n")
                .body,
            "3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3");
  EXPECT_EQ(client.ask(head(0)).body,
            "0 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0");
  EXPECT_TRUE(soon([&] { return folder.files() == 0; }));
}

TEST_F(Uploads, have_a_secret_name_and_are_private) {
  std::string path;
  site.answerer = [&](Request request, Reply reply) {
    path = request.upload->path;
    EXPECT_EQ(static_cast<int>(std::filesystem::status(path).permissions()), 0600);
    std::filesystem::rename(path, folder.path() + "/kept");
    reply(text("moved"));
  };
  start();
  RawClient client(address());
  EXPECT_EQ(client.ask(head(3) + "abc").body, "moved");
  EXPECT_EQ(std::filesystem::path(path).filename().string().size(), 32 + sizeof ".upload" - 1);
  server->stop(1'000);
  EXPECT_EQ(folder.files(), 1);
}

TEST_F(Uploads, stream_100_mb_in_little_memory_R13) {
  start();
  RawClient client(address());
  constexpr std::size_t size = 100 << 20;
  const std::string piece(1 << 20, 'p');
  client.ask(head(3) + "abc");
  auto before = resident_bytes();
  std::int64_t most = 0;
  client.send(head(size));
  for (std::size_t sent = 0; sent < size; sent += piece.size()) {
    ASSERT_TRUE(client.send(piece));
    most = std::max(most, resident_bytes() - before);
  }
  auto answer = client.answer(false, 60'000);
  EXPECT_EQ(answer.body.substr(0, 10), "104857600 ");
  EXPECT_LT(most, 32 << 20);
}

TEST_F(Uploads, of_clients_that_vanish_leave_nothing) {
  start();
  RawClient client(address());
  client.send(head(1'000'000) + std::string(300'000, 'x'));
  EXPECT_TRUE(soon([&] { return folder.files() == 1; }));
  client.close();
  EXPECT_TRUE(soon([&] { return folder.files() == 0; }));
}

TEST_F(Uploads, larger_than_the_limit_leave_nothing) {
  site.planner = [this](const RequestHead&) {
    BodyPlan plan;
    plan.limit = 100;
    plan.upload_directory = folder.path();
    return plan;
  };
  start();
  RawClient declared(address());
  EXPECT_EQ(declared.ask(head(101)).status, 413);
  RawClient endless(address());
  EXPECT_EQ(endless
                .ask("PUT /f HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "fffff\r\n" +
                     std::string(5'000, 'x'))
                .status,
            413);
  EXPECT_TRUE(soon([&] { return folder.files() == 0; }));
}

TEST_F(Uploads, that_cannot_be_stored_are_errors_of_ours) {
  site.planner = [](const RequestHead&) {
    BodyPlan plan;
    plan.upload_directory = "/nowhere/at/all";
    return plan;
  };
  start();
  RawClient client(address());
  EXPECT_EQ(client.ask(head(3) + "abc").status, 500);
}

TEST_F(Uploads, on_a_full_disk_are_507) {
  // The nearest thing to a full disk: a limit on the size of files.
  struct rlimit before {};
  ::getrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, SIG_IGN);
  struct rlimit small {
    64 * 1024, before.rlim_max
  };
  ::setrlimit(RLIMIT_FSIZE, &small);
  start();
  RawClient client(address());
  auto status = client.ask(head(300'000) + std::string(300'000, 'x')).status;
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(status, 507);
  EXPECT_TRUE(soon([&] { return folder.files() == 0; }));
}

}  // namespace
}  // namespace baijin::net::testing
