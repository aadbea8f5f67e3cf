#pragma once
// Octets that a test or a fuzzer made up, as a source of lines.
#include <algorithm>
#include <string_view>

#include "hub/mail_line.h"
#include "net/line_source.h"

namespace baijin::net::testing {

class TextSource final : public LineSource {
 public:
  explicit TextSource(std::string_view text) : rest_(text) {}

  std::string_view line() override {
    const auto end = rest_.find('\n');
    if (std::min(end, rest_.size()) > 8'192) throw LineFailure("peer_too_long");
    if (end == std::string_view::npos) throw LineFailure("peer_closed");
    const auto whole = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return whole.ends_with('\r') ? whole.substr(0, whole.size() - 1) : whole;
  }

  // In pieces of seven, as a slow line would bring them.
  void take(std::int64_t count, const Octets& sink) override {
    while (count > 0) {
      if (rest_.empty()) throw LineFailure("peer_closed");
      const auto size = std::min({count, std::int64_t{7}, static_cast<std::int64_t>(rest_.size())});
      sink(rest_.substr(0, static_cast<std::size_t>(size)));
      rest_.remove_prefix(static_cast<std::size_t>(size));
      count -= size;
    }
  }

  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

// The reason that this fails with; "" when it does not.
template <class Work>
std::string reason_of(Work work) {
  try {
    work();
    return "";
  } catch (const LineFailure& failure) {
    return failure.reason;
  }
}

}  // namespace baijin::net::testing
