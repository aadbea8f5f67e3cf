#include <fmt/format.h>

#include <csignal>
#include <cstdio>

#include "base/log.h"
#include "hub/change.h"
#include "hub/pages.h"
#include "hub/serve.h"
#include "main/commands.h"
#include "main/run.h"
#include "modules/accounts/accounts.h"

namespace baijin {
namespace {

constexpr int stop_wait_ms = 10'000;

// Blocked before any thread starts, so that only wait_for_signal() hears them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

std::string net_metrics(const net::Figures& figures) {
  return fmt::format(
      "# TYPE baijin_connections gauge\nbaijin_connections {}\n"
      "# TYPE baijin_connections_refused_total counter\nbaijin_connections_refused_total {}\n",
      figures.connections, figures.refused);
}

// A desk without people prints its one-time link; there is no password to guess (checklist 58).
void invite_first_person(Hub& hub) {
  std::string link;
  hub.change(program_actor(), [&](Change& change) {
    if (change.any("SELECT u.id FROM users u {all: is there anybody} LIMIT 1")) return;
    link = accounts::make_setup_link(change);
  });
  if (!link.empty()) {
    fmt::print("This desk has no people yet. Open this link once to set it up:\n  {}\n", link);
  }
}

}  // namespace

int run(const Config& config, Opened& desk, const std::function<void(const std::string&)>& greet) {
  auto signals = block_signals();
  auto& hub = *desk.hub;
  Serve hall(hub, embedded_pages());
  auto server = net::Server::open(net_options(config), hall);
  hall.also_metrics([&] { return net_metrics(server->figures()); });
  hub.start();
  server->start();
  greet("http://" + server->address());
  std::fflush(stdout);
  int heard = 0;
  sigwait(&signals, &heard);
  log::info("stopping", {{"signal", heard}});
  hall.leaving();
  desk.lines->stop();
  server->stop(stop_wait_ms);
  hub.stop();
  return 0;
}

int serve(const Config& config) {
  auto signals = block_signals();
  (void)signals;
  auto desk = open_desk(config, Hold::alone);
  invite_first_person(*desk.hub);
  return run(config, desk,
             [](const std::string& address) { fmt::print("Baijin serves at {}\n", address); });
}

}  // namespace baijin
