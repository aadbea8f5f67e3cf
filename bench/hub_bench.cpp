// What the kernel costs: a request through Serve without sockets, the clockwork under load, the
// sealing of the event log. Prints text; run it on a quiet machine:
//   hub_bench DIRECTORY [requests]
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "db/dialect.h"
#include "hub/blobs.h"
#include "hub/clockwork.h"
#include "hub/serve.h"
#include "hub/test_notes.h"

namespace {

using namespace baijin;
using Wall = std::chrono::steady_clock;

double cpu_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  auto seconds_in = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds_in(used.ru_utime) + seconds_in(used.ru_stime);
}

double since(Wall::time_point start) {
  return std::chrono::duration<double>(Wall::now() - start).count();
}

Request request(Method method, std::string target, std::string body, std::string key = {}) {
  Request made;
  made.head.method = method;
  made.head.target = "/api/v1" + target;
  made.head.path = made.head.target.substr(0, made.head.target.find('?'));
  auto question = made.head.target.find('?');
  if (question != std::string::npos) made.head.query = made.head.target.substr(question + 1);
  made.head.address = "192.0.2.1";
  made.head.headers = {{"host", "desk.test"}, {"authorization", "Bearer staff"}};
  if (!body.empty()) made.head.headers.emplace_back("content-type", "application/json");
  if (!key.empty()) made.head.headers.emplace_back("idempotency-key", std::move(key));
  made.body = std::move(body);
  return made;
}

// `count` requests, at most `width` of them on their way at a time.
void measure(const char* what, Serve& serve, int count, int width,
             const std::function<Request(int)>& make) {
  std::mutex mutex;
  std::condition_variable wake;
  int running = 0;
  std::atomic<int> refused{0};
  auto start = Wall::now();
  auto cpu = cpu_seconds();
  for (int i = 0; i < count; ++i) {
    {
      std::unique_lock lock(mutex);
      wake.wait(lock, [&] { return running < width; });
      ++running;
    }
    serve.answer(make(i), [&](const Response& answer) {
      if (answer.status >= 400) ++refused;
      std::lock_guard lock(mutex);
      --running;
      wake.notify_one();
    });
  }
  std::unique_lock lock(mutex);
  wake.wait(lock, [&] { return running == 0; });
  auto each = [&](double seconds) { return seconds * 1e6 / count; };
  std::printf("%-34s %3d at a time %8.1f us each %8.1f us CPU %9.0f/s%s\n", what, width,
              each(since(start)), each(cpu_seconds() - cpu), count / since(start),
              refused > 0 ? "  REFUSED" : "");
}

void tell(Hub& hub, int events) {
  hub.change(program_actor(), [&](Change& change) {
    for (int i = 0; i < events; ++i) change.tell_about("notes.ticked", {"note", 1}, {});
  });
}

std::int64_t reactions_done(Hub& hub) {
  std::int64_t done = 0;
  hub.read(program_actor(), [&](Reader& reader) {
    done = reader.value<std::int64_t>("SELECT count(*) FROM echoes").value_or(1);
  });
  return done;
}

// CPU of writing 5,000 events a second for some seconds.
double busy_desk(Hub& hub, int for_seconds) {
  auto cpu = cpu_seconds();
  auto start = Wall::now();
  for (int i = 0; i < for_seconds * 200; ++i) {
    tell(hub, 25);
    std::this_thread::sleep_until(start + std::chrono::milliseconds(5 * (i + 1)));
  }
  return (cpu_seconds() - cpu) / since(start) * 100;
}

void measure_clockwork(Hub& hub) {
  auto start = Wall::now();
  hub.clockwork().settle();
  std::printf("reactions, one change each: %.1f us each\n",
              since(start) * 1e6 / static_cast<double>(reactions_done(hub)));
  while (seal_events(hub) == events_a_seal) continue;
  auto alone = busy_desk(hub, 4);
  hub.start();
  auto together = busy_desk(hub, 4);
  hub.stop();
  std::printf(
      "5,000 events a second: %.1f %% of a core for writing, %.1f %% more for clockwork "
      "and live push\n",
      alone, together - alone);
}

void measure_sealing(Hub& hub, int events) {
  for (int i = 0; i < events / 1'000; ++i) tell(hub, 1'000);
  std::atomic<bool> done{false};
  double slowest = 0;
  std::thread writer([&] {
    while (!done) {
      auto start = Wall::now();
      tell(hub, 1);
      slowest = std::max(slowest, since(start));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  auto start = Wall::now();
  auto cpu = cpu_seconds();
  int sealed = 0;
  for (int now = events_a_seal; now == events_a_seal;) sealed += now = seal_events(hub);
  auto took = since(start);
  auto used = cpu_seconds() - cpu;
  done = true;
  writer.join();
  std::printf("sealing: %d events in %.2f s (%.1f us CPU each), slowest change meanwhile %.1f ms\n",
              sealed, took, used * 1e6 / sealed, slowest * 1e3);
}

}  // namespace

int main(int arguments, char** words) {
  if (arguments < 2) {
    std::fprintf(stderr, "usage: hub_bench DIRECTORY [requests]\n");
    return 2;
  }
  std::string directory = words[1];
  int count = arguments > 2 ? std::stoi(words[2]) : 20'000;
  std::filesystem::create_directories(directory);
  auto blobs = blobs_in(directory + "/blobs");
  db::Database::open({.url = "sqlite:" + directory + "/baijin.db"})
      ->write_now([](db::Connection& connection) {
        connection.script(db::migration_text(toys::tables, connection.engine()));
      });
  HubOptions options;
  options.directory = directory;
  options.refusals_a_minute = 0;
  Hub hub(options, toys::modules, Outside{system_clock(), system_chance(), *blobs});
  auto actor = program_actor();
  actor.kind = ActorKind::staff;
  actor.user.value = 1;
  const_cast<Registry&>(hub.registry()).identify = [&](Reader&, const Credentials&) {
    return actor;
  };
  hub.open();
  {
    Serve serve(hub, {});
    auto create = [](const char* prefix, bool keyed) {
      return [=](int i) {
        auto title = prefix + std::to_string(i);
        return request(Method::post, "/notes", "{\"title\":\"" + title + "\"}", keyed ? title : "");
      };
    };
    auto get = [](int i) {
      return request(Method::get, "/notes/" + std::to_string(i % 50 + 1), "");
    };
    measure("create", serve, count / 10, 1, create("a", false));
    measure("create", serve, count, 64, create("b", false));
    measure("create with an idempotency key", serve, count, 64, create("c", true));
    measure("read one", serve, count, 1, get);
    measure("read one", serve, count * 5, 64, get);
    measure("list 50", serve, count / 5, 64,
            [](int) { return request(Method::get, "/notes", ""); });
    measure("no such route", serve, count * 5, 64,
            [](int) { return request(Method::get, "/nothing", ""); });
  }
  measure_clockwork(hub);
  measure_sealing(hub, 200'000);
  return 0;
}
