// Calls to other servers: checked at every hop, bounded, telling nobody what is not his (S1, S2).
#include <gtest/gtest.h>

#include <mutex>

#include "net/test_lines.h"
#include "peers/scripted_peer.h"

namespace baijin::net {
namespace {

using namespace testing;  // NOLINT: test words

// Answers by path; remembers the heads it got.
class Web {
 public:
  explicit Web(std::map<std::string, std::string> answers, const peers::Certificate* tls = nullptr)
      : answers_(std::move(answers)), peer_([this, tls](peers::PeerTalk& talk) {
          if (tls != nullptr) talk.start_tls(*tls);
          serve(talk);
        }) {}
  int port() const { return peer_.port(); }
  int connections() const { return peer_.connections(); }
  std::string at(const std::string& path, const std::string& host = "mail.test") const {
    return "http://" + host + ":" + std::to_string(port()) + path;
  }
  std::string heads() {
    std::lock_guard lock(mutex_);
    return heads_;
  }
  std::map<std::string, std::string>& answers() { return answers_; }

 private:
  void serve(peers::PeerTalk& talk) {
    const auto request = talk.line();
    std::string head = request + "\n";
    std::size_t body = 0;
    for (auto line = talk.line(); !line.empty(); line = talk.line()) {
      head += line + "\n";
      if (line.starts_with("Content-Length: ")) body = std::stoul(line.substr(16));
    }
    head += talk.octets(body);
    {
      std::lock_guard lock(mutex_);
      heads_ += head + "\n";
    }
    const auto path = request.substr(request.find(' ') + 1);
    const auto found = answers_.find(path.substr(0, path.find(' ')));
    if (found != answers_.end()) talk.say(found->second);
    if (found == answers_.end() || found->second.find("hang") != std::string::npos) talk.hang();
  }

  std::mutex mutex_;
  std::string heads_;
  std::map<std::string, std::string> answers_;
  peers::ScriptedPeer peer_;
};

std::string ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}
std::string to(const std::string& url) {
  return "HTTP/1.1 302 Found\r\nLocation: " + url + "\r\nContent-Length: 0\r\n\r\n";
}

class HttpCallsTest : public ::testing::Test {
 protected:
  static peers::Authority& authority() {
    static peers::Authority one;
    return one;
  }
  HttpAnswer call(HttpCall call) {
    if (call.longest == seconds(10)) call.longest = seconds(3);
    return lines->http().call(call);
  }
  HttpAnswer get(const std::string& url, int redirects = 0) {
    HttpCall wish;
    wish.url = url;
    wish.redirects = redirects;
    return call(wish);
  }
  std::string reason(const std::string& url, int redirects = 0) {
    return reason_of([&] { get(url, redirects); });
  }
  std::unique_ptr<Lines> lines = Lines::open(test_options(authority().file()));
};

TEST_F(HttpCallsTest, AskAndAreAnswered) {
  Web web(
      {{"/a?b=c", ok("hello")},
       {"/post", "HTTP/1.1 404 Not Found\r\nX-Two:  b \r\nContent-Length: 0\r\n\r\n"},
       {"/zip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz"},
       {"/later", "HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n" + ok("now")},
       {"/pieces", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"}});
  const auto answer = get(web.at("/a?b=c"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.headers[0], (std::pair<std::string, std::string>{"content-type", "text/plain"}));
  HttpCall post;
  post.method = "POST";
  post.url = web.at("/post");
  post.headers = {{"Content-Type", "application/json"}, {"X-Signature", "abc"}};
  post.body = "{\"a\":1}";
  const auto other = call(post);
  EXPECT_EQ(other.status, 404);
  EXPECT_EQ(other.headers[0].second, "b");
  EXPECT_EQ(get(web.at("/zip")).body, "xyz");
  EXPECT_EQ(get(web.at("/later")).headers[0].first, "content-type");
  EXPECT_EQ(get(web.at("/pieces")).body, "abc");
  const auto heads = web.heads();
  EXPECT_NE(heads.find("POST /post HTTP/1.1\n"), std::string::npos) << heads;
  EXPECT_NE(heads.find("X-Signature: abc\n"), std::string::npos);
  EXPECT_NE(heads.find("{\"a\":1}"), std::string::npos);
  for (const char* not_ours : {"Cookie", "Authorization", "Expect", "Accept-Encoding", "Referer"}) {
    EXPECT_EQ(heads.find(not_ours), std::string::npos) << heads;
  }
}

TEST_F(HttpCallsTest, RefuseWhatIsNotPublic) {  // S1
  Web web({{"/", ok("you got in")}});
  OutgoingOptions options;
  options.resolve = [](const std::string&) { return std::vector{parse_ip("127.0.0.1").value()}; };
  const auto strict = Lines::open(options);
  const auto port = ":" + std::to_string(web.port()) + "/";
  const std::vector<std::string> urls{"http://127.0.0.1" + port,
                                      "http://[::1]" + port,
                                      "http://0" + port,
                                      "http://0x7f.1" + port,
                                      "http://2130706433" + port,
                                      "http://127.1" + port,
                                      "http://localhost" + port,
                                      "http://name.test" + port,
                                      "http://[::ffff:127.0.0.1]" + port,
                                      "http://a@127.0.0.1" + port,
                                      "http://8.8.8.8@127.0.0.1" + port,
                                      "http://8.8.8.8\\@127.0.0.1" + port,
                                      "http://127.0.0.1#@8.8.8.8/",
                                      "http://169.254.169.254/latest",
                                      "gopher://127.0.0.1/",
                                      "file:///etc/passwd",
                                      "http://a@b#@c",
                                      ""};
  for (const auto& url : urls) {
    HttpCall wish;
    wish.url = url;
    try {
      strict->http().call(wish);
      ADD_FAILURE() << url;
    } catch (const LineFailure& failure) {
      EXPECT_EQ(failure.reason, "address_not_allowed") << url;
      EXPECT_EQ(failure.said, "") << url;
    }
  }
  EXPECT_EQ(web.connections(), 0);
}

TEST_F(HttpCallsTest, CheckEveryHop) {  // S1
  Web victim({{"/", ok("you got in")}});
  Web web({});
  web.answers() = {{"/private", to("http://10.0.0.1/")},
                   {"/meta", to("http://169.254.169.254/latest")},
                   {"/six", to("http://[::1]:" + std::to_string(victim.port()) + "/")},
                   {"/odd", to("http://2130706433:" + std::to_string(victim.port()) + "/")},
                   {"/file", to("file:///etc/passwd")},
                   {"/gopher", to("gopher://mail.test/")},
                   {"/user", to("http://u:p@mail.test:" + std::to_string(victim.port()) + "/")},
                   {"/good", to(web.at("/two"))},
                   {"/two", to("/three")},
                   {"/three", ok("there")},
                   {"/round", to("/round")}};
  for (const char* path : {"/private", "/meta", "/six", "/odd", "/file", "/gopher", "/user"}) {
    EXPECT_EQ(reason(web.at(path), 5), "address_not_allowed") << path;
  }
  EXPECT_EQ(get(web.at("/good"), 2).body, "there");
  EXPECT_EQ(reason(web.at("/good"), 1), "too_many_redirects");
  EXPECT_EQ(reason(web.at("/round"), 5), "too_many_redirects");
  EXPECT_EQ(get(web.at("/private")).status, 302);  // an answer like any other
  EXPECT_EQ(victim.connections(), 0);
}

TEST_F(HttpCallsTest, ConnectToTheAddressThatWasChecked) {  // S1: rebinding
  Web web({{"/", ok("hello")}});
  int asked = 0;
  OutgoingOptions options;
  options.allow = {"127.0.0.1"};
  options.resolve = [&](const std::string&) {
    return std::vector{parse_ip(asked++ == 0 ? "127.0.0.1" : "127.0.0.2").value()};
  };
  HttpCall wish;
  wish.url = web.at("/", "rebind.test");
  EXPECT_EQ(Lines::open(options)->http().call(wish).body, "hello");
  EXPECT_EQ(asked, 1);
}

TEST_F(HttpCallsTest, TellSecretsToOneOriginOnly) {  // S2
  Web other({{"/", ok("other")}});
  Web web({});
  web.answers() = {{"/away", to(other.at("/"))}, {"/here", to("/end")}, {"/end", ok("end")}};
  HttpCall wish;
  wish.url = web.at("/away");
  wish.headers = {{"Authorization", "Bearer geheim"}};
  wish.redirects = 3;
  EXPECT_EQ(call(wish).body, "other");
  EXPECT_EQ(other.heads().find("geheim"), std::string::npos) << other.heads();
  wish.url = web.at("/here");
  EXPECT_EQ(call(wish).body, "end");
  EXPECT_NE(web.heads().find("GET /end HTTP/1.1\nHost: mail.test"), std::string::npos);
  wish.method = "POST";
  EXPECT_EQ(call(wish).status, 302);
}

TEST_F(HttpCallsTest, AreBounded) {  // S2
  const std::string head = "HTTP/1.1 200 OK\r\n";
  std::string many_headers = head;
  for (int i = 0; i < 5'000; ++i) many_headers += "X-" + std::to_string(i) + ": 0123456789\r\n";
  Web web({{"/big", ok(std::string(2'000'000, 'x'))},
           {"/just", ok(std::string(1 << 20, 'x'))},
           {"/headers", many_headers + "\r\n"},
           {"/half", head + "Content-Length: 10\r\n\r\nabc"},
           {"/slow", head + "Content-Length: 10\r\n\r\nhang"},
           {"/garbage", "SSH-2.0-OpenSSH\r\n\r\n"},
           {"/nothing", ""}});
  EXPECT_EQ(reason(web.at("/big")), "peer_too_long");
  EXPECT_EQ(get(web.at("/just")).body.size(), 1U << 20);
  EXPECT_EQ(reason(web.at("/headers")), "peer_too_long");
  EXPECT_EQ(reason(web.at("/half")), "peer_closed");
  EXPECT_EQ(reason(web.at("/garbage")), "peer_garbled");
  EXPECT_EQ(reason(web.at("/nothing")), "peer_closed");
  for (const char* path : {"/slow", "/hang"}) {
    HttpCall wish;
    wish.url = web.at(path);
    wish.longest = milliseconds(300);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(reason_of([&] { call(wish); }), "peer_timed_out");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(1'500));
  }
  EXPECT_EQ(reason("http://mail.test:" + std::to_string(peers::free_port()) + "/"),
            "connection_refused");
  EXPECT_EQ(reason("http://nowhere.test/"), "name_not_found");
}

TEST_F(HttpCallsTest, VerifyWhomTheyTalkTo) {  // checklist 38
  peers::Authority stranger("Unknown CA");
  const std::vector<std::pair<std::string, peers::Certificate>> table{
      {"", authority().issue()},
      {"certificate_expired", authority().issue({"mail.test", -30, -1})},
      {"certificate_not_yet_valid", authority().issue({"mail.test", 1, 30})},
      {"certificate_self_signed", authority().issue({"mail.test", -1, 30, true, true})},
      {"certificate_wrong_host", authority().issue({"elsewhere.test"})},
      {"certificate_unknown_issuer", stranger.issue()},
      {"certificate_wrong_purpose", authority().issue({"mail.test", -1, 30, false})}};
  for (const auto& [expected, certificate] : table) {
    Web web({{"/", ok("hello")}}, &certificate);
    EXPECT_EQ(reason("https://mail.test:" + std::to_string(web.port()) + "/"), expected);
  }
  peers::ScriptedPeer plain([](peers::PeerTalk& talk) {
    talk.say("HTTP/1.1 400 Bad Request\r\n\r\n");
    talk.hang();
  });
  EXPECT_EQ(reason("https://mail.test:" + std::to_string(plain.port()) + "/"), "tls_failed");
}

TEST_F(HttpCallsTest, SendNoHeaderThatIsNone) {
  for (const auto& header :
       std::vector<std::pair<std::string, std::string>>{{"X: y\r\nZ", "1"},
                                                        {"X", "1\r\nEvil: 2"},
                                                        {"Host", "evil"},
                                                        {"", "x"},
                                                        {"Content-Length", "5"}}) {
    HttpCall wish;
    wish.url = "http://mail.test/";
    wish.headers = {header};
    EXPECT_THROW(lines->http().call(wish), std::invalid_argument);
  }
}

}  // namespace
}  // namespace baijin::net
