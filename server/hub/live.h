#pragma once
// Live push: `{seq, kind, subject}` of committed events to who may know of them, judged object by
// object at send time (W2) with rights that are at most half a second old (Z8); and who is looking
// at what.
//
// A client sends {"after": seq}, {"watch": "ticket:17"}, {"writing": "reply" | "note" | null} about
// what it watches, {"leave": true}. It receives events, {"present": …} about what it watches,
// {"reset": true} when it was away too long to be told what it missed. `seq` is that of the event
// it received last. Who says anything else, or watches what he does not see, is closed with 1008.
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
    Cursor place;
    std::string kind;
    Ref subject;
    bool for_customers;
    std::shared_ptr<const std::string> text;
  };

  using Lines = std::vector<std::shared_ptr<Line>>;

  void loop();
  Cursor newest();
  void forget_closed(Lines& lines);
  void look_who(Lines& lines, bool something_happened);
  void ask_who(Reader& reader, Line& line);
  void take_messages(Line& line);
  void obey(Line& line, std::string_view message);
  std::vector<News> read_news(Cursor& place, int limit);
  void push_to(const Lines& lines, const std::vector<News>& news);
  void push_to(Reader& all, Line& line, const std::vector<News>& news);
  void catch_up(const std::shared_ptr<Line>& line);
  void show_presence(const Lines& lines);
  void end(Line& line, int code, std::string_view reason);
  Lines all_lines() const;

  Hub& hub_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool rung_ = false, stopping_ = false;
  std::map<std::int64_t, std::shared_ptr<Line>> lines_;
  std::int64_t next_line_ = 1;
  Cursor place_;
  bool placed_ = false;
  std::map<std::string, std::string> shown_;  // subject → presence last sent, and to whom
  std::thread thread_;
};

}  // namespace baijin
