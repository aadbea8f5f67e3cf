#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class Reads : public TicketDesk {
 protected:
  bool unread(std::int64_t ticket, const std::string& token) {
    const auto items = desk->get("/tickets", token).at("items").as_array();
    for (const auto& row : items) {
      if (row.at("id").to_number<std::int64_t>() == ticket) return row.at("unread").as_bool();
    }
    ADD_FAILURE() << "not in the list";
    return false;
  }
  std::size_t listed(const std::string& query, const std::string& token) {
    return desk->get("/tickets?" + query, token).at("items").as_array().size();
  }
  void read(std::int64_t ticket, const std::string& token, const std::string& body = "{}") {
    auto answer = desk->post(path(ticket, "/reads"), body, token);
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  void reply(std::int64_t ticket, const std::string& body = "done") {
    auto answer = said(ticket, agent, "reply", body, R"("undo_seconds":0)");
    EXPECT_EQ(answer.status, 201) << answer.body;
    desk->clock().advance(minutes(1));
  }
};
BAIJIN_ON_BOTH_ENGINES(Reads)

TEST_P(Reads, MarkForEachPersonWhatOthersHaveSaidSince) {
  auto ticket = opened(clerk);
  desk->clock().advance(minutes(1));
  EXPECT_TRUE(unread(ticket, agent));
  EXPECT_TRUE(unread(ticket, north));
  EXPECT_FALSE(unread(ticket, clerk)) << "who asked knows it";
  EXPECT_TRUE(desk->get(path(ticket), agent).at("last_read_at").is_null());

  read(ticket, agent);
  EXPECT_FALSE(unread(ticket, agent));
  EXPECT_TRUE(unread(ticket, north)) << "one's own eyes only";
  auto read_at = desk->get(path(ticket), agent).text("last_read_at");
  EXPECT_FALSE(read_at.empty());

  desk->clock().advance(minutes(1));
  said(ticket, clerk, "reply", "still broken");
  EXPECT_TRUE(unread(ticket, agent));
  EXPECT_EQ(desk->get(path(ticket), agent).text("last_read_at"), read_at);
  desk->clock().advance(minutes(1));
  reply(ticket);
  EXPECT_FALSE(unread(ticket, agent)) << "who answers has read";
  EXPECT_TRUE(unread(ticket, clerk));
}

TEST_P(Reads, NotesDoNotMakeATicketUnreadForCustomers) {
  auto ticket = opened(clerk);
  desk->clock().advance(minutes(1));
  said(ticket, agent, "note", "between us");
  EXPECT_FALSE(unread(ticket, clerk));
  EXPECT_TRUE(unread(ticket, north));
}

// What is not sent yet the customer does not have; and sending it is no news to its author.
TEST_P(Reads, AReplyCountsForTheCustomerWhenItIsSent) {
  auto ticket = opened(clerk);
  desk->clock().advance(minutes(1));
  said(ticket, agent, "reply", "in a while", R"("undo_seconds":60)");
  EXPECT_FALSE(unread(ticket, clerk));
  desk->advance(minutes(2));
  EXPECT_TRUE(unread(ticket, clerk));
  EXPECT_FALSE(unread(ticket, agent));
}

TEST_P(Reads, GoUpToTheMessageThatWasShown) {
  auto ticket = opened(clerk);
  desk->clock().advance(minutes(1));
  auto shown = said(ticket, clerk, "reply", "one").id();
  desk->clock().advance(minutes(1));
  said(ticket, clerk, "reply", "two");
  read(ticket, agent, R"({"message":)" + std::to_string(shown) + "}");
  EXPECT_TRUE(unread(ticket, agent));
  read(ticket, agent);
  EXPECT_FALSE(unread(ticket, agent));
  read(ticket, agent, R"({"message":)" + std::to_string(shown) + "}");
  EXPECT_FALSE(unread(ticket, agent)) << "reading takes nothing back";
  EXPECT_EQ(desk->del(path(ticket, "/reads"), agent).status, 200);
  EXPECT_TRUE(unread(ticket, agent));
  auto other = opened(mate);
  EXPECT_EQ(desk->post(path(other, "/reads"), R"({"message":)" + std::to_string(shown) + "}", agent)
                .status,
            404);
  EXPECT_EQ(desk->post(path(other, "/reads"), "{}", clerk).status, 404);
}

TEST_P(Reads, AreAFilterToo) {
  auto first = opened(clerk);
  opened(mate);
  desk->clock().advance(minutes(1));
  EXPECT_EQ(listed("unread=true", agent), 2u);
  read(first, agent);
  EXPECT_EQ(listed("unread=true", agent), 1u);
  EXPECT_EQ(listed("unread=false", agent), 1u);
  EXPECT_EQ(desk->get("/tickets?unread=true&count=true", agent).at("total").to_number<int>(), 1);
  EXPECT_EQ(listed("unread=true", clerk), 0u);
}

TEST_P(Reads, WhatIsDoneAndWasNeverLookedAtDoesNotWait) {
  auto ticket = opened(clerk);
  bring_to_closed(ticket);
  EXPECT_FALSE(unread(ticket, north));
}

TEST_P(Reads, TellTheDeskWhenTheCustomerHasReadAReply) {
  auto ticket = opened(clerk);
  desk->clock().advance(minutes(1));
  reply(ticket, "first");
  said(ticket, agent, "note", "between us");
  auto read_of = [&](const std::string& token) {
    const auto items = desk->get(path(ticket, "/messages"), token).at("items").as_array();
    std::vector<bool> read;
    for (const auto& message : items) {
      const auto* at = message.as_object().if_contains("read_by_customer_at");
      read.push_back(at && !at->is_null());
    }
    return read;
  };
  EXPECT_EQ(read_of(agent), (std::vector<bool>{false, false, false}));
  read(ticket, north);
  EXPECT_EQ(read_of(agent), (std::vector<bool>{false, false, false})) << "a colleague is nobody";
  read(ticket, clerk);
  EXPECT_EQ(read_of(agent), (std::vector<bool>{false, true, false}));
  EXPECT_EQ(desk->events("ticket:" + std::to_string(ticket)).back(), "tickets.read_by_customer");
  EXPECT_EQ(read_of(clerk), (std::vector<bool>{false, false})) << "for the desk's eyes";
  auto told = desk->events().size();
  read(ticket, clerk);
  EXPECT_EQ(desk->events().size(), told) << "told once";
}

TEST_P(Reads, FollowMessagesIntoAnotherTicket) {
  auto kept = opened(clerk), other = opened(clerk);
  desk->clock().advance(minutes(1));
  read(kept, agent);
  desk->clock().advance(minutes(1));
  said(other, clerk, "reply", "by the way");
  desk->clock().advance(minutes(1));
  auto merged = desk->post(path(kept, "/merges"),
                           R"({"other":)" + std::to_string(other) + R"(,"reason":"same"})", agent);
  ASSERT_EQ(merged.status, 201) << merged.body;
  EXPECT_TRUE(unread(kept, agent));
}

}  // namespace
}  // namespace baijin::tickets
