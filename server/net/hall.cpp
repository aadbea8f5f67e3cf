#include "net/hall.h"

#include <time.h>

#include "net/answer_head.h"

namespace baijin::net {

std::int64_t now_ms() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return time.tv_sec * 1'000 + time.tv_nsec / 1'000'000;
}

// Proxies are not counted by address: behind each of them are many people.
bool Hall::has_room_for(const std::string& peer) const {
  if (connection_count >= options.limits.connections) return false;
  auto found = per_peer_.find(peer);
  return found == per_peer_.end() || proxies.trusts(peer) ||
         found->second < options.limits.connections_per_address;
}

void Hall::enter(Connection& connection) {
  connection.place_ = connections_.insert(connections_.end(), &connection);
  ++per_peer_[connection.peer()];
  ++connection_count;
  if (connection.live()) ++live_count;
}

void Hall::leave(Connection& connection) {
  connections_.erase(connection.place_);
  auto found = per_peer_.find(connection.peer());
  if (--found->second == 0) per_peer_.erase(found);
  --connection_count;
  if (connection.live()) --live_count;
  if (!stopping || !connections_.empty()) return;
  std::lock_guard lock(gate_);
  empty_ = true;
  emptied_.notify_all();
}

// A visit may make the visited one leave, so it is held and the next place is taken before.
template <class Visit>
void Hall::each(Visit visit) {
  for (auto place = connections_.begin(); place != connections_.end();) {
    auto connection = (*place)->shared_from_this();
    ++place;
    visit(*connection);
  }
}

void Hall::tick(std::int64_t now) {
  date_line = net::date_line();
  each([now](Connection& connection) { connection.tick(now); });
}

void Hall::stop_all() {
  stopping = true;
  each([](Connection& connection) { connection.stop(); });
  if (!connections_.empty()) return;
  std::lock_guard lock(gate_);
  empty_ = true;
  emptied_.notify_all();
}

void Hall::cut_all() {
  each([](Connection& connection) { connection.cut(); });
}

void Hall::end() {
  // The io thread has ended, so this thread takes its place for the handlers that were aborted.
  io_thread = std::this_thread::get_id();
  {
    std::lock_guard lock(gate_);
    ended_ = true;
  }
  io.restart();
  io.poll();
}

bool Hall::wait_until_empty(int wait_ms) {
  std::unique_lock lock(gate_);
  auto is_empty = [this] { return empty_; };
  if (wait_ms >= 0) {
    return emptied_.wait_for(lock, std::chrono::milliseconds(wait_ms), is_empty);
  }
  emptied_.wait(lock, is_empty);
  return true;
}

}  // namespace baijin::net
