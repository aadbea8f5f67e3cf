#include <fmt/format.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "main/commands.h"
#include "main/opened.h"
#include "modules/imports/imports.h"

namespace baijin {
namespace {

// The first Ctrl-C ends the import after the lines at hand; what came in stays and is reported.
std::atomic<bool> stop_asked{false};

void print_report(const imports::ImportReport& report, bool dry_run) {
  for (const auto& problem : report.problems) {
    fmt::print("line {}: {}\n", problem.line, problem.reason);
  }
  fmt::print("{} lines read, {} {}, {} imported before, {} with another number, {} wrong.\n",
             report.lines, report.imported, dry_run ? "would be imported" : "imported",
             report.skipped, report.renumbered, report.problems.size());
  fmt::print("{} customers and {} contacts {}.\n", report.customers_added, report.contacts_added,
             dry_run ? "would be added" : "were added");
  if (report.stopped) fmt::print("Stopped before the end.\n");
}

}  // namespace

int import_file(const Config& config, const ImportWish& wish) {
  std::ifstream file(wish.path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + wish.path);
  std::signal(SIGINT, [](int) { stop_asked = true; });
  auto desk = open_desk(config, Hold::beside);
  imports::ImportOptions options;
  options.dry_run = wish.dry_run;
  options.stop = &stop_asked;
  imports::ImportReport report;
  {
    Progress progress("import");
    report = imports::import_tickets(*desk.hub, file, options,
                                     [&](double part) { progress.at(part); });
  }
  print_report(report, wish.dry_run);
  return report.problems.empty() && !report.stopped ? 0 : 1;
}

}  // namespace baijin
