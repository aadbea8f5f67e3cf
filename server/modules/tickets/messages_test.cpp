#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

class TicketMessages : public TicketDesk {
 protected:
  std::size_t seen_by(const std::string& token, std::int64_t ticket) {
    return desk->get(path(ticket, "/messages"), token).at("items").as_array().size();
  }
};
BAIJIN_ON_BOTH_ENGINES(TicketMessages)

TEST_P(TicketMessages, TKT_5_RepliesCanBeTakenBackForEightSeconds) {
  auto ticket = opened(clerk);
  auto first = said(ticket, agent, "reply", "oops").id();
  EXPECT_EQ(seen_by(clerk, ticket), 1U);
  EXPECT_EQ(seen_by(agent, ticket), 2U);
  desk->advance(seconds(7));
  auto message = "/messages/" + std::to_string(first);
  EXPECT_EQ(desk->del(message, north).status, 403) << "only by its author";
  EXPECT_LT(desk->del(message, agent).status, 300);
  desk->advance(seconds(60));
  EXPECT_EQ(seen_by(agent, ticket), 1U);
  EXPECT_EQ(desk->get("/search?q=oops", agent).at("items").as_array().size(), 0U);

  auto second = said(ticket, agent, "reply", "hello").id();
  desk->advance(seconds(8));
  EXPECT_EQ(seen_by(clerk, ticket), 2U);
  auto late = desk->del("/messages/" + std::to_string(second), agent);
  EXPECT_EQ(late.status, 409);
  EXPECT_EQ(late.reason(), "message_already_sent");
  EXPECT_FALSE(desk->get(path(ticket), agent).at("responded_at").is_null());
  EXPECT_EQ(desk->get("/search?q=hello", clerk).at("items").as_array().size(), 1U);
}

TEST_P(TicketMessages, TKT_5_RepliesAreSentWhenTheyAreScheduled) {
  auto ticket = opened(clerk);
  auto message = said(ticket, agent, "reply", "good morning",
                      R"("send_at":"2026-11-24T00:00:00Z")");
  ASSERT_EQ(message.status, 201) << message.body;
  EXPECT_EQ(message.text("state"), "pending");
  desk->advance(hours(17));
  EXPECT_EQ(seen_by(clerk, ticket), 1U);
  auto edited = desk->patch("/messages/" + std::to_string(message.id()),
                            R"({"body":"<p>good day<script>x</script></p>"})", agent);
  EXPECT_EQ(edited.status, 200) << edited.body;
  desk->advance(hours(1));
  EXPECT_EQ(seen_by(clerk, ticket), 2U);
  auto body = desk->get(path(ticket, "/messages"), clerk).body;
  EXPECT_NE(body.find("good day"), std::string::npos);
  EXPECT_EQ(body.find("script"), std::string::npos);
}

TEST_P(TicketMessages, TKT_5_MentionsMakeWatchers) {
  auto ticket = opened(clerk);
  EXPECT_EQ(desk->get(path(ticket), nothing_much).status, 404);
  auto note = said(ticket, agent, "note", "please look",
                   R"("mentions":[)" + std::to_string(nothing_user) + "]");
  ASSERT_EQ(note.status, 201) << note.body;
  EXPECT_EQ(desk->get(path(ticket), nothing_much).status, 200);
  auto events = desk->events("ticket:" + std::to_string(ticket));
  EXPECT_EQ(std::count(events.begin(), events.end(), "tickets.mentioned"), 1);
  EXPECT_EQ(said(ticket, clerk, "note", "psst").status, 403);
  EXPECT_EQ(said(ticket, clerk, "reply", "x", R"("mentions":[1])").status, 403);
  EXPECT_EQ(said(ticket, agent, "reply", " ").status, 400);
}

TEST_P(TicketMessages, A3_FilesHangOnMessagesAndFollowTheirVisibility) {
  auto ticket = opened(clerk);
  auto sent = desk->upload("/files?name=..%2Flog.txt", "just a log", agent);
  ASSERT_EQ(sent.status, 201) << sent.body;
  EXPECT_EQ(sent.text("name"), "log.txt");
  auto file = "/files/" + std::to_string(sent.id());
  EXPECT_EQ(desk->get(file, clerk).status, 404);
  EXPECT_EQ(desk->get(file, north).status, 404) << "unattached: its sender's alone";
  auto attach = R"("files":[)" + std::to_string(sent.id()) + "]";
  EXPECT_EQ(said(ticket, clerk, "reply", "mine now", attach).status, 404);
  ASSERT_EQ(said(ticket, agent, "note", "see file", attach).status, 201);
  EXPECT_EQ(said(ticket, agent, "reply", "again", attach).reason(), "file_in_use");
  EXPECT_EQ(desk->get(file, clerk).status, 404) << "a note's file is internal";
  auto got = desk->get(file, north);
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff");
  EXPECT_TRUE(got.header("Content-Disposition").starts_with("attachment;"));
  auto notes = desk->get(path(ticket, "/messages?kind=note"), agent);
  EXPECT_EQ(notes.text("items.0.files.0.name"), "log.txt");
}

TEST_P(TicketMessages, TKT_5_WhatIsTakenBackGivesItsFilesBack) {
  auto ticket = opened(clerk);
  auto sent = desk->upload("/files?name=log.txt", "just a log", agent);
  auto attach = R"("files":[)" + std::to_string(sent.id()) + "]";
  auto hasty = said(ticket, agent, "reply", "oops", attach);
  ASSERT_EQ(hasty.status, 201) << hasty.body;
  ASSERT_LT(desk->del("/messages/" + std::to_string(hasty.id()), agent).status, 300);
  EXPECT_EQ(desk->get("/files/" + std::to_string(sent.id()), clerk).status, 404);
  auto again = said(ticket, agent, "reply", "now right", attach);
  ASSERT_EQ(again.status, 201) << again.body;
  desk->advance(seconds(60));
  EXPECT_EQ(desk->get("/files/" + std::to_string(sent.id()), clerk).status, 200);
}

TEST_P(TicketMessages, TKT_12_TimelineAndArchiveTellTheWholeStory) {
  auto ticket = opened(clerk);
  bring_to_closed(ticket);
  auto story = desk->get(path(ticket, "/timeline"), agent);
  ASSERT_EQ(story.status, 200) << story.body;
  for (auto part : {"tickets.opened", "tickets.moved", "tickets.closed", "it crashed", "diagnosis",
                    "saved to disk", "printed 10 pages"}) {
    EXPECT_NE(story.body.find(part), std::string::npos) << part;
  }
  auto record = desk->get(path(ticket, "/archive"), agent);
  ASSERT_EQ(record.status, 200) << record.body;
  EXPECT_EQ(record.text("format"), "baijin-ticket-1");
  EXPECT_EQ(record.text("timeline.items.0.what"), "reply");
  auto events = desk->events("ticket:" + std::to_string(ticket));
  EXPECT_EQ(events.back(), "tickets.exported") << "SEC-3";
}

TEST_P(TicketMessages, ImportsKeepNumberPeopleAndTimes) {
  Id<Ticket> id;
  const auto then = *parse_time("2020-05-01T08:00:00Z");
  desk->change([&](Change& change) {
    NewTicket input;
    input.service_type = {fault};
    input.subject = {"from the old desk"};
    input.contact = Id<customers::Contact>{clerk_contact};
    input.body = Html<100'000>{"<p>old words</p>"};
    Origin origin;
    origin.contact = input.contact;
    origin.at = then;
    origin.number = "OLD-17";
    origin.channel = Channel::email;
    id = open_ticket(change, input, origin).id;
  });
  auto view = desk->get(path(id.value), agent);
  EXPECT_EQ(view.text("number"), "OLD-17");
  EXPECT_EQ(view.text("created_at"), "2020-05-01T08:00:00.000Z");
  auto message = desk->get(path(id.value, "/messages"), clerk);
  EXPECT_EQ(message.text("items.0.author_name"), "Clerk Chen");
  EXPECT_EQ(desk->get("/tickets?number=OLD-17", agent).at("items").as_array().size(), 1U);
}

}  // namespace
}  // namespace baijin::tickets
