// What becomes of a letter, as tables (security.md §1.4).
#include "modules/mail/judging.h"

#include <gtest/gtest.h>

#include "modules/mail/fetching.h"
#include "modules/mail/letters.h"
#include "modules/mail/outbox.h"

namespace baijin::mail {
namespace {

using judging::Facts;
using judging::Fate;
using judging::Thread;
using mime::Nature;

struct Case {
  const char* name;
  Facts facts;
  Fate fate;
  std::string_view reason;
};

template <class Change>
Facts with(Change change) {
  Facts facts;
  facts.known = true;
  change(facts);
  return facts;
}

const Case cases[] = {
    {"a customer asks", with([](Facts&) {}), Fate::ticket, ""},
    {"a customer answers", with([](Facts& f) { f.thread = Thread::takes_part; }), Fate::message,
     ""},
    {"a stranger has the mark", with([](Facts& f) { f.thread = Thread::does_not_take_part; }),
     Fate::hold, "sender_does_not_take_part"},
    {"let in", with([](Facts& f) {
       f.thread = Thread::does_not_take_part;
       f.decision = Decision::let_in;
     }),
     Fate::message, ""},
    {"let in without a ticket", with([](Facts& f) { f.decision = Decision::let_in; }), Fate::ticket,
     ""},
    {"made a ticket of", with([](Facts& f) {
       f.nature = Nature::bulk;
       f.decision = Decision::new_ticket;
     }),
     Fate::ticket, ""},
    {"vacation", with([](Facts& f) {
       f.nature = Nature::auto_reply;
       f.thread = Thread::takes_part;
     }),
     Fate::silence, "auto_reply"},
    {"bounce", with([](Facts& f) { f.nature = Nature::bounce; }), Fate::silence, "bounce"},
    {"spam report", with([](Facts& f) { f.nature = Nature::feedback_report; }), Fate::silence,
     "feedback_report"},
    {"our own", with([](Facts& f) { f.nature = Nature::own; }), Fate::silence, "own"},
    {"from our address", with([](Facts& f) { f.from_ourselves = true; }), Fate::silence, "own"},
    {"a list", with([](Facts& f) { f.nature = Nature::list; }), Fate::silence, "list"},
    {"a list that is wanted", with([](Facts& f) {
       f.nature = Nature::list;
       f.takes_lists = true;
     }),
     Fate::ticket, ""},
    {"a list about a ticket", with([](Facts& f) {
       f.nature = Nature::list;
       f.thread = Thread::takes_part;
     }),
     Fate::message, ""},
    {"no sender", with([](Facts& f) { f.has_sender = false; }), Fate::hold, "no_sender"},
    {"too large", with([](Facts& f) { f.whole = false; }), Fate::hold, "too_large"},
    {"thirty in ten minutes", with([](Facts& f) { f.lately = 30; }), Fate::ticket, ""},
    {"a flood", with([](Facts& f) { f.lately = 31; }), Fate::hold, "flood"},
    {"a stranger, welcome", with([](Facts& f) { f.known = false; }), Fate::ticket, ""},
    {"a stranger, held", with([](Facts& f) {
       f.known = false;
       f.strangers = Strangers::held;
     }),
     Fate::hold, "stranger"},
    {"a stranger, refused", with([](Facts& f) {
       f.known = false;
       f.strangers = Strangers::refused;
     }),
     Fate::refuse, "stranger"},
    {"known where strangers are refused", with([](Facts& f) { f.strangers = Strangers::refused; }),
     Fate::ticket, ""},
};

TEST(Judging, M1_M6_decides_by_facts_alone) {
  for (const auto& row : cases) {
    auto verdict = judging::verdict(row.facts);
    EXPECT_EQ(verdict.fate, row.fate) << row.name;
    EXPECT_EQ(verdict.reason, row.reason) << row.name;
  }
}

TEST(Judging, M2_only_our_own_servers_word_counts) {
  struct Row {
    std::vector<mime::Header> headers;
    std::string_view authserv;
    Proof proof;
  };
  const char* name = "Authentication-Results";
  const Row rows[] = {
      {{}, "mx.desk.test", Proof::unknown},
      {{{name, "mx.desk.test; dmarc=pass header.from=kunde.test"}}, "mx.desk.test", Proof::passed},
      {{{name, "MX.desk.test 1; spf=pass; DMARC=PASS"}}, "mx.desk.test", Proof::passed},
      {{{name, "mx.desk.test; dmarc=fail"}}, "mx.desk.test", Proof::failed},
      {{{name, "mx.desk.test; spf=pass; dkim=pass"}}, "mx.desk.test", Proof::unknown},
      {{{name, "mx.desk.test; dmarc=pass"}}, "", Proof::unknown},
      {{{name, "evil.test; dmarc=pass"}}, "mx.desk.test", Proof::unknown},
      {{{name, "mx.desk.test.evil.test; dmarc=pass"}}, "mx.desk.test", Proof::unknown},
      {{{name, "mx.desk.test; dmarc=fail"}, {name, "mx.desk.test; dmarc=pass"}},
       "mx.desk.test",
       Proof::failed},
      {{{"X-Authentication-Results", "mx.desk.test; dmarc=pass"}}, "mx.desk.test", Proof::unknown},
  };
  for (const auto& row : rows) {
    mime::Message letter;
    letter.headers = row.headers;
    EXPECT_EQ(judging::proof_of(letter, row.authserv), row.proof)
        << (row.headers.empty() ? "" : row.headers.front().value);
  }
}

TEST(Judging, M6_M7_answers_rarely) {
  struct Row {
    judging::Answers answers;
    bool may;
  };
  const Row rows[] = {{{0, 0, false, 1}, true},  {{1, 1, false, 1}, false},
                      {{0, 4, false, 1}, true},  {{0, 5, false, 1}, false},
                      {{0, 0, true, 1}, true},   {{0, 1, true, 1}, false},
                      {{0, 0, false, 10}, true}, {{0, 0, false, 11}, false}};
  for (const auto& row : rows) {
    EXPECT_EQ(judging::may_answer(row.answers), row.may)
        << row.answers.last_hour << " " << row.answers.last_day << " " << row.answers.lately;
  }
}

TEST(Fetching, a_failing_mailbox_is_left_alone_longer_and_told_within_five_minutes) {
  Duration waited;
  std::int64_t failures = 1;
  while (!worth_telling(failures, waited)) {
    waited = {waited.us + rest_after(failures, 1.0).us};
    ++failures;
  }
  EXPECT_LE(waited, minutes(5));
  EXPECT_EQ(rest_after(1, 0), seconds(20));
  EXPECT_EQ(rest_after(2, 0), seconds(40));
  EXPECT_EQ(rest_after(100, 0), minutes(5));
  EXPECT_GT(rest_after(100, 0.5), minutes(5));
}

TEST(Outbox, tries_again_for_two_days) {
  EXPECT_EQ(next_try_after(1, minutes(1), 0), minutes(1));
  EXPECT_EQ(next_try_after(4, minutes(20), 0), minutes(8));
  EXPECT_EQ(next_try_after(50, days(1), 0), minutes(15));
  EXPECT_FALSE(next_try_after(51, days(2), 0));
}

TEST(Letters, CUS_5_who_wants_mail) {
  using tickets::Channel;
  EXPECT_TRUE(wants_mail(Channel::email, "phone"));
  EXPECT_TRUE(wants_mail(Channel::portal, {}));
  EXPECT_TRUE(wants_mail(Channel::phone, "email"));
  EXPECT_FALSE(wants_mail(Channel::phone, "phone"));
  EXPECT_FALSE(wants_mail(Channel::portal, "wechat"));
}

}  // namespace
}  // namespace baijin::mail
