#include "modules/remote_images/rules.h"

#include <gtest/gtest.h>

#include "base/html.h"

namespace baijin::remote_images {
namespace {

TEST(RemoteImageRules, TakesWhatTheTextShowsOnceAndInOrder) {
  const auto text = sanitise(
      R"(<p><img src="https://b.test/2.png?x=1&amp;y=2"><img src="http://a.test/1.gif">)"
      R"(<img src="//a.test/3.png"><img src="https://b.test/2.png?x=1&amp;y=2">)"
      R"(<img src="cid:file-7"><img src="/api/v1/me"><img src="file:///etc/passwd">)"
      R"(<a href="https://c.test/4.png">x</a><p data-remote-src="https://d.test/5.png">y</p>)");
  EXPECT_EQ(addresses_in(text.html),
            (std::vector<std::string>{"https://b.test/2.png?x=1&y=2", "http://a.test/1.gif",
                                      "https://a.test/3.png"}));
  EXPECT_EQ(sanitise(text.html).html, text.html) << "X2: addresses stay where they are";
}

TEST(RemoteImageRules, TakesNoMoreThanAHundred) {
  std::string html;
  for (int i = 0; i < 300; ++i) {
    html += "<img data-remote-src=\"https://a.test/" + std::to_string(i) + "\">";
  }
  EXPECT_EQ(addresses_in(html).size(), most_images);
}

TEST(RemoteImageRules, S2_TheCallSaysNothingOfUs) {
  const auto call = call_for("https://a.test/1.png?id=7#top");
  EXPECT_EQ(call.url, "https://a.test/1.png?id=7");
  EXPECT_EQ(call.method, "GET");
  ASSERT_EQ(call.headers.size(), 1u);
  EXPECT_EQ(call.headers[0].first, "accept");
  EXPECT_EQ(call.most_bytes, 1 << 20);
  EXPECT_EQ(call.longest, seconds(10));
  EXPECT_LE(call.redirects, 3);
}

TEST(RemoteImageRules, WhatAnAnswerMeans) {
  struct Row {
    int status;
    const char* body;
    std::optional<Trouble> trouble;
  };
  for (const auto& row :
       {Row{200, "bytes", {}}, Row{200, "", Trouble::not_a_picture},
        Row{204, "", Trouble::not_given}, Row{302, "", Trouble::not_given},
        Row{404, "gone", Trouble::not_given}, Row{500, "x", Trouble::not_given}}) {
    EXPECT_EQ(trouble_with(HttpAnswer{row.status, {}, row.body}), row.trouble) << row.status;
  }
}

// S1: what is refused and what does not answer are told in one and the same word.
TEST(RemoteImageRules, S1_NobodyLearnsWhatListensWhere) {
  for (auto reason : {"address_not_allowed", "name_not_found", "connection_refused",
                      "connection_timed_out", "unreachable", "tls_failed", "peer_timed_out",
                      "peer_closed", "peer_garbled", "too_many_redirects"}) {
    EXPECT_EQ(trouble_of(reason), Trouble::unreachable) << reason;
  }
  EXPECT_EQ(trouble_of("peer_too_long"), Trouble::too_large);
}

}  // namespace
}  // namespace baijin::remote_images
