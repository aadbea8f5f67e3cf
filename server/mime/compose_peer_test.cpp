// Our letters, read by a library that others wrote (GMime): what our own reader forgives, it would
// not have to.
#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "mime/letter.h"
#include "mime/read.h"

namespace baijin::mime {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
using PeerMessage = std::unique_ptr<GMimeMessage, Unref>;

PeerMessage peer_reads(const std::string& bytes) {
  static const bool ready = [] {
    g_mime_init();
    return true;
  }();
  EXPECT_TRUE(ready);
  auto* stream = g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size());
  auto* parser = g_mime_parser_new_with_stream(stream);
  PeerMessage message(g_mime_parser_construct_message(parser, nullptr));
  g_object_unref(parser);
  g_object_unref(stream);
  return message;
}

std::string text_of(char* owned) {
  std::string text = owned ? owned : "";
  g_free(owned);
  return text;
}

std::string content_of(GMimeObject* part) {
  auto* stream = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), stream);
  const auto* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  std::string content(reinterpret_cast<const char*>(bytes->data), bytes->len);
  g_object_unref(stream);
  return content;
}

Letter letter() {
  Letter made;
  made.from = {"服务台, \"热线\"", "support@desk.example", {}, true};
  made.to = {{"王芳（苏州）设备管理部门的一位非常重要的联系人", "wf@customer.cn", {}, true},
             {"O'Neil, Pat", "pat@customer.example", {}, true}};
  made.subject =
      "答复：关于贵公司第三号生产线上可编程控制器频繁报警问题的处理意见与后续安排 [2026-4831-9207]";
  made.text = "您好，\n.\nFrom us\n" + std::string(300, 'x') + "\n中文\n";
  made.html = "<p>您好</p>";
  made.attachments = {{"运行日志 (2026).txt", "text/plain", {}, std::string("\0\xFF log", 6)}};
  made.sent_at = *parse_time("2026-01-05T02:00:00Z");
  made.zone_minutes = 480;
  made.message_id = "ticket-17-abc.def@desk.example";
  return made;
}

TEST(ComposePeer, HeadersAreUnderstood) {
  const auto made = letter();
  const auto peer = peer_reads(compose_message(made));
  ASSERT_TRUE(peer);
  EXPECT_EQ(g_mime_message_get_subject(peer.get()), made.subject);
  EXPECT_STREQ(g_mime_message_get_message_id(peer.get()), made.message_id.c_str());
  auto* from = internet_address_list_get_address(g_mime_message_get_from(peer.get()), 0);
  EXPECT_EQ(internet_address_get_name(from), made.from.name);
  auto* to = g_mime_message_get_to(peer.get());
  ASSERT_EQ(internet_address_list_length(to), 2);
  for (int i = 0; i < 2; ++i) {
    auto* address = internet_address_list_get_address(to, i);
    const auto& wanted = made.to[static_cast<std::size_t>(i)];
    EXPECT_EQ(internet_address_get_name(address), wanted.name);
    EXPECT_EQ(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)), wanted.email);
  }
  auto* date = g_mime_message_get_date(peer.get());
  EXPECT_EQ(g_date_time_to_unix(date), made.sent_at.us / 1'000'000);
  EXPECT_EQ(g_date_time_get_utc_offset(date), 480 * std::int64_t{60} * 1'000'000);
}

TEST(ComposePeer, BodiesAndFilesAreUnderstood) {
  const auto made = letter();
  const auto peer = peer_reads(compose_message(made));
  ASSERT_TRUE(peer);
  auto* mixed = g_mime_message_get_mime_part(peer.get());
  ASSERT_TRUE(GMIME_IS_MULTIPART(mixed));
  ASSERT_EQ(g_mime_multipart_get_count(GMIME_MULTIPART(mixed)), 2);
  auto* alternative = g_mime_multipart_get_part(GMIME_MULTIPART(mixed), 0);
  ASSERT_EQ(g_mime_multipart_get_count(GMIME_MULTIPART(alternative)), 2);
  auto* plain = g_mime_multipart_get_part(GMIME_MULTIPART(alternative), 0);
  auto text = text_of(g_mime_text_part_get_text(GMIME_TEXT_PART(plain)));
  std::erase(text, '\r');
  EXPECT_EQ(text, made.text);
  auto* html = g_mime_multipart_get_part(GMIME_MULTIPART(alternative), 1);
  EXPECT_EQ(text_of(g_mime_text_part_get_text(GMIME_TEXT_PART(html))), made.html);
  auto* file = g_mime_multipart_get_part(GMIME_MULTIPART(mixed), 1);
  EXPECT_EQ(g_mime_part_get_filename(GMIME_PART(file)), made.attachments[0].name);
  EXPECT_EQ(content_of(file), made.attachments[0].bytes);
}

}  // namespace
}  // namespace baijin::mime
