#include "base/log.h"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>
#include <mutex>
#include <thread>
#include <vector>

#include "base/json.h"

namespace baijin {
namespace {

std::mutex lines_lock;
std::vector<std::string> lines;
void keep(std::string_view line) {
  const std::lock_guard lock(lines_lock);
  lines.emplace_back(line);
}

class Log : public testing::Test {
 protected:
  void SetUp() override {
    lines.clear();
    log::capture(keep);
  }
  void TearDown() override {
    log::capture(nullptr);
    log::set_level(log::Level::info);
  }
};

TEST_F(Log, IsOneJsonObjectALine) {
  log::warn("mail.refused", {{"count", 3}, {"ok", true}, {"share", 0.5}, {"from", "a@b.cn"}});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].back(), '\n');
  const auto value = parse_json(lines[0]);
  EXPECT_EQ(value.at("level").as_string(), "warning");
  EXPECT_EQ(value.at("event").as_string(), "mail.refused");
  EXPECT_EQ(value.at("count").as_int64(), 3);
  EXPECT_TRUE(value.at("ok").as_bool());
  EXPECT_EQ(value.at("share").as_double(), 0.5);
  EXPECT_EQ(value.at("from").as_string(), "a@b.cn");
  EXPECT_TRUE(parse_time(std::string_view(value.at("time").as_string())));
}

TEST_F(Log, I7NothingForgesALineOrSteersATerminal) {
  log::info("x", {{"v", "a\nb\r\x1b[31m\u2028\u2029\u202E\u009B\x7f\xFF\""}});
  ASSERT_EQ(lines.size(), 1U);
  const auto& line = lines[0];
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  for (const auto* bad : {"\r", "\x1b", "\u2028", "\u2029", "\u202E", "\u009B", "\x7f", "\xFF"}) {
    EXPECT_EQ(line.find(bad), std::string::npos) << line;
  }
  EXPECT_NO_THROW(parse_json(line));
}

TEST_F(Log, WhatIsBelowTheLevelIsLeftOut) {
  log::debug("hidden");
  EXPECT_TRUE(lines.empty());
  log::set_level(log::Level::debug);
  log::debug("shown");
  EXPECT_EQ(lines.size(), 1U);
  EXPECT_EQ(log::level(), log::Level::debug);
}

TEST_F(Log, ManyThreadsWriteWholeLines) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([i] {
      for (int j = 0; j < 500; ++j) log::info("thread", {{"number", i}, {"turn", j}});
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(lines.size(), 2'000U);
  for (const auto& line : lines) EXPECT_NO_THROW(parse_json(line));
}

}  // namespace
}  // namespace baijin
