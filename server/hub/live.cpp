#include "hub/live.h"

#include <algorithm>
#include <deque>
#include <set>

#include "base/log.h"
#include "hub/hub.h"
#include "hub/reader.h"

namespace baijin {
namespace {

constexpr int news_a_round = 1'000;
constexpr int missed_at_most = 1'000;
constexpr std::size_t watched_at_most = 20;
constexpr std::size_t messages_at_most = 200;  // waiting to be obeyed; net/ lets 20 a second in
constexpr auto look_again = std::chrono::milliseconds(1'000);
constexpr auto gather_wait = std::chrono::milliseconds(10);
// Rights are asked for anew when something happened (taking one away is an event), but not for
// every event of a busy desk; a quiet line only now and then, for sessions that run out.
constexpr std::int64_t busy_age_ms = 500, quiet_age_ms = 30'000;
constexpr int nobody_code = 4401;
constexpr int protocol_code = 1008;
constexpr int trouble_code = 1011;

std::shared_ptr<const std::string> shared_text(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

struct Live::Line {
  std::int64_t number = 0;
  Credentials credentials;
  std::shared_ptr<LiveLine> line;
  Actor actor;
  bool known = false;                  // `actor` is who it is
  bool ended = false;                  // closed by us
  std::int64_t asked_ms = 0;           // when `actor` was asked for
  bool outdated = false;               // something happened since
  std::optional<std::int64_t> missed;  // send what came after this seq first
  std::set<std::string> watched;
  std::string writing;  // "reply", "note" or nothing
  std::mutex mutex;     // guards what follows: filled by net/, emptied here
  std::deque<std::string> messages;
  bool closed = false;  // by the other side
  bool flooded = false;
};

class Live::Listener final : public LiveListener {
 public:
  Listener(Live& live, std::shared_ptr<Line> line) : live_(live), line_(std::move(line)) {}
  void received(std::string_view text) override {
    {
      std::lock_guard lock(line_->mutex);
      if (line_->messages.size() < messages_at_most) line_->messages.emplace_back(text);
      else line_->flooded = true;
    }
    live_.ring();
  }
  void closed() override {
    {
      std::lock_guard lock(line_->mutex);
      line_->closed = true;
    }
    live_.ring();
  }

 private:
  Live& live_;
  std::shared_ptr<Line> line_;
};

Live::Live(Hub& hub) : hub_(hub) {}
Live::~Live() { stop(); }

void Live::start() {
  place_ = newest();  // whoever connects from now on hears what happens from now on
  placed_ = true;
  thread_ = std::thread([this] { loop(); });
}

void Live::stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Live::ring() {
  {
    std::lock_guard lock(mutex_);
    if (lines_.empty()) return;  // nobody listens: the next look is soon enough
    rung_ = true;
  }
  wake_.notify_one();
}

std::size_t Live::lines() const {
  std::lock_guard lock(mutex_);
  return lines_.size();
}

Live::Lines Live::all_lines() const {
  std::lock_guard lock(mutex_);
  Lines all;
  for (const auto& [number, line] : lines_) all.push_back(line);
  return all;
}

std::unique_ptr<LiveListener> Live::connect(Credentials credentials,
                                            std::shared_ptr<LiveLine> line) {
  auto made = std::make_shared<Line>();
  made->credentials = std::move(credentials);
  made->line = std::move(line);
  {
    std::lock_guard lock(mutex_);
    made->number = next_line_++;
    lines_[made->number] = made;
    rung_ = true;
  }
  wake_.notify_one();
  return std::make_unique<Listener>(*this, made);
}

void Live::loop() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, look_again, [&] { return rung_ || stopping_; });
      if (stopping_) return;
      if (rung_) wake_.wait_for(lock, gather_wait, [&] { return stopping_; });
      rung_ = false;
    }
    try {
      push();
    } catch (const std::exception& problem) {
      log::error("live.failed", {{"why", problem.what()}});
    }
  }
}

Cursor Live::newest() {
  Cursor place;
  hub_.read(program_actor(), [&](Reader& reader) { place = newest_settled(reader); });
  return place;
}

void Live::push() {
  // Looked up before the lines are: what happens after somebody connected is never skipped.
  auto before = placed_ && lines() > 0 ? place_ : newest();
  auto lines = all_lines();
  if (!placed_ || lines.empty()) place_ = before;
  placed_ = true;
  if (lines.empty()) return shown_.clear();
  forget_closed(lines);
  while (true) {
    auto place = place_;
    auto news = read_news(place, news_a_round);
    look_who(lines, !news.empty());
    for (const auto& line : lines) take_messages(*line);
    for (const auto& line : lines) {
      if (line->missed && !line->ended) catch_up(line);
    }
    push_to(lines, news);
    place_ = place;
    if (news.size() < news_a_round) break;
  }
  show_presence(lines);
}

void Live::forget_closed(Lines& lines) {
  std::erase_if(lines, [&](const auto& line) {
    std::unique_lock lock(line->mutex);
    if (!line->closed) return false;
    lock.unlock();
    std::lock_guard all(mutex_);
    lines_.erase(line->number);
    return true;
  });
}

void Live::end(Line& line, int code, std::string_view reason) {
  line.ended = true;
  line.line->close(code, reason);
  std::lock_guard lock(mutex_);
  lines_.erase(line.number);
}

void Live::look_who(Lines& lines, bool something_happened) {
  auto now = hub_.clock().steady_ms();
  // An event right after somebody was asked for is remembered until he may be asked for again.
  if (something_happened) {
    for (const auto& line : lines) line->outdated = true;
  }
  auto is_due = [&](const Line& line) {
    auto age = now - line.asked_ms;
    return !line.ended && (!line.known || age >= (line.outdated ? busy_age_ms : quiet_age_ms));
  };
  if (std::none_of(lines.begin(), lines.end(), [&](const auto& l) { return is_due(*l); })) return;
  hub_.read(program_actor(), [&](Reader& reader) {
    for (const auto& line : lines) {
      if (!is_due(*line)) continue;
      ask_who(reader, *line);
      line->asked_ms = now;
      line->outdated = false;
    }
  });
}

void Live::ask_who(Reader& reader, Line& line) {
  try {
    const auto& identify = hub_.registry().identify;
    line.actor = identify ? identify(reader, line.credentials) : nobody();
    if (line.actor.kind == ActorKind::nobody) return end(line, nobody_code, "unauthenticated");
    line.known = true;
    RequestContext request;
    Reader own(hub_, reader.connection(), line.actor, request);
    std::erase_if(line.watched, [&](const auto& text) { return !own.sees(*parse_ref(text)); });
  } catch (const std::exception& problem) {
    const auto* error = dynamic_cast<const Error*>(&problem);
    bool passes = error && error->kind == Kind::busy;
    // What this one shows is the trouble: the others must not go without because of it.
    if (!passes) end(line, trouble_code, "internal");
    throw;
  }
}

void Live::take_messages(Line& line) {
  std::deque<std::string> messages;
  bool flooded = false;
  {
    std::lock_guard lock(line.mutex);
    messages.swap(line.messages);
    flooded = line.flooded;
  }
  if (line.ended) return;
  if (flooded) return end(line, protocol_code, "too_many");
  for (const auto& message : messages) {
    try {
      obey(line, message);
    } catch (const Error& error) {
      if (error.kind == Kind::busy) throw;
      return end(line, protocol_code, error.reason);
    }
  }
}

void Live::obey(Line& line, std::string_view message) {
  auto value = parse_json(message);
  const auto* object = value.if_object();
  if (!object) throw invalid("wrong_type");
  for (const auto& [name, what] : *object) {
    if (name == "after") {
      line.missed = json_integer(what);
    } else if (name == "watch") {
      auto ref = parse_ref(json_text(what));
      bool sees = false;
      if (ref) {
        RequestContext request;
        hub_.read_as(line.actor, request, [&](Reader& reader) { sees = reader.sees(*ref); });
      }
      if (!sees) throw not_found();
      if (line.watched.size() >= watched_at_most) throw invalid("too_many");
      line.watched.insert(ref->text());
    } else if (name == "writing") {
      line.writing = what.is_null() ? "" : std::string(json_text(what));
      if (!line.writing.empty() && line.writing != "reply" && line.writing != "note") {
        throw invalid("not_a_choice");
      }
    } else if (name == "leave") {
      line.watched.clear();
      line.writing.clear();
    } else {
      throw invalid("unknown_field");
    }
  }
}

std::vector<Live::News> Live::read_news(Cursor& place, int limit) {
  std::vector<News> news;
  hub_.read(program_actor(), [&](Reader& reader) {
    for (const auto& event : settled_events(reader, place, limit)) {
      place = {event.tx, event.seq};
      std::string text;
      JsonWriter out(text);
      out.begin_object();
      out.key("seq");
      out.number(event.seq);
      out.key("kind");
      out.text(event.kind);
      out.key("subject");
      out.text(event.subject.text());
      out.end_object();
      news.push_back({place, event.kind, event.subject, event.audience == "customer",
                      shared_text(std::move(text))});
    }
  });
  return news;
}

void Live::push_to(const Lines& lines, const std::vector<News>& news) {
  if (news.empty()) return;
  hub_.read(program_actor(), [&](Reader& all) {
    for (const auto& line : lines) {
      if (!line->ended) push_to(all, *line, news);
    }
  });
}

// Which of the subjects the line's actor sees is asked kind by kind, in one question each.
void Live::push_to(Reader& all, Line& line, const std::vector<News>& news) {
  RequestContext request;
  Reader own(hub_, all.connection(), line.actor, request);
  std::vector<const News*> meant;
  std::map<std::string_view, std::set<std::int64_t>> asked, seen;
  for (const auto& item : news) {
    if (!line.actor.staff() && !item.for_customers) continue;
    const auto* kind = hub_.registry().event(item.kind);
    if (!kind || (line.actor.staff() && !kind->right.empty() && !own.may(kind->right))) continue;
    meant.push_back(&item);
    asked[item.subject.kind].insert(item.subject.id);
  }
  for (const auto& [kind, ids] : asked) {
    std::vector<std::int64_t> list(ids.begin(), ids.end());
    auto visible = own.visible_among(kind, list);
    seen[kind].insert(visible.begin(), visible.end());
  }
  for (const auto* item : meant) {
    if (seen[item->subject.kind].contains(item->subject.id)) line.line->send(item->text);
  }
}

// What a returning client missed; when it is too much it loads everything anew.
void Live::catch_up(const std::shared_ptr<Line>& line) {
  Cursor after;
  bool reset = false;
  hub_.read(program_actor(), [&](Reader& reader) {
    try {
      auto event = event_at(reader, *line->missed);
      after = {event.tx, event.seq};
    } catch (const Error& error) {
      if (error.kind != Kind::not_found) throw;
      reset = *line->missed != 0;
    }
  });
  auto news = reset ? std::vector<News>{} : read_news(after, missed_at_most + 1);
  line->missed.reset();
  if (reset || news.size() > missed_at_most) {
    line->line->send(shared_text(R"({"reset":true})"));
    return;
  }
  std::erase_if(news, [&](const News& item) { return item.place > place_; });  // it comes anyway
  push_to({line}, news);
}

// Who is looking at and writing on what, to the members of staff who watch the same thing.
void Live::show_presence(const Lines& lines) {
  std::map<std::string, Lines> watchers;
  for (const auto& line : lines) {
    if (line->ended || !line->actor.staff()) continue;
    for (const auto& subject : line->watched) watchers[subject].push_back(line);
  }
  std::map<std::string, std::string> now;
  for (const auto& [subject, present] : watchers) {
    std::string text, to_whom;
    JsonWriter out(text);
    out.begin_object();
    out.key("subject");
    out.text(subject);
    out.key("present");
    out.begin_array();
    for (const auto& line : present) {
      out.begin_object();
      out.key("user");
      out.number(line->actor.user.value);
      out.key("name");
      out.text(line->actor.name);
      out.key("writing");
      if (line->writing.empty()) out.null();
      else out.text(line->writing);
      out.end_object();
      to_whom += " " + std::to_string(line->number);
    }
    out.end_array();
    out.end_object();
    now[subject] = text + to_whom;
    if (shown_[subject] == now[subject]) continue;
    auto shared = shared_text(text);
    for (const auto& line : present) line->line->send(shared);
  }
  shown_ = std::move(now);
}

}  // namespace baijin
