#pragma once
// A desk opened by the program, with the real world outside.
#include <memory>

#include "hub/hub.h"
#include "main/config.h"
#include "net/guarded_reader.h"
#include "net/lines.h"

namespace baijin {

struct Opened {
  std::unique_ptr<Blobs> blobs;
  std::unique_ptr<net::Lines> lines;
  std::unique_ptr<net::GuardedReader> mail_reader;
  std::unique_ptr<Hub> hub;
};

// How a command holds a desk: the one that serves it has it to itself (throws std::runtime_error
// when another process serves a SQLite desk); short commands work beside a running server.
enum class Hold { alone, beside };

// Migrates and checks as Hub::open says; not started yet.
Opened open_desk(const Config& config, Hold hold);
Opened open_desk(const Config& config, Hold hold, const HubOptions& options);

}  // namespace baijin
