// Our own net room with a site that does nothing, to be held against bare_server.
//   net_server --listen 127.0.0.1:PORT --bytes N [--threads 1]
// With --threads 1 the answers come from another thread, as the hub's do.
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "net/server.h"

namespace {

class FixedSite final : public baijin::Site {
 public:
  FixedSite(std::size_t bytes, bool own_thread) : body_(bytes, 'x') {
    if (own_thread) thread_ = std::thread([this] { work(); });
  }
  baijin::BodyPlan plan(const baijin::RequestHead&) override { return {}; }
  void answer(baijin::Request, baijin::Reply reply) override {
    if (!thread_.joinable()) return reply(response());
    {
      std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(reply));
    }
    come_.notify_one();
  }
  std::optional<baijin::Response> refuse_live(const baijin::RequestHead&) override { return {}; }
  std::unique_ptr<baijin::LiveListener> connect(const baijin::RequestHead&,
                                                std::shared_ptr<baijin::LiveLine> line) override {
    struct Echo final : baijin::LiveListener {
      explicit Echo(std::shared_ptr<baijin::LiveLine> line_) : line(std::move(line_)) {}
      void received(std::string_view text) override {
        line->send(std::make_shared<const std::string>(text));
      }
      void closed() override {}
      std::shared_ptr<baijin::LiveLine> line;
    };
    return std::make_unique<Echo>(std::move(line));
  }

 private:
  baijin::Response response() const {
    baijin::Response made;
    made.headers.emplace_back("Content-Type", "application/json");
    made.body = body_;
    return made;
  }
  [[noreturn]] void work() {
    while (true) {
      std::unique_lock lock(mutex_);
      come_.wait(lock, [this] { return !waiting_.empty(); });
      auto reply = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      reply(response());
    }
  }
  const std::string body_;
  std::mutex mutex_;
  std::condition_variable come_;
  std::deque<baijin::Reply> waiting_;
  std::thread thread_;
};

}  // namespace

int main(int count, char** words) {
  baijin::net::Options options;
  std::size_t bytes = 200;
  bool own_thread = false;
  for (int i = 1; i + 1 < count; i += 2) {
    std::string_view name = words[i];
    if (name == "--listen") options.listen = words[i + 1];
    else if (name == "--bytes") bytes = std::strtoull(words[i + 1], nullptr, 10);
    else if (name == "--threads") own_thread = std::atoi(words[i + 1]) > 0;
  }
  options.limits.connections_per_address = options.limits.connections;
  static FixedSite site(bytes, own_thread);  // outlives everything: it ends with the process
  auto server = baijin::net::Server::open(options, site);
  server->start();
  std::printf("%s\n", server->address().c_str());
  std::fflush(stdout);
  while (true) pause();
}
