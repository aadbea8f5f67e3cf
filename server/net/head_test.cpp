// The head of a request: security.md 46 and 47.
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <random>

#include "net/chunk_reader.h"
#include "net/head_reader.h"
#include "net/test_client.h"

namespace baijin::net::testing {
namespace {

struct Refused {
  const char* name;
  std::string bytes;
  int status;
  const char* reason;
};

std::string with(std::string_view headers) {
  return "POST /x HTTP/1.1\r\nHost: h\r\n" + std::string(headers) + "\r\n";
}
std::string asking(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::vector<Refused> refused_headers() {
  using namespace std::string_literals;
  return {
      {"CL and TE", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400,
       "two_body_lengths"},
      {"TE and CL", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"), 400,
       "two_body_lengths"},
      {"CL twice, differing", with("Content-Length: 3\r\nContent-Length: 4\r\n"), 400,
       "repeated_header"},
      {"CL twice, alike", with("Content-Length: 3\r\nContent-Length: 3\r\n"), 400,
       "repeated_header"},
      {"CL list", with("Content-Length: 3, 3\r\n"), 400, "bad_content_length"},
      {"CL signed", with("Content-Length: +3\r\n"), 400, "bad_content_length"},
      {"CL negative", with("Content-Length: -3\r\n"), 400, "bad_content_length"},
      {"CL hex", with("Content-Length: 0x3\r\n"), 400, "bad_content_length"},
      {"CL empty", with("Content-Length: \r\n"), 400, "bad_content_length"},
      {"CL overflow", with("Content-Length: 99999999999999999999\r\n"), 400, "bad_content_length"},
      {"CL blank inside", with("Content-Length: 3 3\r\n"), 400, "bad_content_length"},
      {"TE twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400,
       "repeated_header"},
      {"TE gzip, chunked", with("Transfer-Encoding: gzip, chunked\r\n"), 400,
       "bad_transfer_encoding"},
      {"TE chunked, identity", with("Transfer-Encoding: chunked, identity\r\n"), 400,
       "bad_transfer_encoding"},
      {"TE xchunked", with("Transfer-Encoding: xchunked\r\n"), 400, "bad_transfer_encoding"},
      {"TE identity", with("Transfer-Encoding: identity\r\n"), 400, "bad_transfer_encoding"},
      {"TE empty", with("Transfer-Encoding:\r\n"), 400, "bad_transfer_encoding"},
      {"TE quoted", with("Transfer-Encoding: \"chunked\"\r\n"), 400, "bad_transfer_encoding"},
      {"TE with vertical tab",
       with("Transfer-Encoding: \x0b"
            "chunked\r\n"),
       400, "bad_header_value"},
      {"TE in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
       "bad_transfer_encoding"},
      {"space before colon", with("Transfer-Encoding : chunked\r\n"), 400, "bad_header_name"},
      {"tab before colon", with("Content-Length\t: 3\r\n"), 400, "bad_header_name"},
      {"name with NUL", with("X\0Y: 1\r\n"s), 400, "bad_header_name"},
      {"name with blank", with("X Y: 1\r\n"), 400, "bad_header_name"},
      {"name empty", with(": 1\r\n"), 400, "bad_header_name"},
      {"no colon", with("Hello\r\n"), 400, "bad_header_name"},
      {"name not ASCII", with("Ü: 1\r\n"), 400, "bad_header_name"},
      {"value with NUL", with("X: a\0b\r\n"s), 400, "bad_header_value"},
      {"value with bare CR", with("X: a\rb\r\n"), 400, "bad_header_value"},
      {"value with DEL", with("X: a\x7f\r\n"), 400, "bad_header_value"},
      {"value of bad UTF-8", with("X: \xff\xfe\r\n"), 400, "bad_header_value"},
  };
}

std::vector<Refused> refused_lines() {
  using namespace std::string_literals;
  return {
      {"folded", with("X: a\r\n b\r\n"), 400, "folded_header"},
      {"folded by tab", with("X: a\r\n\tb\r\n"), 400, "folded_header"},
      {"blank before first header", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400, "folded_header"},
      {"bare LF in request line", "GET / HTTP/1.1\nHost: h\r\n\r\n", 400, "bare_line_feed"},
      {"bare LF after header", "GET / HTTP/1.1\r\nHost: h\n\r\n", 400, "bare_line_feed"},
      {"bare LF at the end", "GET / HTTP/1.1\r\nHost: h\r\n\n", 400, "bare_line_feed"},
      {"CR CR LF", "GET / HTTP/1.1\r\nHost: h\r\r\n\r\n", 400, "bad_header_value"},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400, "missing_host"},
      {"two Hosts", with("Host: h\r\n"), 400, "repeated_header"},
      {"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400, "bad_host"},
      {"Host with user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, "bad_host"},
      {"Host with path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "bad_host"},
      {"Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400, "bad_host"},
      {"Host with bad port", "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400, "bad_host"},
      {"HTTP/0.9", "GET /\r\n", 400, "bad_request_line"},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "unsupported_version"},
      {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: h\r\n\r\n", 505, "unsupported_version"},
      {"http in lower case", "GET / http/1.1\r\nHost: h\r\n\r\n", 400, "bad_request_line"},
      {"version with tail", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n", 400, "bad_request_line"},
      {"two blanks", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request_line"},
      {"tab for blank", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_request_line"},
      {"leading blank", " GET / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_method"},
      {"TLS greeting", "\x16\x03\x01\x02", 400, "bad_request_line"},
      {"method of odd signs", "GE(T / HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_method"},
  };
}

std::vector<Refused> refused_targets() {
  using namespace std::string_literals;
  return {
      {"authority form", "CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n", 400, "bad_target"},
      {"asterisk for GET", asking("*"), 400, "bad_target"},
      {"relative", asking("x"), 400, "bad_target"},
      {"ftp", asking("ftp://h/"), 400, "bad_target"},
      {"absolute with user", asking("http://a@h/"), 400, "bad_target"},
      {"absolute without host", asking("http:///x"), 400, "bad_target"},
      {"fragment", asking("/a#b"), 400, "bad_target"},
      {"raw high octet", asking("/\xc3\xa9"), 400, "bad_target"},
      {"percent at the end", asking("/a%"), 400, "bad_percent_encoding"},
      {"percent and one digit", asking("/a%4"), 400, "bad_percent_encoding"},
      {"percent and no hex", asking("/a%zz"), 400, "bad_percent_encoding"},
      {"bad percent in query", asking("/a?b=%g1"), 400, "bad_percent_encoding"},
      {"escaped NUL", asking("/a%00"), 400, "bad_path"},
      {"escaped line end", asking("/a%0d%0a"), 400, "bad_path"},
      {"backslash", asking("/a\\..\\b"), 400, "bad_path"},
      {"escaped backslash", asking("/a%5c..%5cb"), 400, "bad_path"},
      {"dots", asking("/a/../b"), 400, "bad_path"},
      {"escaped dots", asking("/a/%2e%2E/b"), 400, "bad_path"},
      {"half escaped dots", asking("/a/.%2e"), 400, "bad_path"},
      {"one dot", asking("/a/./b"), 400, "bad_path"},
      {"escaped slash", asking("/a%2fb"), 400, "bad_path"},
      {"double slash", asking("//a"), 400, "bad_path"},
      {"overlong slash", asking("/a%c0%afb"), 400, "bad_path"},
      {"surrogate", asking("/%ed%a0%80"), 400, "bad_path"},
      {"cut UTF-8", asking("/%e4%b8"), 400, "bad_path"},
      {"Connection of odd signs", with("Connection: keep]alive\r\n"), 400, "bad_connection"},
      {"gzip request", with("Content-Encoding: gzip\r\nContent-Length: 3\r\n"), 415,
       "content_encoding_not_supported"},
      {"Expect something", with("Expect: 200-ok\r\n"), 417, "expectation_failed"},
      {"two Origins", with("Origin: https://a\r\nOrigin: https://b\r\n"), 400, "repeated_header"},
      {"two Authorizations", with("Authorization: a\r\nauthorization: b\r\n"), 400,
       "repeated_header"},
      {"long target", asking("/" + std::string(9'000, 'a')), 414, "target_too_long"},
      {"endless target", "GET /" + std::string(15'000, 'a'), 414, "target_too_long"},
      {"long header", with("X: " + std::string(17'000, 'a') + "\r\n"), 431, "head_too_large"},
      {"endless header", "GET / HTTP/1.1\r\nX: " + std::string(17'000, 'a'), 431, "head_too_large"},
      {"many headers",
       [] {
         std::string many;
         for (int i = 0; i < 120; ++i) many += "X" + std::to_string(i) + ": 1\r\n";
         return with(many);
       }(),
       431, "too_many_headers"},
  };
}

std::vector<Refused> refused_heads() {
  auto all = refused_headers();
  for (const auto& rows : {refused_lines(), refused_targets()}) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

TEST(Head, refuses_what_could_be_read_in_two_ways_46) {
  for (const auto& row : refused_heads()) {
    SCOPED_TRACE(row.name);
    HeadReader reader{Limits{}};
    EXPECT_EQ(reader.read(row.bytes), HeadReader::State::refused);
    EXPECT_EQ(reader.refusal().status, row.status);
    EXPECT_EQ(reader.refusal().reason, row.reason);
  }
}

TEST(Head, refuses_the_same_when_it_comes_byte_by_byte) {
  for (const auto& row : refused_heads()) {
    if (row.bytes.size() > 2'000) continue;
    SCOPED_TRACE(row.name);
    HeadReader reader{Limits{}};
    auto state = HeadReader::State::more;
    for (std::size_t i = 1; i <= row.bytes.size() && state == HeadReader::State::more; ++i) {
      state = reader.read(std::string_view(row.bytes).substr(0, i));
    }
    EXPECT_EQ(state, HeadReader::State::refused);
    EXPECT_EQ(reader.refusal().status, row.status);
  }
}

using HeadOnTheWire = NetTest;

TEST_F(HeadOnTheWire, refusals_are_problems_and_close_the_connection_46) {
  start();
  for (const auto& row : refused_heads()) {
    SCOPED_TRACE(row.name);
    RawClient client(address());
    client.send(row.bytes);
    auto answer = client.answer();
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_NE(answer.body.find("\"reason\":\"" + std::string(row.reason) + "\""), std::string::npos)
        << answer.body;
    EXPECT_TRUE(client.closed());
  }
}

struct Accepted {
  const char* bytes;
  const char* path;
  const char* query;
  const char* target;
};

TEST(Head, reads_targets) {
  const Accepted rows[] = {
      {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", "/", "", "/"},
      {"GET /a%20b/%E4%B8%AD?q=%2f#", nullptr, nullptr, nullptr},
      {"GET /a%20b/%E4%B8%AD?q=%2f HTTP/1.1\r\nHost: h\r\n\r\n", "/a b/中", "q=%2f",
       "/a%20b/%E4%B8%AD?q=%2f"},
      {"GET /a?b?c|d HTTP/1.1\r\nHost: h:80\r\n\r\n", "/a", "b?c|d", "/a?b?c|d"},
      {"GET /%252e%252e/x HTTP/1.1\r\nHost: h\r\n\r\n", "/%2e%2e/x", "", "/%252e%252e/x"},
      {"GET /.well-known/a..b HTTP/1.1\r\nHost: [::1]:8\r\n\r\n", "/.well-known/a..b", "",
       "/.well-known/a..b"},
      {"GET http://h/x?y HTTP/1.1\r\nHost: other\r\n\r\n", "/x", "y", "/x?y"},
      {"GET HTTPS://h HTTP/1.1\r\nHost: h\r\n\r\n", "/", "", "/"},
      {"GET http://h?y HTTP/1.1\r\nHost: h\r\n\r\n", "/", "y", "/?y"},
      {"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "*", "", "*"},
      {"GET / HTTP/1.0\r\n\r\n", "/", "", "/"},
  };
  for (const auto& row : rows) {
    if (!row.path) continue;
    SCOPED_TRACE(row.bytes);
    HeadReader reader{Limits{}};
    ASSERT_EQ(reader.read(row.bytes), HeadReader::State::done) << reader.refusal().reason;
    EXPECT_EQ(reader.head().request.path, row.path);
    EXPECT_EQ(reader.head().request.query, row.query);
    EXPECT_EQ(reader.head().request.target, row.target);
    EXPECT_EQ(reader.size(), std::string_view(row.bytes).size());
  }
}

TEST(Head, reads_headers) {
  HeadReader reader{Limits{}};
  ASSERT_EQ(reader.read("BREW http://real/x HTTP/1.1\r\nHOST: fake\r\nAccept:  a \t\r\n"
                        "Accept: b\r\nCookie: a=1\r\ncookie: b=2\r\nX-Name: 张\r\n"
                        "Content-Encoding: Identity\r\nConnection: TE, Close\r\n\r\nrest"),
            HeadReader::State::done);
  auto& head = reader.head();
  EXPECT_EQ(head.request.method, Method::other);
  EXPECT_EQ(head.request.header("host"), "real");
  EXPECT_EQ(head.request.header("accept"), "a, b");
  EXPECT_EQ(head.request.header("cookie"), "a=1; b=2");
  EXPECT_EQ(head.request.header("x-name"), "张");
  EXPECT_FALSE(head.keep_alive);
  EXPECT_FALSE(head.has_body());
}

TEST(Head, chunked_bodies_are_read_strictly_46) {
  struct Row {
    std::string bytes;
    const char* body;  // nothing: refused
  };
  using namespace std::string_literals;
  const Row rows[] = {
      {"0\r\n\r\n", ""},
      {"3\r\nabc\r\n0\r\n\r\n", "abc"},
      {"3;a=b\r\nabc\r\n00A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", "abc0123456789"},
      {"3\nabc\r\n0\r\n\r\n", nullptr},
      {"3\r\nabc\n0\r\n\r\n", nullptr},
      {"3\r\nabc0\r\n\r\n", nullptr},
      {"3\r\nabcd\r\n0\r\n\r\n", nullptr},
      {"3 \r\nabc\r\n0\r\n\r\n", nullptr},
      {" 3\r\nabc\r\n0\r\n\r\n", nullptr},
      {"+3\r\nabc\r\n0\r\n\r\n", nullptr},
      {"0x3\r\nabc\r\n0\r\n\r\n", nullptr},
      {"-1\r\n", nullptr},
      {"\r\n", nullptr},
      {"g\r\n", nullptr},
      {"3\r;a\r\nabc\r\n", nullptr},
      {"3;a=\0\r\nabc\r\n0\r\n\r\n"s, nullptr},
      {"10000000000000003\r\nabc\r\n", nullptr},
      {"3;" + std::string(300, 'a') + "\r\nabc\r\n", nullptr},
      {"0\r\nBad Name: x\r\n\r\n", nullptr},
      {"0\r\nA: x\n\r\n", nullptr},
      {"0\r\nA: " + std::string(5'000, 'a') + "\r\n\r\n", nullptr},
  };
  for (const auto& row : rows) {
    for (std::size_t step : {std::size_t{1}, row.bytes.size()}) {
      SCOPED_TRACE(row.bytes);
      ChunkReader reader;
      std::string body;
      for (std::size_t at = 0; at < row.bytes.size(); at += step) {
        auto bytes = std::string_view(row.bytes).substr(at, step);
        while (!bytes.empty() && !reader.done() && !reader.bad()) {
          auto piece = reader.next(bytes);
          body += piece.data;
          bytes.remove_prefix(piece.used);
        }
      }
      EXPECT_EQ(reader.done(), row.body != nullptr);
      EXPECT_EQ(reader.bad(), row.body == nullptr);
      if (row.body) {
        EXPECT_EQ(body, row.body);
      }
    }
  }
}

// Whatever we accept, Beast's independent parser must accept and read alike.
TEST(Head, beast_agrees_with_all_that_is_accepted) {
  namespace http = boost::beast::http;
  const std::string seed =
      "POST /api/v1/tickets?state=open HTTP/1.1\r\nHost: hub.example:8443\r\nUser-Agent: a/1\r\n"
      "Accept: */*\r\nContent-Length: 12\r\nConnection: keep-alive\r\nX-A:\tb c \r\n\r\n";
  const std::string_view spice = "\r\n\t :,;%/.\\0aZ\"#?\x7f\x80*+-[]@()=";
  std::mt19937 random(46);
  int accepted = 0;
  for (int round = 0; round < 40'000; ++round) {
    auto bytes = seed;
    for (auto changes = random() % 3 + 1; changes > 0; --changes) {
      auto at = random() % bytes.size();
      auto what = spice[random() % spice.size()];
      if (random() % 3 == 0) bytes.erase(at, 1);
      else if (random() % 2 == 0) bytes.insert(at, 1, what);
      else bytes[at] = what;
    }
    HeadReader reader{Limits{}};
    if (reader.read(bytes) != HeadReader::State::done) continue;
    ++accepted;
    auto& head = reader.head();
    http::request_parser<http::empty_body> beast;
    beast.body_limit(boost::none);
    boost::system::error_code error;
    auto used = beast.put(boost::asio::buffer(bytes), error);
    ASSERT_FALSE(error) << error.message() << "\n" << bytes;
    ASSERT_TRUE(beast.is_header_done()) << bytes;
    EXPECT_EQ(used, reader.size()) << bytes;
    EXPECT_EQ(beast.chunked(), head.chunked) << bytes;
    EXPECT_EQ(beast.content_length().value_or(0), static_cast<std::uint64_t>(head.content_length));
    EXPECT_EQ(beast.get().keep_alive(), head.keep_alive) << bytes;
    for (const auto& field : beast.get()) {
      std::string name(field.name_string());
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      EXPECT_NE(head.request.header(name).find(std::string(field.value())), std::string::npos)
          << bytes;
    }
  }
  EXPECT_GT(accepted, 1'000);
}

}  // namespace
}  // namespace baijin::net::testing
