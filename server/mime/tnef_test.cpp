// winmail.dat as Outlook writes it, put together here from its specification (MS-OXTNEF).
#include "mime/tnef.h"

#include <gtest/gtest.h>

#include "mime/read.h"
#include "mime/rtf.h"

namespace baijin::mime {
namespace {

std::string number(std::uint32_t value, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

std::string attribute(int level, std::uint32_t id, const std::string& content) {
  std::uint32_t sum = 0;
  for (char c : content) sum += static_cast<unsigned char>(c);
  return number(static_cast<std::uint32_t>(level), 1) + number(id, 4) +
         number(static_cast<std::uint32_t>(content.size()), 4) + content + number(sum & 0xFFFF, 2);
}

std::string property(std::uint32_t type, std::uint32_t id, const std::string& content) {
  const auto padding = (4 - content.size() % 4) % 4;
  return number(type, 2) + number(id, 2) + number(1, 4) +
         number(static_cast<std::uint32_t>(content.size()), 4) + content +
         std::string(padding, '\0');
}

std::string wide(std::u16string_view text) {
  std::string bytes;
  for (char16_t c : text) bytes += number(c, 2);
  return bytes + std::string(2, '\0');
}

const std::string head = number(0x223E9F78, 4) + number(1, 2) +
                         attribute(1, 0x00069007, number(936, 4) + number(0, 4));

std::string winmail() {
  const auto long_property = number(3, 2) + number(0x3FDE, 2) + number(65001, 4);
  const auto named = number(0x001E, 2) + number(0x8001, 2) + std::string(16, 'g') + number(1, 4) +
                     number(6, 4) + "abcdef" + std::string(2, '\0') + number(1, 4) + number(2, 4) +
                     std::string("x\0\0\0", 4);
  const auto message_properties = number(3, 4) + long_property + named +
                                  property(0x0102, 0x1013, "<p>您好 <b>winmail</b></p>");
  const auto attachment_properties = number(3, 4) +
                                     property(0x001F, 0x3707, wide(u"设备日志.txt")) +
                                     property(0x001E, 0x370E, std::string("text/plain\0", 11)) +
                                     property(0x001F, 0x3712, wide(u"cid1"));
  return head + attribute(1, 0x00069003, message_properties) +
         attribute(2, 0x00069002, std::string(14, '\0')) +
         attribute(2, 0x00018010, std::string("SHEBEI~1.TXT\0", 13)) +
         attribute(2, 0x0006800F, "log\n") + attribute(2, 0x00069005, attachment_properties) +
         attribute(2, 0x00069002, std::string(14, '\0')) +
         attribute(2, 0x00018010, "\xC8\xD5\xD6\xBE.bin" + std::string(1, '\0')) +
         attribute(2, 0x0006800F, std::string("\0\1\2", 3));
}

Tnef read(const std::string& bytes) {
  Budget budget{Limits{}};
  return read_tnef(bytes, budget);
}

TEST(TnefFile, BodyAndAttachments) {
  const auto made = read(winmail());
  EXPECT_TRUE(made.readable);
  EXPECT_FALSE(made.damaged);
  EXPECT_EQ(made.html, "<p>您好 <b>winmail</b></p>");
  ASSERT_EQ(made.attachments.size(), 2U);
  EXPECT_EQ(made.attachments[0].name, "设备日志.txt");
  EXPECT_EQ(made.attachments[0].type, "text/plain");
  EXPECT_EQ(made.attachments[0].content_id, "cid1");
  EXPECT_EQ(made.attachments[0].bytes, "log\n");
  EXPECT_EQ(made.attachments[1].name, "日志.bin") << "in the code page it tells";
  EXPECT_EQ(made.attachments[1].bytes, std::string("\0\1\2", 3));
}

TEST(TnefFile, IsOpenedInAMessage) {
  const auto one = read_message(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b\n"
      "Content-Type: application/ms-tnef; name=winmail.dat\n\n" +
      winmail() + "\n--b--\n");
  EXPECT_EQ(one.text, "您好 winmail");
  EXPECT_EQ(one.html, "<p>您好 <b>winmail</b></p>");
  EXPECT_EQ(one.attachments.size(), 2U);
}

TEST(TnefFile, WhatIsNoneIsAnAttachment) {
  EXPECT_FALSE(read("hello").readable);
  const auto one = read_message("Content-Type: application/ms-tnef; name=winmail.dat\n\nhello");
  ASSERT_EQ(one.attachments.size(), 1U);
  EXPECT_EQ(one.attachments[0].bytes, "hello");
}

TEST(TnefFile, CutAnywhereIsReadAsFarAsItGoes) {
  const auto whole = winmail();
  for (std::size_t size = 0; size < whole.size(); ++size) read(whole.substr(0, size));
  EXPECT_TRUE(read(whole.substr(0, whole.size() - 5)).damaged);
  EXPECT_EQ(read(whole.substr(0, whole.size() - 20)).attachments.size(), 1U);
}

TEST(Rtf, IsReadAsText) {
  EXPECT_EQ(
      read_rtf(R"({\rtf1\ansi\ansicpg936{\fonttbl{\f0 Arial;}}\'c4\'fa\'ba\'c3\par a\{b\}\tab c})")
          .text,
      "您好\na{b}\tc");
  EXPECT_EQ(read_rtf(R"({\rtf1\uc1\u20013?\u22269? \u-10179?\u-8704?})").text, "中国 😀");
  EXPECT_EQ(read_rtf(R"({\rtf1{\*\generator x;}{\pict 0011}y)").text, "y");
}

TEST(Rtf, HtmlInsideOfItIsTakenOut) {
  const auto made = read_rtf(
      R"({\rtf1\ansi\fromhtml1 {\*\htmltag18 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 )"
      R"(hello {\*\htmltag84 <b>}\htmlrtf {\b\htmlrtf0 you{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 )"
      R"(\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}})");
  EXPECT_TRUE(made.is_html);
  EXPECT_EQ(made.text, "<html><p>hello <b>you</b></p>");
}

TEST(Rtf, IsUnpacked) {  // the example of MS-OXRTFCP §3.1
  const std::string packed(
      "\x2D\x00\x00\x00\x2B\x00\x00\x00\x4C\x5A\x46\x75\xF1\xC5\xC7\xA7\x03\x00\x0A\x00"
      "\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0A\xF3\x20\x68\x65\x6C\x09\x00\x20\x62\x77"
      "\x05\xB0\x6C\x64\x7D\x0A\x80\x0F\xA0",
      49);
  EXPECT_EQ(unpacked_rtf(packed, 1'000), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_EQ(unpacked_rtf(packed, 10), "") << "longer than is wanted";
  EXPECT_EQ(unpacked_rtf("short", 1'000), "");
}

}  // namespace
}  // namespace baijin::mime
