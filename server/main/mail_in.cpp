#include <fmt/format.h>

#include <cstdio>

#include "base/error.h"
#include "hub/change.h"
#include "main/commands.h"
#include "main/opened.h"
#include "modules/mail/mail.h"

namespace baijin {
namespace {

constexpr std::size_t most_bytes = 50u << 20;

std::string read_message() {
  std::string bytes;
  char part[65'536];
  while (auto got = std::fread(part, 1, sizeof part, stdin)) {
    bytes.append(part, got);
    if (bytes.size() > most_bytes) throw Error(Kind::too_large, "too_large", "at most 50 MiB");
  }
  if (bytes.empty()) throw invalid("empty_file", "", "no message came on standard input");
  return bytes;
}

}  // namespace

// Safe on the disk before the mail server is told so by the exit code; the desk reads it when it
// runs.
int mail_in(const Config& config, const std::string& mailbox) {
  auto message = read_message();
  auto desk = open_desk(config, Hold::beside);
  mail::Arrival arrival;
  arrival.door = mail::Door::pipe;
  arrival.raw = desk.blobs->store(message);
  arrival.bytes = static_cast<std::int64_t>(message.size());
  desk.hub->change(program_actor(),
                   [&](Change& change) { mail::hand_in(change, arrival, mailbox); });
  return 0;
}

}  // namespace baijin
