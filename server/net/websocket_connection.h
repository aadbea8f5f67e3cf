#pragma once
// Beast's WebSocket stays behind this door, as it is the slowest thing to compile in the house.
#include <memory>
#include <string>

#include "net/hall.h"

namespace baijin::net {

// Why a handshake is no good: an answer, or nothing.
std::optional<Response> bad_handshake(const RequestHead& head);

// Answers the handshake and speaks WebSocket from then on. The caller's connection has left.
void open_live(std::shared_ptr<Hall> hall, Socket socket, std::string peer, RequestHead head);

}  // namespace baijin::net
