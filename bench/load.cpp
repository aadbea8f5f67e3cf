// The load driver: N connections that each send a request, read the whole answer and send the next.
// One thread, one epoll, no parsing beyond status, length and expected text, so that the server and
// not the driver is measured; the processor it took itself is told with the result (one JSON line).
//   load --port P [--token T] [--connections N] [--warm S] [--seconds S | --count N] [--seed N]
//        (--get TARGET | --post TARGET --bodies FILE)… [--status CODE] [--ids FILE | --range A-B]
//        [--words FILE] [--expect TEXT]… [--first N]
// Several --get and --post are the steps of one visit: its time is that of all of them.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>

#include "histogram.h"
#include "request_plan.h"

namespace {

constexpr std::size_t read_bytes = 256 * 1024;
constexpr std::int64_t most_errors = 1'000;

std::int64_t now_ns() {
  auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
}

double own_cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  auto seconds = [](const timeval& t) { return double(t.tv_sec) + double(t.tv_usec) / 1e6; };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// A generator of its own, so that the same seed asks for the same things everywhere.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15 + 1) {}
  std::uint64_t next() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return state_;
  }

 private:
  std::uint64_t state_;
};

struct Options {
  int port = 0;
  int connections = 16;
  double warm_seconds = 1, seconds = 5;
  std::int64_t count = 0;  // visits; 0: for so many seconds
  std::int64_t first = 1;
  std::uint64_t seed = 1;
  Plan plan;
};

// The head of an answer, as far as the driver needs it.
struct AnswerHead {
  int status = 0;
  std::size_t size = 0, body = 0;
};

// False: not all of the head is there.
bool read_head(std::string_view bytes, AnswerHead& head) {
  auto end = bytes.find("\r\n\r\n");
  if (end == bytes.npos) return false;
  head.size = end + 4;
  if (bytes.size() > 12) std::from_chars(bytes.data() + 9, bytes.data() + 12, head.status);
  auto at = bytes.substr(0, end).find("\r\nContent-Length: ");
  head.body = 0;
  if (at != bytes.npos) {
    const char* digits = bytes.data() + at + 18;
    std::from_chars(digits, bytes.data() + end, head.body);
  }
  return true;
}

class Driver {
 public:
  explicit Driver(Options options)
      : options_(std::move(options)),
        chance_(options_.seed),
        next_(options_.first),
        room_(read_bytes) {}

  void run();
  void print() const;
  bool succeeded() const { return errors_ == 0 && times_.total() > 0; }

 private:
  struct Line {
    int socket = -1;
    std::size_t step = 0;
    std::int64_t n = 0, id = 0, started = 0;
    std::string_view word;
    std::string out, in;
    std::size_t sent = 0;
    bool waits = false;  // for room in the socket's buffer
  };

  void open(Line& line);
  void begin_visit(Line& line);
  void send_step(Line& line);
  void go_on_sending(Line& line);
  void receive(Line& line);
  bool take_answer(Line& line, std::string_view bytes);
  void check(const Line& line, const AnswerHead& head, std::string_view body);
  void error(const Line& line, std::string_view what, std::string_view body);
  bool over() const;
  [[noreturn]] static void fail(const char* what) {
    throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
  }

  Options options_;
  Chance chance_;
  std::int64_t next_, begun_ = 0, done_ = 0;
  std::int64_t measured_from_ = 0, end_ = 0, ended_ = 0;
  double cpu_from_ = 0, cpu_ = 0;
  int epoll_ = -1;
  std::vector<std::unique_ptr<Line>> lines_;
  std::vector<char> room_;
  Histogram times_;
  std::uint64_t body_bytes_ = 0, answers_ = 0;
  std::int64_t errors_ = 0;
  std::map<int, std::int64_t> statuses_;
  std::string first_error_, expected_;
};

void Driver::open(Line& line) {
  line.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (line.socket < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(options_.port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(line.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    fail("connect");
  }
  int on = 1;
  ::setsockopt(line.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(line.socket, F_SETFL, O_NONBLOCK);
  epoll_event wanted{};
  wanted.events = EPOLLIN;
  wanted.data.ptr = &line;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, line.socket, &wanted) != 0) fail("epoll_ctl");
}

bool Driver::over() const {
  if (errors_ >= most_errors) return true;
  return options_.count > 0 ? begun_ >= options_.count : now_ns() >= end_;
}

void Driver::begin_visit(Line& line) {
  if (over()) return;
  ++begun_;
  line.n = next_++;
  line.id = options_.plan.id(chance_.next());
  line.word = options_.plan.word(chance_.next());
  line.step = 0;
  line.started = now_ns();
  send_step(line);
}

void Driver::send_step(Line& line) {
  options_.plan.write(line.out, options_.plan.steps[line.step], line.n, line.id, line.word);
  line.sent = 0;
  go_on_sending(line);
}

void Driver::go_on_sending(Line& line) {
  while (line.sent < line.out.size()) {
    auto count = ::send(line.socket, line.out.data() + line.sent, line.out.size() - line.sent,
                        MSG_NOSIGNAL);
    if (count < 0 && errno == EAGAIN) break;
    if (count < 0) fail("send");
    line.sent += static_cast<std::size_t>(count);
  }
  bool rest = line.sent < line.out.size();
  if (rest == line.waits) return;
  line.waits = rest;
  epoll_event wanted{};
  wanted.events = rest ? EPOLLIN | EPOLLOUT : EPOLLIN;
  wanted.data.ptr = &line;
  if (::epoll_ctl(epoll_, EPOLL_CTL_MOD, line.socket, &wanted) != 0) fail("epoll_ctl");
}

void Driver::receive(Line& line) {
  auto count = ::recv(line.socket, room_.data(), room_.size(), 0);
  if (count < 0 && errno == EAGAIN) return;
  if (count < 0) fail("recv");
  if (count == 0) throw std::runtime_error("the server closed a connection; " + first_error_);
  std::string_view bytes(room_.data(), static_cast<std::size_t>(count));
  if (line.in.empty()) {
    if (!take_answer(line, bytes)) line.in = bytes;
    return;
  }
  line.in += bytes;
  std::string whole;
  whole.swap(line.in);
  if (!take_answer(line, whole)) line.in.swap(whole);
}

bool Driver::take_answer(Line& line, std::string_view bytes) {
  AnswerHead head;
  if (!read_head(bytes, head) || bytes.size() < head.size + head.body) return false;
  auto now = now_ns();
  bool last = line.step + 1 == options_.plan.steps.size();
  check(line, head, bytes.substr(head.size, head.body));
  if (!last) {
    ++line.step;
    send_step(line);
    return true;
  }
  ++done_;
  if (now >= measured_from_) {
    if (cpu_from_ == 0) cpu_from_ = own_cpu_seconds();
    times_.add(now - line.started);
    ended_ = now;
  }
  begin_visit(line);
  return true;
}

void Driver::check(const Line& line, const AnswerHead& head, std::string_view body) {
  ++statuses_[head.status];
  ++answers_;
  body_bytes_ += body.size();
  const auto& plan = options_.plan;
  if (head.status != plan.steps[line.step].status) return error(line, "unexpected status", body);
  if (line.step + 1 != plan.steps.size()) return;
  for (const auto& text : plan.expected) {
    expected_.clear();
    text.fill(expected_, line.n, line.id, line.word);
    if (body.find(expected_) == body.npos) return error(line, "no " + expected_, body);
  }
}

void Driver::error(const Line& line, std::string_view what, std::string_view body) {
  if (++errors_ > 1) return;
  first_error_ = std::string(what) + " after " + line.out.substr(0, line.out.find("\r\n")) + ": " +
                 std::string(body.substr(0, 300));
  std::fprintf(stderr, "load: %s\n", first_error_.c_str());
}

void Driver::run() {
  epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll_ < 0) fail("epoll_create");
  auto begin = now_ns();
  measured_from_ = begin + static_cast<std::int64_t>(options_.warm_seconds * 1e9);
  if (options_.count > 0) measured_from_ = begin;
  end_ = measured_from_ + static_cast<std::int64_t>(options_.seconds * 1e9);
  for (int i = 0; i < options_.connections; ++i) {
    lines_.push_back(std::make_unique<Line>());
    open(*lines_.back());
  }
  for (auto& line : lines_) begin_visit(*line);
  std::vector<epoll_event> events(lines_.size());
  while (done_ < begun_) {
    int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 10'000);
    if (ready == 0) throw std::runtime_error("no answer for ten seconds");
    for (int i = 0; i < ready; ++i) {
      auto& line = *static_cast<Line*>(events[static_cast<std::size_t>(i)].data.ptr);
      auto what = events[static_cast<std::size_t>(i)].events;
      if (what & EPOLLOUT) go_on_sending(line);
      if (what & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(line);
    }
  }
  cpu_ = own_cpu_seconds() - cpu_from_;
}

void Driver::print() const {
  double seconds = double(ended_ - measured_from_) / 1e9;
  double rate = seconds > 0 ? double(times_.total()) / seconds : 0;
  std::printf(
      "{\"visits\": %llu, \"seconds\": %.3f, \"rate\": %.1f, \"p50_ms\": %.3f, "
      "\"p90_ms\": %.3f, \"p99_ms\": %.3f, \"p999_ms\": %.3f, \"max_ms\": %.3f, "
      "\"mean_ms\": %.3f, \"body_bytes\": %.1f, \"errors\": %lld, \"driver_cpu\": %.2f, "
      "\"next\": %lld, \"statuses\": {",
      static_cast<unsigned long long>(times_.total()), seconds, rate, times_.quantile_ms(0.5),
      times_.quantile_ms(0.9), times_.quantile_ms(0.99), times_.quantile_ms(0.999),
      times_.largest_ms(), times_.mean_ms(),
      double(body_bytes_) / double(std::max<std::uint64_t>(1, answers_)),
      static_cast<long long>(errors_), seconds > 0 ? cpu_ / seconds : 0,
      static_cast<long long>(next_));
  const char* comma = "";
  for (auto [status, count] : statuses_) {
    std::printf("%s\"%d\": %lld", comma, status, static_cast<long long>(count));
    comma = ", ";
  }
  std::printf("}}\n");
}

void read_range(Plan& plan, std::string_view text) {
  auto dash = text.find('-');
  if (dash == text.npos) throw std::runtime_error("--range wants FIRST-LAST");
  std::from_chars(text.data(), text.data() + dash, plan.first_id);
  std::from_chars(text.data() + dash + 1, text.data() + text.size(), plan.last_id);
}

void read_step_option(Plan& plan, std::string_view name, const std::string& value) {
  if (name == "--get") {
    plan.steps.push_back({Template(value), {}, 200});
  } else if (name == "--post") {
    plan.steps.push_back({Template(value), {}, 201});
  } else if (plan.steps.empty()) {
    throw std::runtime_error(std::string(name) + " belongs behind a step");
  } else if (name == "--bodies") {
    for (const auto& line : lines_of(value)) plan.steps.back().bodies.emplace_back(line);
  } else {
    plan.steps.back().status = std::stoi(value);
  }
}

Options read_options(int count, char** words) {
  Options options;
  auto& plan = options.plan;
  for (int i = 1; i < count; i += 2) {
    std::string_view name = words[i];
    if (i + 1 == count) throw std::runtime_error(std::string(name) + " wants a value");
    std::string value = words[i + 1];
    if (name == "--port") options.port = std::stoi(value);
    else if (name == "--token") plan.headers += "Authorization: Bearer " + value + "\r\n";
    else if (name == "--connections") options.connections = std::stoi(value);
    else if (name == "--warm") options.warm_seconds = std::stod(value);
    else if (name == "--seconds") options.seconds = std::stod(value);
    else if (name == "--count") options.count = std::stoll(value);
    else if (name == "--first") options.first = std::stoll(value);
    else if (name == "--seed") options.seed = std::stoull(value);
    else if (name == "--range") read_range(plan, value);
    else if (name == "--words") plan.words = lines_of(value);
    else if (name == "--expect") plan.expected.emplace_back(value);
    else if (name == "--ids") {
      for (const auto& line : lines_of(value)) plan.ids.push_back(std::stoll(line));
    } else if (name == "--get" || name == "--post" || name == "--bodies" || name == "--status") {
      read_step_option(plan, name, value);
    } else {
      throw std::runtime_error("load does not know " + std::string(name));
    }
  }
  if (options.port == 0 || plan.steps.empty()) {
    throw std::runtime_error("--port and a step are needed");
  }
  plan.host = "127.0.0.1:" + std::to_string(options.port);
  return options;
}

}  // namespace

int main(int count, char** words) {
  try {
    Driver driver(read_options(count, words));
    driver.run();
    driver.print();
    return driver.succeeded() ? 0 : 1;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "load: %s\n", problem.what());
    return 2;
  }
}
