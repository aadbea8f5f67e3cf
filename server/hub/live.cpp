#include "hub/live.h"

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
constexpr auto look_again = std::chrono::milliseconds(1'000);  // revoked lines close within 2 s
constexpr auto gather_wait = std::chrono::milliseconds(10);
constexpr int nobody_code = 4401;
constexpr int protocol_code = 1008;

std::shared_ptr<const std::string> shared_text(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

}  // namespace

struct Live::Line {
  std::int64_t number = 0;
  Credentials credentials;
  std::shared_ptr<LiveLine> line;
  Actor actor;
  bool known = false;                    // `actor` is who it is
  std::optional<std::int64_t> missed;    // send what came after this seq first
  std::set<std::string> watched;
  std::string writing;                   // "reply", "note" or nothing
  std::mutex mutex;                      // guards what follows: filled by net/, emptied here
  std::deque<std::string> messages;
  bool closed = false;
};

class Live::Listener final : public LiveListener {
 public:
  Listener(Live& live, std::shared_ptr<Line> line) : live_(live), line_(std::move(line)) {}
  void received(std::string_view text) override {
    {
      std::lock_guard lock(line_->mutex);
      line_->messages.emplace_back(text);
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
    rung_ = true;
  }
  wake_.notify_one();
}

std::size_t Live::lines() const {
  std::lock_guard lock(mutex_);
  return lines_.size();
}

std::vector<std::shared_ptr<Live::Line>> Live::all_lines() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Line>> all;
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

void Live::push() {
  if (!placed_) {
    hub_.read(program_actor(), [&](Reader& reader) { place_ = newest_settled(reader); });
    placed_ = true;
  }
  auto lines = all_lines();
  for (auto& line : lines) {
    if (still_somebody(*line)) take_messages(*line);
  }
  if (lines.empty()) {  // nobody listens: only keep up
    hub_.read(program_actor(), [&](Reader& reader) { place_ = newest_settled(reader); });
    return;
  }
  while (true) {
    auto news = read_news(place_, news_a_round);
    if (news.empty()) break;
    for (auto& line : lines) {
      if (line->known) push_to(*line, news);
    }
  }
  show_presence();
}

// Asks anew each round: rights that were taken away, sessions that ended (Z8).
bool Live::still_somebody(Line& line) {
  bool gone = false;
  {
    std::lock_guard lock(line.mutex);
    gone = line.closed;
  }
  if (!gone) {
    hub_.read(program_actor(), [&](Reader& reader) {
      line.actor = hub_.registry().identify ? hub_.registry().identify(reader, line.credentials)
                                            : nobody();
    });
    if (line.actor.kind == ActorKind::nobody) {
      line.line->close(nobody_code, "unauthenticated");
      gone = true;
    }
  }
  if (gone) {
    line.known = false;
    std::lock_guard lock(mutex_);
    lines_.erase(line.number);
    return false;
  }
  line.known = true;
  return true;
}

void Live::take_messages(Line& line) {
  std::deque<std::string> messages;
  {
    std::lock_guard lock(line.mutex);
    messages.swap(line.messages);
  }
  for (const auto& message : messages) {
    try {
      obey(line, message);
    } catch (const Error& error) {
      line.line->close(protocol_code, error.reason);
      return;
    }
  }
  if (line.missed) catch_up(line);
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
      news.push_back({event.seq, event.kind, event.subject, event.audience == "customer",
                      shared_text(std::move(text))});
    }
  });
  return news;
}

void Live::push_to(Line& line, const std::vector<News>& news) {
  RequestContext request;
  hub_.read_as(line.actor, request, [&](Reader& reader) {
    std::map<std::string, bool> seen;  // one question per subject
    for (const auto& item : news) {
      if (!line.actor.staff() && !item.for_customers) continue;
      const auto* kind = hub_.registry().event(item.kind);
      if (!kind || (line.actor.staff() && !kind->right.empty() && !reader.may(kind->right))) continue;
      auto [known, fresh] = seen.try_emplace(item.subject.text(), false);
      if (fresh) known->second = reader.sees(item.subject);
      if (known->second) line.line->send(item.text);
    }
  });
}

// What a returning client missed; when it is too much it loads everything anew.
void Live::catch_up(Line& line) {
  Cursor after;
  bool reset = false;
  hub_.read(program_actor(), [&](Reader& reader) {
    try {
      auto event = event_at(reader, *line.missed);
      after = {event.tx, event.seq};
    } catch (const Error&) {
      reset = *line.missed != 0;
    }
  });
  line.missed.reset();
  auto news = reset ? std::vector<News>{} : read_news(after, missed_at_most + 1);
  if (reset || news.size() > missed_at_most) {
    line.line->send(shared_text(R"({"reset":true})"));
    return;
  }
  std::erase_if(news, [&](const News& item) { return item.seq > place_.seq; });
  push_to(line, news);
}

// Who is looking at and writing on what, to the members of staff who watch the same thing.
void Live::show_presence() {
  std::map<std::string, std::vector<std::shared_ptr<Line>>> watchers;
  for (const auto& line : all_lines()) {
    if (!line->known || !line->actor.staff()) continue;
    for (const auto& subject : line->watched) watchers[subject].push_back(line);
  }
  std::map<std::string, std::string> now;
  for (const auto& [subject, lines] : watchers) {
    std::string text;
    JsonWriter out(text);
    out.begin_object();
    out.key("subject");
    out.text(subject);
    out.key("present");
    out.begin_array();
    for (const auto& line : lines) {
      out.begin_object();
      out.key("user");
      out.number(line->actor.user.value);
      out.key("name");
      out.text(line->actor.name);
      out.key("writing");
      if (line->writing.empty()) out.null();
      else out.text(line->writing);
      out.end_object();
    }
    out.end_array();
    out.end_object();
    now[subject] = text;
    if (shown_[subject] == text) continue;
    auto shared = shared_text(text);
    for (const auto& line : lines) line->line->send(shared);
  }
  shown_ = std::move(now);
}

}  // namespace baijin
