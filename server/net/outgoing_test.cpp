// The guard before every outgoing connection (security.md S1).
#include "net/outgoing.h"

#include <gtest/gtest.h>

#include "net/test_source.h"
#include "net/web_address.h"
#include "peers/scripted_peer.h"

namespace baijin::net {
namespace {

using testing::reason_of;

// Names as a test wants them; every other is unknown. Counts how often it was asked.
struct Names {
  std::map<std::string, std::vector<std::vector<std::string>>> answers;
  int asked = 0;
  Resolver resolver() {
    return [this](const std::string& host) {
      ++asked;
      auto& left = answers[host];
      if (left.empty()) throw LineFailure("name_not_found");
      std::vector<IpAddress> list;
      for (const auto& text : left.front()) list.push_back(parse_ip(text).value());
      if (left.size() > 1) left.erase(left.begin());  // the last is for ever
      return list;
    };
  }
};

std::string reason_for(const Dialler& dialler, std::string_view host) {
  return reason_of([&] { dialler.addresses_of(host, Deadline::in_ms(2'000)); });
}

TEST(Outgoing, KnowsThePublicInternet) {
  for (const char* text : {"127.0.0.1",
                           "127.255.255.254",
                           "0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "100.127.255.255",
                           "192.0.0.1",
                           "192.0.2.1",
                           "198.18.0.1",
                           "198.51.100.1",
                           "203.0.113.1",
                           "192.88.99.1",
                           "224.0.0.1",
                           "239.1.1.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::ffff:10.0.0.1",
                           "::ffff:127.0.0.1",
                           "::10.0.0.1",
                           "fd00::1",
                           "fc00::1",
                           "fe80::1",
                           "fec0::1",
                           "ff02::1",
                           "64:ff9b::7f00:1",
                           "64:ff9b:1::1",
                           "2002:7f00:1::1",
                           "2001::1",
                           "2001:db8::1",
                           "100::1",
                           "3fff::1",
                           "5f00::1"}) {
    EXPECT_FALSE(parse_ip(text).value().is_public()) << text;
  }
  for (const char* text : {"1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1",
                           "100.128.0.1", "223.255.255.254", "2606:4700::1111", "240e::1",
                           "2001:4860:4860::8888", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(parse_ip(text).value().is_public()) << text;
  }
}

TEST(Outgoing, ReadsBlocks) {
  EXPECT_TRUE(parse_block("10.1.2.0/24")->contains(parse_ip("10.1.2.255").value()));
  EXPECT_TRUE(parse_block("10.1.2.0/24")->contains(parse_ip("::ffff:10.1.2.3").value()));
  EXPECT_FALSE(parse_block("10.1.2.0/24")->contains(parse_ip("10.1.3.0").value()));
  EXPECT_TRUE(parse_block("10.1.2.0/23")->contains(parse_ip("10.1.3.0").value()));
  EXPECT_TRUE(parse_block("fd00::/8")->contains(parse_ip("fdff::1").value()));
  EXPECT_FALSE(parse_block("fd00::/8")->contains(parse_ip("fe00::1").value()));
  for (const char* text : {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8x",
                           "fd00::/129", "10.0.0/8", "0x0a.0.0.0/8"}) {
    EXPECT_FALSE(parse_block(text)) << text;
  }
}

TEST(Outgoing, RefusesEveryPrivateAddressAlike) {  // S1
  Names names;
  names.answers = {{"local.test", {{"127.0.0.1"}}},        {"meta.test", {{"169.254.169.254"}}},
                   {"mapped.test", {{"::ffff:10.0.0.1"}}}, {"six.test", {{"::1"}}},
                   {"cgnat.test", {{"100.64.1.1"}}},       {"many.test", {{"10.0.0.1", "fd00::1"}}},
                   {"localhost", {{"127.0.0.1"}}}};
  OutgoingOptions options;
  options.resolve = names.resolver();
  const Dialler dialler(options);
  for (const char* host : {"127.0.0.1",
                           "::1",
                           "[::1]",
                           "0",
                           "0x7f.1",
                           "0x7f000001",
                           "2130706433",
                           "017700000001",
                           "127.1",
                           "0177.0.0.1",
                           "127.0.0.1.",
                           "169.254.169.254",
                           "fd00::",
                           "fe80::1%lo",
                           "::ffff:10.0.0.1",
                           "::ffff:a00:1",
                           "100.64.0.1",
                           "local.test",
                           "meta.test",
                           "mapped.test",
                           "six.test",
                           "cgnat.test",
                           "many.test",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "",
                           ".",
                           "user@8.8.8.8",
                           "8.8.8.8:25",
                           "8.8.8.8/x",
                           "a..b",
                           "-a.test",
                           "a b",
                           "a\r\nb",
                           "１２７.0.0.1",
                           "127。0。0。1",
                           "8.8.8.0x8",
                           "134744072",
                           "8.8.2056"}) {
    const auto begun = std::chrono::steady_clock::now();
    try {
      dialler.addresses_of(host, Deadline::in_ms(2'000));
      ADD_FAILURE() << host;
    } catch (const LineFailure& failure) {
      EXPECT_EQ(failure.reason, "address_not_allowed") << host;
      EXPECT_EQ(failure.said, "") << host;  // one and the same text
    }
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_LT(took, std::chrono::milliseconds(500)) << host;
  }
}

TEST(Outgoing, TellsAnUnknownName) {
  Names names;
  OutgoingOptions options;
  options.resolve = names.resolver();
  EXPECT_EQ(reason_for(Dialler(options), "nowhere.test"), "name_not_found");
}

TEST(Outgoing, LetsThroughWhatTheAdministratorNames) {
  Names names;
  names.answers = {{"mail.intern", {{"10.9.9.9"}}},
                   {"other.intern", {{"10.9.9.9"}}},
                   {"mixed.test", {{"10.9.9.9", "8.8.8.8"}}},
                   {"zero.intern", {{"0.0.0.0", "::", "224.0.0.1"}}}};
  OutgoingOptions options;
  options.resolve = names.resolver();
  options.allow = {"10.1.2.0/24", "fd00:1::/32", "192.168.0.7", "Mail.Intern", "zero.intern"};
  const Dialler dialler(options);
  for (const char* host : {"10.1.2.3", "::ffff:10.1.2.3", "fd00:1::5", "192.168.0.7", "mail.intern",
                           "8.8.8.8", "MAIL.INTERN."}) {
    EXPECT_EQ(reason_for(dialler, host), "") << host;
  }
  for (const char* host : {"10.1.3.3", "192.168.0.8", "other.intern", "127.0.0.1", "zero.intern"}) {
    EXPECT_EQ(reason_for(dialler, host), "address_not_allowed") << host;
  }
  const auto left = dialler.addresses_of("mixed.test", Deadline::in_ms(1'000));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(to_text(left[0]), "8.8.8.8");
}

TEST(Outgoing, SaysWhichEntryOfTheListIsNone) {
  for (const char* entry : {"10.0.0.0/33", "a b", "http://x", "*.intern", "10.0.0"}) {
    OutgoingOptions options;
    options.allow = {entry};
    EXPECT_THROW(Dialler{options}, std::runtime_error) << entry;
  }
}

TEST(Outgoing, ConnectsToTheAddressThatWasChecked) {  // S1: rebinding
  peers::ScriptedPeer victim([](peers::PeerTalk& talk) { talk.say("220 you got in\r\n"); });
  Names names;
  names.answers = {{"rebind.test", {{"240e::1"}, {"127.0.0.1"}}}};
  OutgoingOptions options;
  options.resolve = names.resolver();
  const Dialler dialler(options);
  const auto addresses = dialler.addresses_of("rebind.test", Deadline::in_ms(1'000));
  EXPECT_EQ(names.asked, 1);
  // The second answer is never asked for.
  EXPECT_NE(reason_of([&] { dialler.dial(addresses, victim.port(), Deadline::in_ms(300)); }), "");
  EXPECT_EQ(names.asked, 1);
  EXPECT_EQ(victim.connections(), 0);
}

TEST(Outgoing, EndsAfterItsTimeWhoeverIsSlow) {
  OutgoingOptions options;
  options.allow = {"127.0.0.0/8"};
  options.resolve = [](const std::string&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(800));
    return std::vector<IpAddress>{};
  };
  Dialler dialler(options);
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(reason_of([&] { dialler.addresses_of("slow.test", Deadline::in_ms(100)); }),
            "connection_timed_out");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(500));
  const auto here = std::vector{parse_ip("127.0.0.1").value()};
  EXPECT_EQ(reason_of([&] { dialler.dial(here, peers::free_port(), Deadline::in_ms(1'000)); }),
            "connection_refused");
  dialler.stop();
  EXPECT_EQ(reason_for(dialler, "slow.test"), "stopped");
}

TEST(WebAddress, IsReadStrictly) {  // S1
  EXPECT_EQ(read_web_address("http://a.test"), (WebAddress{false, "a.test", 80}));
  EXPECT_EQ(read_web_address("HTTPS://A.Test/x?y#z"), (WebAddress{true, "a.test", 443}));
  EXPECT_EQ(read_web_address("https://a.test:8443?x@y"), (WebAddress{true, "a.test", 8'443}));
  EXPECT_EQ(read_web_address("http://[2606:4700::1]:81/"), (WebAddress{false, "2606:4700::1", 81}));
  for (const char* url : {"",
                          "a.test",
                          "//a.test",
                          "gopher://a.test/",
                          "file:///etc/passwd",
                          "ftp://a.test",
                          "dict://a.test",
                          "http:a.test",
                          "http:/a.test",
                          "http:\\\\a.test",
                          "http://",
                          "http:///x",
                          "http://u@a.test",
                          "http://u:p@a.test",
                          "http://a@b#@c",
                          "http://a.test\\@b",
                          "http://a.test%2f",
                          "http://a%2etest",
                          "http://a.test:0",
                          "http://a.test:65536",
                          "http://a.test:x",
                          "http://a.test:",
                          "http://0x7f.1",
                          "http://2130706433",
                          "http://127.1",
                          "http://0",
                          "http://[::1",
                          "http://[1.2.3.4]",
                          "http://[::1%25lo]/",
                          "http://a b/",
                          "http://a.test/\r\nX: y",
                          "http://a.test/\t",
                          "http://ａ.test/",
                          "http://.",
                          "http://a..b"}) {
    EXPECT_FALSE(read_web_address(url)) << url;
  }
  EXPECT_FALSE(read_web_address("http://a.test/" + std::string(10'000, 'x')));
}

}  // namespace
}  // namespace baijin::net
