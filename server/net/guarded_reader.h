#pragma once
// Mail is read in processes of their own, which know nothing and may do little: a message that
// makes the reader crash, hang or grow harms nobody but itself (R18). A process is this program
// started again, takes many messages one after another, and is replaced when it dies or is used up.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mime/reader.h"

namespace baijin::net {

struct GuardLimits {
  std::size_t address_bytes = 512 << 20;  // of one process
  int cpu_seconds = 30;                   // for one message
  int timeout_ms = 40'000;                // likewise, on the clock on the wall
  int messages = 1'000;                   // until a process is replaced
  std::size_t processes = 2;              // at once; more readers wait
};

// What is started; it must call serve_reading with channel_number.
struct ReadingProgram {
  std::string path = "/proc/self/exe";
  std::vector<std::string> arguments = {"baijin", "read-mail"};
};

// The file descriptor at which a reading process finds its channel.
inline constexpr int channel_number = 3;

class GuardedReader : public mime::MessageReader {
 public:
  explicit GuardedReader(GuardLimits limits = {}, ReadingProgram program = {});
  ~GuardedReader() override;
  mime::Reading read(std::string_view bytes) override;

 private:
  class Worker;
  std::unique_ptr<Worker> take();
  void give_back(std::unique_ptr<Worker> worker);

  const GuardLimits limits_;
  const ReadingProgram program_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Worker>> idle_;
  std::size_t in_use_ = 0;
};

// The reading process: sets its own limits, then reads what comes over the channel with `reader`
// until the channel is closed. Returns the exit code.
int serve_reading(int channel, mime::MessageReader& reader, const GuardLimits& limits = {});

}  // namespace baijin::net
