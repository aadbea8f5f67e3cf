#pragma once
// A page that listens to the live line (WebSocket), written from RFC 6455.
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>

#include "testing/browser.h"

namespace baijin::stories {

class LiveView {
 public:
  // Opens the line as this browser, from the desk's own page unless `headers` name another Origin
  // ("" for none at all).
  explicit LiveView(const Browser& who, const Headers& headers = {});

  bool open() const { return handshake_.status == 101; }
  const Answer& handshake() const { return handshake_; }
  void say(const boost::json::value& message);
  // The next message; nothing when none came in time or the line was closed.
  std::optional<boost::json::value> next(int wait_ms = 2'000);
  // The first message of which this is true; the others are passed over.
  std::optional<boost::json::value> next_with(
      const std::function<bool(const boost::json::object&)>& wanted, int wait_ms = 3'000);
  // Whether the other side closes in time, and with which code.
  std::optional<int> closed_with(int wait_ms);

 private:
  struct Frame {
    int kind = 0;
    std::string text;
  };
  std::optional<Frame> frame(int wait_ms);
  void send_frame(int kind, const std::string& text);

  Socket socket_;
  Answer handshake_;
  std::optional<int> code_;
};

}  // namespace baijin::stories
