// R18: a message that crashes, hangs or bloats the reader harms nobody but itself.
#include "net/guarded_reader.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "base/error.h"

namespace baijin::net {
namespace {

using mime::Reading;
using Outcome = Reading::Outcome;
using Clock = std::chrono::steady_clock;

// Does what its messages say, as a reader with a fault would.
class FaultyReader : public mime::MessageReader {
 public:
  Reading read(std::string_view bytes) override {
    auto reading = mime::direct_reader().read(bytes);
    const auto& subject = reading.message.subject;
    if (subject == "crash") ::raise(SIGSEGV);
    if (subject == "abort") ::raise(SIGABRT);
    if (subject == "exit") ::_exit(0);
    if (subject == "sleep") ::sleep(60);
    if (subject == "spin") spin();
    if (subject == "grow") grow(reading.message);
    if (subject == "garble") {
      if (::write(channel_number, "\5\0\0\0\0\0\0\0abcde", 13) == 13) ::sleep(60);
      ::_exit(1);
    }
    if (subject == "who") reading.message.text = std::to_string(::getpid());
    if (subject == "environment") reading.message.text = ::environ[0] ? ::environ[0] : "empty";
    return reading;
  }

 private:
  static void spin() {
    for (volatile std::uint64_t i = 0;;) i = i + 1;
  }
  static void grow(mime::Message& message) {
    while (true) message.text += std::string(1 << 20, 'x');
  }
};

GuardLimits quick_limits() {
  GuardLimits limits;
  limits.cpu_seconds = 1;
  limits.timeout_ms = 8'000;
  return limits;
}

// This test program itself is what is started: with these arguments it serves, and tests nothing.
ReadingProgram this_program() { return {"/proc/self/exe", {"net_tests", "serve-reading"}}; }

[[maybe_unused]] const bool is_no_reading_process = [] {
  std::ifstream file("/proc/self/cmdline");
  std::string program;
  std::string first;
  std::getline(file, program, '\0');
  std::getline(file, first, '\0');
  if (first != "serve-reading") return true;
  FaultyReader reader;
  ::_exit(serve_reading(channel_number, reader, quick_limits()));
}();

std::string message(std::string_view subject) {
  return "Subject: " + std::string(subject) + "\n\nhello";
}

TEST(GuardedReader, ReadsAsTheDirectOneDoes) {
  GuardedReader reader(quick_limits(), this_program());
  const auto bytes =
      "From: a@b.cn\nSubject: x\nContent-Type: text/plain; charset=gbk\n\n\xD6\xD0\n";
  const auto reading = reader.read(bytes);
  EXPECT_EQ(reading.outcome, Outcome::read);
  EXPECT_EQ(reading.message, mime::read_message(bytes));
  EXPECT_EQ(reader.read("").outcome, Outcome::read);
  EXPECT_EQ(reader.read(std::string(10 << 20, 'x')).outcome, Outcome::read);
  const auto huge = reader.read("Subject: huge\n\n" + std::string(100 << 20, 'x'));
  EXPECT_EQ(huge.outcome, Outcome::read);
  EXPECT_EQ(huge.message.subject, "huge");
  EXPECT_EQ(huge.message.too_much, mime::TooMuch::message_bytes);
}

TEST(GuardedReader, OneProcessReadsManyMessages) {
  auto limits = quick_limits();
  limits.messages = 5;
  GuardedReader reader(limits, this_program());
  std::map<std::string, int> messages;
  for (int i = 0; i < 10; ++i) ++messages[reader.read(message("who")).message.text];
  ASSERT_EQ(messages.size(), 2U);
  for (const auto& [process, count] : messages) EXPECT_EQ(count, 5) << process;
}

TEST(GuardedReader, FaultsHarmOnlyTheirOwnMessage) {
  auto limits = quick_limits();
  limits.timeout_ms = 4'000;
  GuardedReader reader(limits, this_program());
  struct Case {
    const char* subject;
    Outcome outcome;
  };
  for (const auto& [subject, outcome] :
       {Case{"crash", Outcome::crashed}, Case{"abort", Outcome::crashed},
        Case{"exit", Outcome::crashed}, Case{"garble", Outcome::crashed},
        Case{"spin", Outcome::timed_out}, Case{"sleep", Outcome::timed_out}}) {
    const auto reading = reader.read(message(subject));
    EXPECT_EQ(reading.outcome, outcome) << subject;
    EXPECT_EQ(reading.message, mime::Message{}) << subject;
    const auto after = reader.read(message("good"));
    EXPECT_EQ(after.outcome, Outcome::read) << "after " << subject;
    EXPECT_EQ(after.message.subject, "good");
  }
}

TEST(GuardedReader, MemoryIsLimited) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer needs more memory than the limit";
#endif
  GuardedReader reader(quick_limits(), this_program());
  EXPECT_EQ(reader.read(message("grow")).outcome, Outcome::crashed);
  EXPECT_EQ(reader.read(message("good")).outcome, Outcome::read);
}

TEST(GuardedReader, ItsProcessesKnowNothing) {
  ::setenv("BAIJIN_SECRET", "x", 1);
  GuardedReader reader(quick_limits(), this_program());
  EXPECT_EQ(reader.read(message("environment")).message.text, "empty");
}

TEST(GuardedReader, AThousandGoodOnesAroundAPoisonedOne) {
  GuardedReader reader(quick_limits(), this_program());
  const auto begin = Clock::now();
  std::atomic<int> good = 0;
  std::atomic<int> crashed = 0;
  auto work = [&] {
    for (int i = 0; i < 500; ++i) {
      const bool poisoned = i == 250;
      const auto reading = reader.read(message(poisoned ? "crash" : "good"));
      good += reading.outcome == Outcome::read && reading.message.subject == "good";
      crashed += reading.outcome == Outcome::crashed;
    }
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(good, 998);
  EXPECT_EQ(crashed, 2);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(60));
}

TEST(GuardedReader, ADeadIdleProcessIsReplaced) {
  GuardedReader reader(quick_limits(), this_program());
  const auto process = reader.read(message("who")).message.text;
  ::kill(static_cast<pid_t>(std::stol(process)), SIGKILL);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto reading = reader.read(message("who"));
  EXPECT_EQ(reading.outcome, Outcome::read);
  EXPECT_NE(reading.message.text, process);
}

TEST(GuardedReader, AProgramThatIsNotThereIsNoFaultOfTheMessage) {
  GuardedReader reader(quick_limits(), {"/nowhere/baijin", {"baijin", "read-mail"}});
  try {
    reader.read(message("good"));
    ADD_FAILURE() << "nothing can have been read";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, Kind::busy);
    EXPECT_EQ(error.reason, "no_reading_process");
  }
}

}  // namespace
}  // namespace baijin::net
