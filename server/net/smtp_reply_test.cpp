#include "net/smtp_reply.h"

#include <gtest/gtest.h>

#include "net/test_source.h"

namespace baijin::net {
namespace {

using testing::reason_of;
using testing::TextSource;

SmtpReply read(std::string_view text) {
  TextSource source(text);
  return read_smtp_reply(source);
}

TEST(SmtpReply, HasOneLineOrSeveral) {
  EXPECT_EQ(read("250 2.0.0 Ok: queued as 4F1A2\r\n").text(), "250 2.0.0 Ok: queued as 4F1A2");
  EXPECT_EQ(read("354\r\n").code, 354);
  const auto hello = read("250-mail.test\r\n250-SIZE 1000\r\n250 HELP\r\n");
  EXPECT_EQ(hello.lines, (std::vector<std::string>{"mail.test", "SIZE 1000", "HELP"}));
  EXPECT_TRUE(hello.good());
  EXPECT_TRUE(read("451 later\r\n").for_now());
  EXPECT_TRUE(read("550 never\r\n").for_good());
}

TEST(SmtpReply, IsRefusedWhenItIsNone) {
  for (std::string_view text :
       {"\r\n", "25\r\n", "2500 x\r\n", "abc x\r\n", "150 x\r\n", "600 x\r\n", "250-a\r\n251 b\r\n",
        "250-a\r\nxyz\r\n", "250\tx\r\n", "+OK\r\n"}) {
    EXPECT_EQ(reason_of([&] { read(text); }), "peer_garbled") << text;
  }
  EXPECT_EQ(reason_of([] { read("250-a\r\n"); }), "peer_closed");
  std::string endless;
  for (int i = 0; i < 1'000; ++i) endless += "250-x\r\n";
  EXPECT_EQ(reason_of([&] { read(endless); }), "peer_too_long");
}

}  // namespace
}  // namespace baijin::net
