#pragma once
// The servers that calls go to, inside the test: answers by function, and remembers what it was
// asked.
#include <functional>
#include <mutex>
#include <vector>

#include "hub/outside.h"

namespace baijin::testing {

class FarWeb final : public Http {
 public:
  // May throw LineFailure.
  std::function<HttpAnswer(const HttpCall&)> answer = [](const HttpCall&) {
    return HttpAnswer{404};
  };

  HttpAnswer call(const HttpCall& call) override {
    {
      std::lock_guard lock(mutex_);
      calls_.push_back(call);
    }
    return answer(call);
  }
  std::vector<HttpCall> calls() const {
    std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<HttpCall> calls_;
};

}  // namespace baijin::testing
