// M6: what must not be answered by a machine, and what must.
#include "mime/nature.h"

#include <gtest/gtest.h>

#include "mime/read.h"

namespace baijin::mime {
namespace {

Judgement judged(const std::string& headers, const std::string& body = "您好，设备报警。",
                 const Circumstances& circumstances = {}) {
  const std::string usual = headers.find("From:") == std::string::npos
                                ? "From: 王芳 <wf@customer.cn>\n"
                                : "";
  return judge(read_message(usual + headers + "\n" + body), circumstances);
}

TEST(Nature, APersonMayBeAnswered) {
  const auto one = judged("To: support@desk.example\nSubject: PLC\nMessage-ID: <1@x>\n");
  EXPECT_EQ(one.nature, Nature::personal);
  EXPECT_TRUE(one.may_be_answered);
  EXPECT_TRUE(judged("Auto-Submitted: no\n").may_be_answered);
  EXPECT_TRUE(judged("X-Priority: 1\nImportance: high\nX-Mailer: Foxmail 7\n").may_be_answered);
}

struct Case {
  const char* headers;
  Nature nature;
};

TEST(Nature, MachinesAreNotAnswered) {
  const Case cases[] = {
      {"Auto-Submitted: auto-replied\n", Nature::auto_reply},
      {"Auto-Submitted: auto-replied (vacation)\n", Nature::auto_reply},
      {"AUTO-SUBMITTED: AUTO-REPLIED; owner-email=\"x\"\n", Nature::auto_reply},
      {"Auto-Submitted: auto-generated\n", Nature::bulk},
      {"Auto-Submitted:\n auto-notified\n", Nature::auto_reply},
      {"X-Autoreply: yes\n", Nature::auto_reply},
      {"X-Autorespond: x\n", Nature::auto_reply},
      {"X-Auto-Reply: 1\n", Nature::auto_reply},
      {"Precedence: auto_reply\n", Nature::auto_reply},
      {"Precedence: bulk\n", Nature::bulk},
      {"Precedence: junk\n", Nature::bulk},
      {"Precedence: list\n", Nature::list},
      {"List-Id: Users <users.l.example>\n", Nature::list},
      {"List-Post: <mailto:users@l.example>\n", Nature::list},
      {"List-Unsubscribe: <https://news.example/u>\n", Nature::bulk},
      {"Feedback-ID: 1:2:3\n", Nature::bulk},
      {"Return-Path: <>\n", Nature::auto_reply},
      {"Subject: Automatic reply: PLC\n", Nature::auto_reply},
      {"Subject: 自动回复: PLC\n", Nature::auto_reply},
      {"Subject: 自动回复：我在休假\n", Nature::auto_reply},
      {"Subject: Out of Office: PLC\n", Nature::auto_reply},
      {"Subject: Undeliverable: PLC\nFrom: MAILER-DAEMON@x.example\n", Nature::bounce},
      {"Subject: 系统退信\nFrom: 邮件系统 <postmaster@x.cn>\n", Nature::bounce},
  };
  for (const auto& one : cases) {
    const auto result = judged(one.headers);
    EXPECT_EQ(result.nature, one.nature) << one.headers << result.because;
    EXPECT_FALSE(result.may_be_answered) << one.headers;
    EXPECT_FALSE(result.because.empty()) << one.headers;
  }
}

TEST(Nature, SomePeopleWantNoAutomaticAnswer) {
  for (const auto* headers :
       {"X-Auto-Response-Suppress: All\n", "X-Auto-Response-Suppress: DR, OOF, AutoReply\n",
        "From: no-reply@shop.example\n", "From: postmaster@x.example\n",
        "From: owner-list@x.example\n"}) {
    EXPECT_FALSE(judged(headers).may_be_answered) << headers;
  }
}

TEST(Nature, TheEnvelopeCountsToo) {
  const auto one = judged("Subject: x\n", "y", {{}, true});
  EXPECT_EQ(one.nature, Nature::auto_reply);
  EXPECT_FALSE(one.may_be_answered);
}

TEST(Nature, OurOwnMailIsKnownByItsMark) {
  const Circumstances ours{"desk-7", false};
  EXPECT_EQ(judged("X-Baijin-Loop: desk-7\n", "x", ours).nature, Nature::own);
  EXPECT_EQ(judged("X-Baijin-Loop: a\nX-Baijin-Loop: desk-7\n", "x", ours).nature, Nature::own);
  EXPECT_EQ(judged("X-Baijin-Loop: desk-8\n", "x", ours).nature, Nature::personal);
  EXPECT_EQ(judged("X-Baijin-Loop: \n", "x", {}).nature, Nature::personal);
}

TEST(Nature, APersonWhoAsksAboutABounceIsAPerson) {
  const std::string bounce =
      "Can you help? I got this:\n\nThis message was created automatically by mail delivery "
      "software.\nA message could not be delivered:\n  a@b.example\n    550 5.1.1 user unknown\n";
  EXPECT_EQ(judged("Subject: Mail delivery failed\n", bounce).nature, Nature::personal);
  EXPECT_EQ(judged("Subject: Fwd: Undelivered Mail Returned to Sender\n", bounce).nature,
            Nature::personal);
}

const char* const report =
    "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nsorry\n"
    "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; wf@customer.cn\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <wf@customer.cn>: user\n unknown\n\n"
    "Final-Recipient: rfc822; lq@customer.cn\nAction: delayed\nStatus: 4.2.2\n"
    "Diagnostic-Code: smtp; 452 4.2.2 mailbox full\n\n"
    "Final-Recipient: rfc822; zs@customer.cn\nAction: delivered\nStatus: 2.0.0\n"
    "--b\nContent-Type: message/rfc822\n\n"
    "Message-ID: <ticket-17-abc.def@desk.example>\nReferences: <first@desk.example>\n"
    "Subject: =?utf-8?B?562U5aSN?=\nFrom: 服务台 <support@desk.example>\n"
    "Reply-To: support+t17-x@desk.example\n\nhello\n--b--\n";

TEST(Nature, ADeliveryReportIsReadByItsStructure) {
  const auto one = judge(read_message(report));
  EXPECT_EQ(one.nature, Nature::bounce);
  EXPECT_EQ(one.because, "message/delivery-status");
  ASSERT_EQ(one.failures.size(), 3U);
  EXPECT_EQ(one.failures[0].recipient, "wf@customer.cn");
  EXPECT_EQ(one.failures[0].permanence, Permanence::hard);
  EXPECT_EQ(one.failures[0].reason, Reason::user_unknown);
  EXPECT_EQ(one.failures[0].diagnostic, "550 5.1.1 <wf@customer.cn>: user unknown");
  EXPECT_EQ(one.failures[0].reply_code, "550");
  EXPECT_EQ(one.failures[1].action, Action::delayed);
  EXPECT_EQ(one.failures[1].permanence, Permanence::soft);
  EXPECT_EQ(one.failures[1].reason, Reason::mailbox_full);
  EXPECT_EQ(one.failures[2].action, Action::delivered);
  EXPECT_EQ(one.failures[2].permanence, Permanence::unknown);
}

TEST(Nature, ABounceLeadsBackToOurMessage) {
  const auto one = judge(read_message(report));
  EXPECT_EQ(one.original_subject, "答复");
  EXPECT_EQ(one.original_marks,
            (std::vector<std::string>{"ticket-17-abc.def@desk.example", "first@desk.example",
                                      "support+t17-x@desk.example", "support@desk.example"}));
}

TEST(Nature, ChineseBouncesAreRead) {
  const auto one = judged(
      "From: PostMaster@qq.com\nSubject: 系统退信/The email is returned\nTo: s@desk.example\n",
      "发往以下邮箱的邮件未能送达：\nwf@customer.cn\n\n退信原因：收件人邮箱不存在\n"
      "550 Mailbox not found. http://service.mail.qq.com\n");
  EXPECT_EQ(one.nature, Nature::bounce);
  ASSERT_EQ(one.failures.size(), 1U);
  EXPECT_EQ(one.failures[0].recipient, "wf@customer.cn");
  EXPECT_EQ(one.failures[0].permanence, Permanence::hard);
}

TEST(Nature, AFloodOfReportsIsBounded) {
  std::string body = "\n--b\nContent-Type: message/delivery-status\n\n";
  for (int i = 0; i < 20'000; ++i) {
    body += "\nFinal-Recipient: rfc822; a" + std::to_string(i) + "@b.cn\nAction: failed\n";
  }
  const auto one = judged("Content-Type: multipart/report; boundary=b\n", body);
  EXPECT_EQ(one.nature, Nature::bounce);
  EXPECT_LE(one.failures.size(), 1'000U);
}

}  // namespace
}  // namespace baijin::mime
