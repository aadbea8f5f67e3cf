#pragma once
// The one hall every request goes through (architecture.md §6): route → who → right → decode → open
// Reader or Change → the module's function → events, commit → encode → ring the bell.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "hub/guessing.h"
#include "hub/http.h"
#include "hub/hub.h"
#include "hub/pages.h"

namespace baijin {

// A few threads and a bounded queue.
class Lanes {
 public:
  Lanes(int threads, std::size_t longest_queue);
  ~Lanes();
  bool post(std::function<void()> work);  // false when the queue is full

 private:
  void loop();
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  std::size_t longest_queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

class Serve final : public Site {
 public:
  Serve(Hub& hub, std::span<const EmbeddedPage> pages);
  ~Serve() override;  // waits until every request is answered

  BodyPlan plan(const RequestHead& head) override;
  void answer(Request request, Reply reply) override;
  std::optional<Response> refuse_live(const RequestHead& head) override;
  std::unique_ptr<LiveListener> connect(const RequestHead& head,
                                        std::shared_ptr<LiveLine> line) override;
  // What /metrics appends: net/ counts connections.
  void also_metrics(std::function<std::string()> more) { more_metrics_ = std::move(more); }
  // From now on /readyz says no, so that balancers stop sending.
  void leaving() { leaving_ = true; }

 private:
  struct Visit;  // one request on its way through
  void find_route(Visit& visit) const;
  void handle(const std::shared_ptr<Visit>& visit);
  void read(const std::shared_ptr<Visit>& visit);
  void change(const std::shared_ptr<Visit>& visit);
  void encode(Visit& visit) const;
  bool replay(Change& change, Visit& visit);
  void remember(Change& change, const Visit& visit);
  Response answer_of(Visit& visit) const;
  Response refusal(const Visit& visit, const Error& error);
  void finish(Visit& visit, std::exception_ptr problem);
  void send(Visit& visit, Response response);
  void answer_system(Visit& visit);
  Actor who(Reader& reader, const RequestHead& head) const;
  std::string next_number();

  Hub& hub_;
  Pages pages_;
  std::string openapi_;
  std::atomic<std::uint64_t> counter_{0};
  std::string number_prefix_;
  std::atomic<bool> leaving_{false};
  Guessing guessing_;
  std::function<std::string()> more_metrics_;
  std::unique_ptr<Lanes> quick_, slow_;
};

}  // namespace baijin
