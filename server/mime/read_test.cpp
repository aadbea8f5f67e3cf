// Reading what the world sends (INT-4): the structures of RFC 5322 and MIME, and what is made of
// them elsewhere.
#include "mime/read.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "mime/reader.h"
#include "mime/wire.h"

namespace baijin::mime {
namespace {

Message read(std::string_view bytes) { return read_message(bytes); }

bool has(const Message& message, std::string_view oddity) {
  return std::ranges::find(message.oddities, oddity) != message.oddities.end();
}

TEST(Read, HeadersAndDate) {
  const auto one = read(
      "From: =?gb2312?B?zfW3vA==?= <WF@Customer.CN>\r\nTo: a@b.cn; \"Li, Qiang\" <lq@c.cn>\r\n"
      "Cc: group: x@y.cn, Z <z@y.cn>;, w@y.cn\r\nSubject: Re: PLC\r\n"
      "Date: Mon, 5 Jan 2026 10:00:00 +0800 (CST)\r\nMessage-ID: <1@x>\r\n"
      "In-Reply-To: <0@x>\r\nReferences: <-1@x>\r\n <0@x>\r\n\r\nhello\r\n");
  ASSERT_EQ(one.from.size(), 1U);
  EXPECT_EQ(one.from[0], (Address{"王芳", "WF@customer.cn", "", true}));
  ASSERT_EQ(one.to.size(), 2U);
  EXPECT_EQ(one.to[1].name, "Li, Qiang");
  ASSERT_EQ(one.cc.size(), 3U);
  EXPECT_EQ(one.cc[0].group, "group");
  EXPECT_EQ(one.cc[2].group, "");
  EXPECT_EQ(to_text(*one.sent_at), "2026-01-05T02:00:00.000Z");
  EXPECT_EQ(one.zone_minutes, 480);
  EXPECT_EQ(one.message_id, "1@x");
  EXPECT_EQ(one.references, (std::vector<std::string>{"-1@x", "0@x"}));
  EXPECT_EQ(one.text, "hello");
  EXPECT_TRUE(one.oddities.empty());
  EXPECT_EQ(one.too_much, TooMuch::no);
}

struct Subject {
  const char* raw;
  const char* expected;
};

TEST(Read, SubjectsOfEveryKind) {
  const Subject subjects[] = {
      {"=?utf-8?B?5Lit5Zs=?= =?utf-8?B?vQ==?=", "中国"},  // a character cut in two
      {"=?utf-8?B?5Lit5Z?= =?utf-8?B?u9?=", "中国"},      // and its base64 as well
      {"=?gb2312?Q?=D6=D0?= =?gb2312?B?ufo=?=", "中国"},  // in two encodings
      {"=?GB2312?B?6UY=?=", "镕"},                        // in GBK, not in GB 2312
      {"=?x-gbk?B?1tC5+g==?=", "中国"},
      {"=?gb18030?B?lTKCNg==?=", "𠀀"},
      {"=?big5?B?pKSk5Q==?=", "中文"},
      {"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"},
      {"=?iso-2022-kr?B?GyQpQw4wIQ8=?=", "가"},
      {"=?hz-gb-2312?Q?~{VP9z~}?=", "中国"},
      {"=?utf-7?Q?+Ti1W/Q-?=", "中国"},
      {"=?ks_c_5601-1987?B?sKE=?=", "가"},
      {"=?shift_jis?B?k/qWew==?=", "日本"},
      {"=?windows-1251?B?z/Do4uXy?=", "Привет"},
      {"=?gb2312?B?5Lit5Zu95Lq6?=", "中国人"},           // it is UTF-8
      {"\xD6\xD0\xB9\xFA\xC9\xE8\xB1\xB8", "中国设备"},  // raw GBK
      {"\xE4\xB8\xAD\xE5\x9B\xBD", "中国"},              // raw UTF-8
      {"Fr\xF6hliche Gr\xFC\xDF"
       "e",
       "Fröhliche Grüße"},  // raw windows-1252
      {"=?utf-8?q?a=0d=0aBcc:_x@y.z?=", "a  Bcc: x@y.z"},
      {"=?utf-8?Q?=E2=80=AEabc?=", "abc"},
      {"=?foo-8?Q?abc?=", "abc"},
      {"=?utf-8?Q?a_b?= c =?utf-8?Q?d?=", "a b c d"},
  };
  for (const auto& [raw, expected] : subjects) {
    EXPECT_EQ(read("Subject: " + std::string(raw) + "\n\nx").subject, expected) << raw;
  }
}

TEST(Read, BodiesInEveryCharset) {
  auto body = [](std::string_view charset, std::string_view bytes) {
    std::string type = charset.empty() ? "" : "; charset=" + std::string(charset);
    return read("Content-Type: text/plain" + type + "\n\n" + std::string(bytes)).text;
  };
  const std::string gbk = "\xC4\xFA\xBA\xC3\xA3\xAC\xC9\xE8\xB1\xB8\xB1\xA8\xBE\xAF";
  EXPECT_EQ(body("gb2312", gbk), "您好，设备报警");
  EXPECT_EQ(body("\"x-gbk\"", gbk), "您好，设备报警");
  EXPECT_EQ(body("", gbk), "您好，设备报警");
  EXPECT_EQ(body("us-ascii", gbk), "您好，设备报警");
  EXPECT_EQ(body("utf-8", gbk), "您好，设备报警") << "not what is told";
  EXPECT_EQ(body("unknown-8bit", gbk), "您好，设备报警");
  EXPECT_EQ(body("nonsense", gbk), "您好，设备报警");
  EXPECT_EQ(body("iso-8859-1", "您好，设备"), "您好，设备") << "it is UTF-8";
  EXPECT_EQ(body("gbk", "您好，设备报警"), "您好，设备报警");
  EXPECT_EQ(body("iso-8859-1", "caf\xE9 \x93quoted\x94"), "café “quoted”");
  EXPECT_EQ(body("big5", "\xB1\x7A\xA6\x6E"), "您好");
  EXPECT_EQ(body("", "\x1B$BF|K\\\x1B(B"), "日本");
  EXPECT_EQ(body("utf-16le", std::string("\x2D\x4E\xFD\x56", 4)), "中国");
  EXPECT_EQ(body("utf-8", "\xEF\xBB\xBFx"), "x");
  EXPECT_EQ(body("utf-8", "中\xFF国"), "中\uFFFD国");
}

TEST(Read, TheBestAlternativesAreChosen) {
  const auto one = read(
      "Content-Type: multipart/mixed; boundary=m\n\npreamble\n--m\n"
      "Content-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\nplain\n"
      "--a\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n"
      "<p>html <img src='cid:i1'></p>\n--r\nContent-Type: image/png\nContent-ID: <i1>\n"
      "Content-Transfer-Encoding: base64\n\niVBO\n--r--\n--a\n"
      "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--a--\n--m\n"
      "Content-Type: application/pdf; name=\"=?gb2312?B?yNXWvi5wZGY=?=\"\n"
      "Content-Disposition: attachment\n\n%PDF\n--m\nContent-Type: "
      "text/plain\n\nfooter\n--m--\nend");
  EXPECT_EQ(one.text, "plain\nfooter");
  EXPECT_EQ(one.html, "<p>html <img src='cid:i1'></p><br>footer");
  ASSERT_EQ(one.attachments.size(), 3U);
  EXPECT_EQ(one.attachments[0].role, Role::inline_image);
  EXPECT_EQ(one.attachments[0].bytes, "\x89PN");
  EXPECT_EQ(one.attachments[1].role, Role::calendar);
  EXPECT_EQ(one.attachments[1].method, "REQUEST");
  EXPECT_EQ(one.attachments[2].name, "日志.pdf");
  EXPECT_EQ(one.attachments[2].bytes, "%PDF");
}

TEST(Read, AnHtmlMessageHasATextToo) {
  const auto one = read("Content-Type: text/html\n\n<p>a<p>b &amp; c</p>");
  EXPECT_EQ(one.text, "a\nb & c");
  EXPECT_TRUE(one.text_from_html);
  EXPECT_EQ(read("Content-Type: text/html\n\n<meta charset=gbk>\xD6\xD0\xB9\xFA").html,
            "<meta charset=gbk>中国");
}

TEST(Read, FileNamesAreNames) {
  auto name = [](std::string_view parameter) {
    const auto one = read("Content-Type: application/x\nContent-Disposition: attachment; " +
                          std::string(parameter) + "\n\nx");
    return one.attachments.empty() ? "none" : one.attachments[0].name;
  };
  EXPECT_EQ(name("filename*=utf-8''%E6%97%A5%E5%BF%97.txt"), "日志.txt");
  EXPECT_EQ(name("filename*0*=gb2312''%C8%D5; filename*1*=%D6%BE; filename*2=.txt"), "日志.txt");
  EXPECT_EQ(name("filename=\"x.txt\"; filename*=utf-8''y.txt"), "y.txt");
  EXPECT_EQ(name("filename=\"\xC8\xD5\xD6\xBE.txt\""), "日志.txt");
  EXPECT_EQ(name("filename=\"=?utf-8?B?5pel5b+X?=\n =?utf-8?B?LnR4dA==?=\""), "日志.txt");
  EXPECT_EQ(name("filename=a b (1).txt"), "a b (1).txt");
  EXPECT_EQ(name("filename=\"../../etc/passwd\""), "passwd");
  EXPECT_EQ(name("filename=\"C:\\temp\\a.txt\""), "a.txt");
  EXPECT_EQ(name("filename=\"..\""), "");
  EXPECT_EQ(name("filename=\"a\x01\x7F"
                 "b.txt\""),
            "a  b.txt");
  EXPECT_EQ(name("filename=\"gnp.\xE2\x80\xAE"
                 "exe\""),
            "gnp.exe");
  EXPECT_EQ(code_points(name("filename=\"" + std::string(500, 'x') + ".pdf\"")), 185);
}

TEST(Read, OldFilesInATextBecomeAttachments) {
  const auto one = read(
      "Content-Type: text/plain\n\nbefore\nbegin 644 "
      "hello.txt\n+:&5L;&\\@=V]R;&0\n`\nend\nafter\n");
  EXPECT_EQ(one.text, "before\nafter");
  ASSERT_EQ(one.attachments.size(), 1U);
  EXPECT_EQ(one.attachments[0].name, "hello.txt");
  EXPECT_EQ(one.attachments[0].bytes, "hello world");
  const auto yenc = read("\nx\n=ybegin line=128 size=3 name=a b.bin\nklm\n=yend size=3\ny\n");
  EXPECT_EQ(yenc.text, "x\ny");
  ASSERT_EQ(yenc.attachments.size(), 1U);
  EXPECT_EQ(yenc.attachments[0].name, "a b.bin");
  EXPECT_EQ(yenc.attachments[0].bytes, "ABC");
  EXPECT_EQ(read("\nbegin 644 a story\nthat is text\n").attachments.size(), 0U);
}

TEST(Read, FlowedTextIsJoined) {
  EXPECT_EQ(read("Content-Type: text/plain; format=flowed\n\nA long \nline.\n> quoted \n> too\n"
                 " >no quote\n-- \nme\n")
                .text,
            "A long line.\n> quoted too\n>no quote\n-- \nme");
  EXPECT_EQ(read("Content-Type: text/plain; format=flowed; delsp=yes\n\n中 \n文\n").text, "中文");
}

TEST(Read, NestedMessagesKeepTheirBytes) {
  const auto one = read(
      "Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: inner\n\nbody\n--d\n"
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
      "U3ViamVjdDogYjY0Cgp4\n--d--\n");
  ASSERT_EQ(one.attachments.size(), 2U);
  EXPECT_EQ(one.attachments[0].role, Role::message);
  EXPECT_EQ(read(one.attachments[0].bytes).subject, "inner");
  EXPECT_EQ(read(one.attachments[1].bytes).subject, "b64");
}

// M11: that something is signed is seen; whether the signature is good, never taken from a header.
TEST(Read, ProtectionIsRecognisedAndKept) {
  const auto pgp = read(
      "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s\n"
      "Authentication-Results: desk.example; dkim=pass\n\n--s\n\nhello\n--s\n"
      "Content-Type: application/pgp-signature\n\n-----BEGIN\n--s--\n");
  EXPECT_EQ(pgp.protection, Protection::pgp_signed);
  EXPECT_EQ(pgp.text, "hello");
  ASSERT_EQ(pgp.attachments.size(), 1U);
  EXPECT_EQ(pgp.attachments[0].role, Role::signature);
  const auto encrypted = read(
      "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; "
      "boundary=s\n\n--s\n"
      "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--s\n"
      "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--s--\n");
  EXPECT_EQ(encrypted.protection, Protection::pgp_encrypted);
  EXPECT_EQ(encrypted.attachments[1].role, Role::encrypted);
  const auto smime = read(
      "Content-Type: application/pkcs7-mime; smime-type=enveloped-data;\n"
      " name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n");
  EXPECT_EQ(smime.protection, Protection::smime_encrypted);
  EXPECT_EQ(smime.attachments[0].role, Role::encrypted);
  EXPECT_EQ(read("\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nx\n").protection,
            Protection::pgp_signed);
}

TEST(Read, BrokenMessagesAreReadAsFarAsTheyGo) {
  EXPECT_EQ(read("").text, "");
  EXPECT_EQ(read("no header at all").text, "no header at all");
  const auto headless = read("Subject: x\nDear support,\nit is broken.\n");
  EXPECT_EQ(headless.subject, "x");
  EXPECT_EQ(headless.text, "Dear support,\nit is broken.");
  EXPECT_TRUE(has(headless, "no_header_end"));
  const auto unbounded = read("Content-Type: multipart/mixed\n\n--q\n\nfound\n--q--\n");
  EXPECT_EQ(unbounded.text, "found") << "the boundary can be guessed";
  const auto bare = read("Content-Type: multipart/mixed; boundary=x\n\njust text\n");
  EXPECT_EQ(bare.text, "just text");
  EXPECT_TRUE(has(bare, "no_boundary"));
  const auto open = read("Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello");
  EXPECT_EQ(open.text, "hello");
  EXPECT_TRUE(has(open, "unterminated_multipart"));
  EXPECT_EQ(read("Subject: a\rFrom: x@y.cn\r\rbody\r").text, "body") << "lines end in CR";
  EXPECT_EQ(read(std::string("Subject: a\0b\n\nc\0d", 17)).text, "cd");
  EXPECT_EQ(read("From wf@x.cn Mon Jan  5 10:00:00 2026\nSubject: mbox\n\nx").subject, "mbox");
  EXPECT_EQ(read("Subject : x\n\ny").subject, "x");
  EXPECT_EQ(read("Content-Type: text/plain; charset=gbk; charset=utf-8\n\n\xD6\xD0").text, "中");
}

TEST(Read, WhatStandsTwiceCountsOnce) {
  const auto one = read(
      "From: a@b.cn\nFrom: evil@x.cn\nSubject: first\nSubject: second\n"
      "Message-ID: <1@x>\nMessage-ID: <2@x>\nTo: c@d.cn\nTo: e@f.cn\n\n");
  EXPECT_EQ(one.from.size(), 1U);
  EXPECT_EQ(one.from[0].email, "a@b.cn");
  EXPECT_EQ(one.subject, "first");
  EXPECT_EQ(one.message_id, "1@x");
  EXPECT_EQ(one.to.size(), 2U);
  EXPECT_TRUE(has(one, "duplicate_from"));
  EXPECT_EQ(one.count_of("subject"), 2);
}

// M5, M2: nothing that is hidden in a name becomes an address.
TEST(Read, NamesHideNoAddress) {
  struct Case {
    const char* from;
    const char* email;
  };
  for (const auto& [from, email] : {
           Case{"\"boss@desk.example\" <evil@x.cn>", "evil@x.cn"},
           Case{"boss@desk.example <evil@x.cn>", "evil@x.cn"},
           Case{"=?utf-8?q?boss=40desk.example=3E=2C?= <evil@x.cn>", "evil@x.cn"},
           Case{"\"a\\\" <boss@desk.example>\" <evil@x.cn>", "evil@x.cn"},
           Case{"(boss@desk.example) evil@x.cn", "evil@x.cn"},
           Case{"evil@x.cn (boss@desk.example)", "evil@x.cn"},
           Case{"<evil@x.cn> <boss@desk.example>", "evil@x.cn"},
           Case{"\"boss\"@desk.example", "\"boss\"@desk.example"},
       }) {
    const auto one = read("From: " + std::string(from) + "\n\n");
    ASSERT_EQ(one.from.size(), 1U) << from;
    EXPECT_EQ(one.from[0].email, email) << from;
  }
}

TEST(Read, TravelsBetweenProcessesUnchanged) {
  const auto one = read(
      "From: a@b.cn\nDate: Mon, 5 Jan 2026 10:00:00 +0800\n"
      "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\n"
      "Content-Type: application/x; name=\"a.bin\"\nContent-Transfer-Encoding: "
      "base64\n\nAAEC/w==\n");
  const auto wire = to_wire(one);
  EXPECT_EQ(from_wire(wire), one);
  for (std::size_t size = 0; size < wire.size(); ++size) {
    EXPECT_THROW(from_wire(std::string_view(wire).substr(0, size)), std::runtime_error);
  }
  EXPECT_THROW(from_wire(wire + "x"), std::runtime_error);
  EXPECT_EQ(direct_reader().read("Subject: x\n\ny").message.subject, "x");
}

}  // namespace
}  // namespace baijin::mime
