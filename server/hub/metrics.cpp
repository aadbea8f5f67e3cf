#include "hub/metrics.h"

#include <fmt/format.h>

#include "hub/hub.h"
#include "hub/live.h"

namespace baijin {

void Metrics::answered(int status, bool writes, std::int64_t microseconds) {
  auto place = static_cast<std::size_t>(status / 100);
  if (place < by_class_.size()) by_class_[place].fetch_add(1, std::memory_order_relaxed);
  auto& histogram = writes ? writes_ : reads_;
  std::size_t bucket = 0;
  while (bucket < bounds_us.size() && microseconds > bounds_us[bucket]) ++bucket;
  histogram.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
  histogram.sum_us.fetch_add(microseconds, std::memory_order_relaxed);
}

void Metrics::write(std::string& out, std::string_view kind, const Histogram& histogram) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < bounds_us.size(); ++i) {
    total += histogram.buckets[i];
    out += fmt::format("baijin_request_seconds_bucket{{kind=\"{}\",le=\"{}\"}} {}\n", kind,
                       static_cast<double>(bounds_us[i]) / 1e6, total);
  }
  total += histogram.buckets.back();
  out += fmt::format("baijin_request_seconds_bucket{{kind=\"{}\",le=\"+Inf\"}} {}\n", kind, total);
  out += fmt::format("baijin_request_seconds_sum{{kind=\"{}\"}} {}\n", kind,
                     static_cast<double>(histogram.sum_us) / 1e6);
  out += fmt::format("baijin_request_seconds_count{{kind=\"{}\"}} {}\n", kind, total);
}

std::string Metrics::text(Hub& hub) const {
  std::string out = "# TYPE baijin_requests_total counter\n";
  for (std::size_t i = 1; i < by_class_.size(); ++i) {
    out += fmt::format("baijin_requests_total{{class=\"{}xx\"}} {}\n", i, by_class_[i].load());
  }
  out += "# TYPE baijin_request_seconds histogram\n";
  write(out, "read", reads_);
  write(out, "write", writes_);
  auto figures = hub.database().figures();
  auto gauge = [&](std::string_view name, std::int64_t value) {
    out += fmt::format("# TYPE {0} gauge\n{0} {1}\n", name, value);
  };
  auto counter = [&](std::string_view name, std::int64_t value) {
    out += fmt::format("# TYPE {0} counter\n{0} {1}\n", name, value);
  };
  counter("baijin_database_commits_total", figures.commits);
  counter("baijin_database_changes_total", figures.changes);
  counter("baijin_database_changes_refused_total", figures.changes_refused);
  counter("baijin_database_retries_total", figures.retries);
  gauge("baijin_database_changes_waiting", figures.waiting);
  gauge("baijin_requests_running", running.load());
  gauge("baijin_live_lines", static_cast<std::int64_t>(hub.live().lines()));
  std::int64_t waiting = 0, stuck = 0;
  bool reachable = true;
  try {
    hub.read(program_actor(), [&](Reader& reader) {
      auto count = [](std::optional<std::int64_t> found) { return found.value_or(0); };
      waiting = count(
          reader.value<std::int64_t>("SELECT count(*) FROM jobs j WHERE j.stuck = FALSE"));
      stuck = count(reader.value<std::int64_t>("SELECT count(*) FROM jobs j WHERE j.stuck = TRUE"));
    });
  } catch (const Error&) {  // just then the other figures are wanted most
    reachable = false;
  }
  gauge("baijin_database_reachable", reachable ? 1 : 0);
  if (reachable) {
    gauge("baijin_jobs_waiting", waiting);
    gauge("baijin_jobs_stuck", stuck);
  }
  return out;
}

}  // namespace baijin
