// What goes out: exactly the headers and recipients that are meant (M5), and what is written is
// what is read again.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"
#include "base/html.h"
#include "base/text.h"
#include "base/unicode.h"
#include "mime/characters.h"
#include "mime/letter.h"
#include "mime/nature.h"
#include "mime/read.h"

namespace baijin::mime {
namespace {

Letter letter() {
  Letter made;
  made.from = {"服务台", "support@desk.example", {}, true};
  made.to = {{"王芳", "wf@customer.cn", {}, true}};
  made.subject = "答复: PLC 报警 [2026-4831-9207]";
  made.text = "您好，\n\n请重启。\n";
  made.sent_at = *parse_time("2026-01-05T02:00:00Z");
  made.zone_minutes = 480;
  made.message_id = "ticket-17-abc.def@desk.example";
  return made;
}

// The names of the headers in their order.
std::vector<std::string> header_names(std::string_view message) {
  std::vector<std::string> names;
  while (!message.empty() && !message.starts_with("\r\n")) {
    const auto end = message.find("\r\n");
    const auto line = message.substr(0, end);
    if (line.front() != ' ') names.emplace_back(line.substr(0, line.find(':')));
    message.remove_prefix(end + 2);
  }
  return names;
}

const std::vector<std::string> usual_headers = {
    "Date",       "From",         "To",           "Subject",
    "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"};

TEST(Compose, ASimpleLetter) {
  const auto bytes = compose_message(letter());
  EXPECT_EQ(header_names(bytes), usual_headers);
  EXPECT_NE(bytes.find("Date: Mon, 5 Jan 2026 10:00:00 +0800\r\n"), std::string::npos) << bytes;
  EXPECT_NE(bytes.find("Message-ID: <ticket-17-abc.def@desk.example>\r\n"), std::string::npos);
  const auto read = read_message(bytes);
  EXPECT_EQ(read.subject, letter().subject);
  EXPECT_EQ(read.from, std::vector{letter().from});
  EXPECT_EQ(read.to, letter().to);
  EXPECT_EQ(read.text, "您好，\n\n请重启。");
  EXPECT_EQ(read.html, "");
  EXPECT_EQ(read.sent_at, letter().sent_at);
  EXPECT_EQ(read.zone_minutes, 480);
  EXPECT_EQ(read.date, DateState::good);
  EXPECT_TRUE(read.oddities.empty());
}

TEST(Compose, TheSameLetterGivesTheSameBytes) {
  EXPECT_EQ(compose_message(letter()), compose_message(letter()));
}

Letter full_letter() {
  auto made = letter();
  made.sender = {"", "agent@desk.example", {}, true};
  made.reply_to = {{"", "support+t17-x@desk.example", {}, true}};
  made.cc = {{"Li, Qiang \"Tom\"", "lq@customer.cn", {}, true}, {"", "zs@customer.cn", {}, true}};
  made.html = "<p>您好，<img src=\"cid:logo\"></p>";
  made.history = {"2026-01-04 王芳 写道：", "坏了\n> 旧的\n", {}};
  made.inline_images = {{"logo.png", "image/png", "logo", std::string("\x89PNG\0\r\n", 7)}};
  made.attachments = {{"设备运行日志（2026年第一季度）最终版本.pdf", "application/pdf", {}, "%PDF"},
                      {"a b.txt", "text/plain", {}, "x\n"}};
  made.in_reply_to = "q@customer.cn";
  made.references = {"p@customer.cn", "q@customer.cn"};
  made.automatic = Automatic::replied;
  made.loop_mark = "desk-7";
  made.list_unsubscribe = "https://desk.example/u?t=1";
  made.language = "zh-CN";
  return made;
}

TEST(Compose, EverythingAtOnce) {
  const auto bytes = compose_message(full_letter());
  const auto read = read_message(bytes);
  EXPECT_EQ(read.cc, full_letter().cc);
  EXPECT_EQ(read.sender.front().email, "agent@desk.example");
  EXPECT_EQ(read.reply_to.front().email, "support+t17-x@desk.example");
  EXPECT_EQ(read.in_reply_to, std::vector<std::string>{"q@customer.cn"});
  EXPECT_EQ(read.references, full_letter().references);
  EXPECT_EQ(read.text, "您好，\n\n请重启。\n\n2026-01-04 王芳 写道：\n> 坏了\n>> 旧的");
  EXPECT_NE(read.html.find("<img src=\"cid:logo\">"), std::string::npos);
  EXPECT_NE(read.html.find("王芳 写道："), std::string::npos);
  ASSERT_EQ(read.attachments.size(), 3U);
  EXPECT_EQ(read.attachments[0].role, Role::inline_image);
  EXPECT_EQ(read.attachments[0].content_id, "logo");
  EXPECT_EQ(read.attachments[0].bytes, full_letter().inline_images[0].bytes);
  EXPECT_EQ(read.attachments[1].name, full_letter().attachments[0].name);
  EXPECT_EQ(read.attachments[1].bytes, "%PDF");
  EXPECT_EQ(read.attachments[2].name, "a b.txt");
  EXPECT_EQ(*read.header("Content-Language"), "zh-CN");
  EXPECT_EQ(*read.header("List-Unsubscribe"), "<https://desk.example/u?t=1>");
  EXPECT_EQ(judge(read).nature, Nature::auto_reply);
  EXPECT_EQ(judge(read, {"desk-7", false}).nature, Nature::own);
}

TEST(Compose, AllAutomaticMailSaysSo) {
  auto made = letter();
  made.automatic = Automatic::generated;
  const auto read = read_message(compose_message(made));
  EXPECT_EQ(*read.header("Auto-Submitted"), "auto-generated");
  EXPECT_EQ(*read.header("X-Auto-Response-Suppress"), "All");
  EXPECT_FALSE(judge(read).may_be_answered);
}

TEST(Compose, LinesAreShortAndSevenBit) {
  auto made = full_letter();
  made.subject = std::string(2'000, 'x') + " 中文 " + std::string(300, 'y');
  made.text = std::string(5'000, 'z') + "\n.\nFrom me\n..\n\n 中 \n";
  made.to.assign(200, {"一个很长的名字，带有标点", "somebody@some.customer.example", {}, true});
  const auto bytes = compose_message(made);
  std::size_t begin = 0;
  while (begin < bytes.size()) {
    const auto end = bytes.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    const auto line = std::string_view(bytes).substr(begin, end - begin);
    EXPECT_LE(line.size(), 78U) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos);
    EXPECT_FALSE(has_high(line)) << line;
    EXPECT_NE(line, ".");
    EXPECT_FALSE(line.starts_with("From ")) << "old mailboxes would change it";
    begin = end + 2;
  }
  EXPECT_EQ(read_message(bytes).to.size(), 200U);
  EXPECT_EQ(read_message(bytes).subject, made.subject);
}

// M5: what somebody writes into a field stays in that field.
TEST(Compose, NoFieldAddsAHeaderOrARecipient) {
  for (std::string_view evil :
       {"x\r\nBcc: evil@evil.example", "x\nBcc: evil@evil.example", "x\rBcc: evil@evil.example",
        "x\r\n\r\n<script>", "x\u2028Bcc: evil@evil.example", "x\u0085Bcc: evil@evil.example",
        "x%0d%0aBcc: evil@evil.example", "=?utf-8?q?x=0d=0aBcc:_evil@evil.example?=",
        "a\", evil@evil.example, \"b", "evil@evil.example, <evil@evil.example>", "x\0y",
        "x\u202Egnp.exe", "\\\", evil@evil.example", ">, <evil@evil.example"}) {
    auto made = full_letter();
    const std::string text(evil);
    made.subject = text;
    made.from.name = made.to[0].name = made.reply_to[0].name = text;
    made.history.introduction = text;
    made.attachments[0].name = made.attachments[0].type = made.attachments[0].content_id = text;
    made.inline_images[0].content_id = made.inline_images[0].name = text;
    made.language = made.loop_mark = made.list_unsubscribe = text;
    const auto bytes = compose_message(made);
    const std::vector<std::string> expected = {"Date",
                                               "From",
                                               "Sender",
                                               "Reply-To",
                                               "To",
                                               "Cc",
                                               "Subject",
                                               "Message-ID",
                                               "In-Reply-To",
                                               "References",
                                               "Auto-Submitted",
                                               "X-Auto-Response-Suppress",
                                               "X-Baijin-Loop",
                                               "Content-Language",
                                               "MIME-Version",
                                               "Content-Type"};
    EXPECT_EQ(header_names(bytes), expected) << evil;
    const auto read = read_message(bytes);
    EXPECT_EQ(read.from.size() + read.to.size() + read.cc.size() + read.reply_to.size(), 5U);
    EXPECT_EQ(read.to[0].email, "wf@customer.cn") << evil;
    EXPECT_TRUE(read.bcc.empty());
    EXPECT_EQ(read.attachments.size(), 3U) << evil;
    EXPECT_EQ(recipients_of(made),
              (std::vector<std::string>{"wf@customer.cn", "lq@customer.cn", "zs@customer.cn"}));
  }
}

std::string reason_of(const Letter& made) {
  try {
    compose_message(made);
  } catch (const Error& error) {
    return error.reason;
  }
  return {};
}

TEST(Compose, WhatIsNoAddressIsRefused) {
  for (std::string_view email : {"", "a", "a@", "a b@c.d", "a@b.c\r\nBcc: x@y.z", "a@b.c,x@y.z",
                                 "a@b.c>", "\"a\"@b.c", "a@b.c x@y.z"}) {
    for (auto field : {&Letter::to, &Letter::cc, &Letter::reply_to}) {
      auto made = letter();
      (made.*field) = {{"x", std::string(email), {}, true}};
      EXPECT_EQ(reason_of(made), "not_an_email") << email;
    }
    auto made = letter();
    made.from.email = email;
    EXPECT_EQ(reason_of(made), "not_an_email") << email;
  }
  auto nobody = letter();
  nobody.to.clear();
  EXPECT_EQ(reason_of(nobody), "no_recipient");
  EXPECT_THROW(recipients_of(nobody), Error);
}

TEST(Compose, WhatIsNoMessageIdIsRefused) {
  for (std::string_view id : {"", "a", "@b", "a b@c", "a@b>\r\nBcc: x@y.z", "a@b>", "<a@b"}) {
    auto made = letter();
    made.message_id = id;
    EXPECT_EQ(reason_of(made), "not_a_message_id") << id;
    auto answer = letter();
    answer.references = {std::string(id)};
    EXPECT_EQ(reason_of(answer), "not_a_message_id") << id;
  }
}

TEST(Compose, RecipientsAreNamedOnce) {
  auto made = letter();
  made.cc = {{"", "WF@customer.cn", {}, true}, {"", "lq@customer.cn", {}, true}};
  EXPECT_EQ(recipients_of(made), (std::vector<std::string>{"wf@customer.cn", "lq@customer.cn"}));
}

// ── what is written is what is read ───────────────────────────────────────────────────────────

rc::Gen<std::string> unicode(int most) {
  const auto character = rc::gen::weightedOneOf<char32_t>(
      {{6, rc::gen::inRange<char32_t>(0x20, 0x7F)},
       {4, rc::gen::inRange<char32_t>(0x4E00, 0x9FA6)},
       {2, rc::gen::inRange<char32_t>(0xA0, 0xD7FF)},
       {1, rc::gen::inRange<char32_t>(0xE000, 0x10FFFF)},
       {1, rc::gen::elementOf(std::u32string(U" \"\\<>,;:=?@()\u0301\u3000\r\n\t."))}});
  return rc::gen::mapcat(rc::gen::inRange(0, most), [=](int size) {
    return rc::gen::map(
        rc::gen::container<std::vector<char32_t>>(static_cast<std::size_t>(size), character),
        [](const std::vector<char32_t>& characters) {
          std::string text;
          for (auto c : characters) append_code_point(text, c);
          return text;
        });
  });
}

std::string without_end(std::string text) {
  while (text.ends_with('\n') || text.ends_with(' ')) text.pop_back();
  return text;
}

RC_GTEST_PROP(ComposeProperties, ReadsWhatWasWritten, ()) {
  auto made = full_letter();
  made.history = {};
  made.subject = *unicode(120);
  made.text = "x" + *unicode(400);
  made.html = *unicode(400);
  made.from.name = *unicode(60);
  made.to[0].name = *unicode(60);
  made.attachments[0].name = *unicode(120);
  made.attachments[0].bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const auto read = read_message(compose_message(made));
  RC_ASSERT(read.subject == one_line(made.subject));
  RC_ASSERT(read.from.size() == 1U);
  RC_ASSERT(read.from[0].name == one_line(made.from.name));
  RC_ASSERT(read.from[0].email == made.from.email);
  RC_ASSERT(read.to.size() == 1U);
  RC_ASSERT(read.to[0].name == one_line(made.to[0].name));
  RC_ASSERT(read.text == without_end(plain_lines(made.text)));
  if (!made.html.empty()) RC_ASSERT(without_end(read.html) == without_end(plain_lines(made.html)));
  const auto& file = read.attachments[made.html.empty() ? 0 : 1];
  RC_ASSERT(file.bytes == made.attachments[0].bytes);
  const auto name = one_line(made.attachments[0].name);
  if (name.find_first_of("/\\") == std::string::npos && name != "." && name != "..") {
    RC_ASSERT(file.name == name);
  }
  RC_ASSERT(read.oddities.empty());
}

}  // namespace
}  // namespace baijin::mime
