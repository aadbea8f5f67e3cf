#pragma once
// Live push: `{seq, kind, subject}` of committed events to who may know of them, judged object by
// object at send time with the rights of that moment (Z8, W2); and who is looking at what.
//
// A client sends {"after": seq}, {"watch": "ticket:17"}, {"writing": "reply" | "note" | null} about
// what it watches, {"leave": true}. It receives events, {"present": …} about what it watches,
// {"reset": true} when it was away too long to be told what it missed.
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/actor.h"
#include "hub/events.h"
#include "hub/http.h"

namespace baijin {

class Hub;
class Reader;

class Live {
 public:
  explicit Live(Hub& hub);
  ~Live();
  void start();
  void stop();
  void ring();  // something was committed

  // A new line; who it is is found out on the live thread: nobody is closed with 4401.
  std::unique_ptr<LiveListener> connect(Credentials credentials, std::shared_ptr<LiveLine> line);
  // One round on the calling thread; for tests.
  void push();
  std::size_t lines() const;

 private:
  struct Line;
  class Listener;
  struct News {
    std::int64_t seq;
    std::string kind;
    Ref subject;
    bool for_customers;
    std::shared_ptr<const std::string> text;
  };

  void loop();
  void take_messages(Line& line);
  void obey(Line& line, std::string_view message);
  std::vector<News> read_news(Cursor& place, int limit);
  bool still_somebody(Line& line);
  void push_to(Line& line, const std::vector<News>& news);
  void catch_up(Line& line);
  void show_presence();
  std::vector<std::shared_ptr<Line>> all_lines() const;

  Hub& hub_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool rung_ = false, stopping_ = false;
  std::map<std::int64_t, std::shared_ptr<Line>> lines_;
  std::int64_t next_line_ = 1;
  Cursor place_;
  bool placed_ = false;
  std::map<std::string, std::string> shown_;  // subject → presence text last sent
  std::thread thread_;
};

}  // namespace baijin
