#pragma once
// One request on its way through the hall; only for serve*.cpp.
#include <memory>
#include <string>

#include "hub/reader.h"
#include "hub/serve.h"

namespace baijin {

struct Serve::Visit {
  Request request;
  Reply reply;
  std::shared_ptr<RequestContext> context = std::make_shared<RequestContext>();
  bool api = false;  // an address below /api/v1
  const Route* route = nullptr;
  bool path_known = false;  // by another method
  std::vector<std::int64_t> ids;
  std::unique_ptr<Call> call;
  Actor actor = nobody();
  std::string path;  // below /api/v1
  std::string idempotency_key, fingerprint;
  int status = 0;
  std::string location, body, etag;
  bool replayed = false;
  std::int64_t started_us = 0;
};

}  // namespace baijin
