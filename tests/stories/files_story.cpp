// The promise: files can be sent and fetched, and no file harms who fetches it: its name is only a
// name, its type is what is in it, and whoever may not see it learns not even that it is there.
// A1, A2, A3; checklist 29, 30.
#include <filesystem>
#include <fstream>

#include "cast.h"

namespace baijin::stories {
namespace {

struct Sent {
  std::string name, bytes;
};

// An agent at a desk with a customer's ticket.
class Counter {
 public:
  explicit Counter(std::string directory = {})
      : desk({.directory = std::move(directory)}), admin(desk.admin()) {
    auto mine = add_customer(admin, "甲公司");
    auto contact = add_contact(admin, "甲一", mine);
    customer = person(admin, {"jia", "甲一", {"contact"}, {}, contact});
    auto other = add_contact(admin, "乙一", add_customer(admin, "乙公司"));
    stranger = person(admin, {"yi", "乙一", {"contact"}, {}, other});
    ticket = open_ticket(customer, {});
  }
  std::int64_t attached(const Sent& sent) {
    auto file = made(customer.upload(sent.name, sent.bytes));
    made(customer.post("/tickets/" + std::to_string(ticket) + "/messages",
                       {{"kind", "reply"}, {"body", "<p>附件</p>"}, {"files", {file}}}));
    return file;
  }
  static std::string path(std::int64_t file) { return "/files/" + std::to_string(file); }

  RunningDesk desk;
  Browser admin;
  Browser customer{""}, stranger{""};
  std::int64_t ticket = 0;
};

const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
const std::string html = "<!doctype html><html><script>alert(1)</script></html>";
const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89",
                      33);

TEST(Files, A1_whatever_is_in_it_it_is_only_ever_saved) {
  Counter counter;
  const std::vector<Sent> hostile{
      {"a.html", html},
      {"a.png", html},
      {"a.svg", svg},
      {"a.xhtml", "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"/>"},
      {"a.js", "alert(1)"},
      {"a.swf", "FWS\x09" + std::string(40, 'x')},
      {"a.mht", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"},
      {"a.wasm", std::string("\0asm\1\0\0\0", 8)},
      {"both.png", png + html},
      {"a.pdf", "%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"}};
  for (const auto& sent : hostile) {
    auto got = counter.admin.get(Counter::path(counter.attached(sent)));
    ASSERT_EQ(got.status, 200) << sent.name << got.body;
    EXPECT_EQ(got.body, sent.bytes) << sent.name;
    EXPECT_TRUE(got.header("Content-Disposition").starts_with("attachment;")) << got.head;
    EXPECT_EQ(got.header("X-Content-Type-Options"), "nosniff") << sent.name;
    auto policy = got.header("Content-Security-Policy");
    EXPECT_NE(policy.find("sandbox"), std::string::npos) << policy;
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos) << policy;
    auto type = got.header("Content-Type");
    for (auto active : {"html", "svg", "xml", "script", "flash", "multipart", "wasm"}) {
      EXPECT_EQ(type.find(active), std::string::npos) << sent.name << " is " << type;
    }
  }
}

TEST(Files, A2_whatever_it_is_called_it_is_only_a_name) {
  Counter counter;
  std::string long_name;
  for (int i = 0; i < 300; ++i) long_name += "ä";
  const std::vector<std::string> names{"../../etc/passwd",
                                       "..\\..\\x",
                                       "/etc/x",
                                       "C:\\x",
                                       ".htaccess",
                                       "x.php\u200b",
                                       "\u202Egpj.exe",
                                       long_name,
                                       "",
                                       "CON",
                                       "a\r\nSet-Cookie: x=1",
                                       "a\"b'c",
                                       "=cmd|' /C calc'!A0",
                                       "报表 2026.xlsx"};
  int number = 0;
  for (const auto& name : names) {
    auto file = counter.attached({name, "content " + std::to_string(++number)});
    auto card = counter.admin.get(Counter::path(file) + "/meta");
    ASSERT_EQ(card.status, 200) << name;
    auto shown = card.text("name");
    EXPECT_FALSE(shown.empty());
    EXPECT_LE(shown.size(), 200u);
    EXPECT_EQ(shown.find_first_of("/\\\r\n"), std::string::npos) << shown;
    EXPECT_NE(shown.front(), '.') << shown;
    auto got = counter.admin.get(Counter::path(file));
    EXPECT_EQ(got.header("Set-Cookie"), "") << name;
    EXPECT_NE(got.header("Content-Disposition").find("filename*=UTF-8''"), std::string::npos)
        << got.head;
  }
  EXPECT_EQ(counter.customer.upload(std::string("a\0b", 3), "x").status, 400);
  namespace fs = std::filesystem;
  for (const auto& entry : fs::recursive_directory_iterator(counter.desk.directory() + "/blobs")) {
    if (!entry.is_regular_file()) continue;
    auto name = entry.path().filename().string();
    EXPECT_EQ(name.find_first_not_of("0123456789abcdef"), std::string::npos) << entry.path();
  }
}

// The answer without what is different in every answer.
std::string told(const Answer& answer) {
  auto body = answer.json().as_object();
  body.erase("request");
  body.erase("instance");
  return std::to_string(answer.status) + boost::json::serialize(body);
}

TEST(Files, A3_another_customers_file_is_as_if_it_were_not_there) {
  Counter counter;
  auto file = counter.attached({"secret.txt", "nobody else"});
  auto missing = told(counter.stranger.get(Counter::path(999'999)));
  for (auto below : {"", "/meta"}) {
    EXPECT_EQ(counter.customer.get(Counter::path(file) + below).status, 200);
    EXPECT_EQ(told(counter.stranger.get(Counter::path(file) + below)), missing);
    EXPECT_EQ(counter.desk.stranger().get(Counter::path(file) + below).status, 401);
  }
  EXPECT_EQ(told(counter.stranger.post(Counter::path(file) + "/links", boost::json::object{})),
            missing);
  EXPECT_EQ(told(counter.stranger.del(Counter::path(file))), missing);
  // Nobody can hang it on a ticket of his own to get at it.
  auto own = open_ticket(counter.stranger, {});
  auto stolen = counter.stranger.post("/tickets/" + std::to_string(own) + "/messages",
                                      {{"kind", "reply"}, {"body", "<p>x</p>"}, {"files", {file}}});
  EXPECT_EQ(stolen.status, 404) << stolen.body;
  EXPECT_EQ(counter.customer.get(Counter::path(file)).body, "nobody else");
}

TEST(Files, parts_of_a_file_can_be_fetched) {
  Counter counter;
  auto path = Counter::path(counter.attached({"digits.txt", "0123456789"}));
  struct Case {
    std::string range;
    int status;
    std::string body, content_range;
  };
  for (const auto& one :
       {Case{"bytes=0-3", 206, "0123", "bytes 0-3/10"},
        Case{"bytes=7-", 206, "789", "bytes 7-9/10"}, Case{"bytes=-2", 206, "89", "bytes 8-9/10"},
        Case{"bytes=0-999", 206, "0123456789", "bytes 0-9/10"},
        Case{"lines=1-2", 200, "0123456789", ""}}) {
    auto got = counter.customer.get(path, {{"Range", one.range}});
    EXPECT_EQ(got.status, one.status) << one.range;
    EXPECT_EQ(got.body, one.body) << one.range;
    EXPECT_EQ(got.header("Content-Range"), one.content_range) << one.range;
  }
  auto beyond = counter.customer.get(path, {{"Range", "bytes=10-"}});
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.header("Content-Range"), "bytes */10");
}

TEST(Files, too_large_a_file_is_refused_and_leaves_nothing) {
  Folder folder;
  auto directory = folder / "desk";
  std::filesystem::create_directories(directory);
  std::ofstream(directory + "/baijin.toml") << "upload_mib = 1\n";
  Counter counter(directory);
  auto refused = counter.customer.upload("big.bin", std::string((1 << 20) + 1, 'x'));
  EXPECT_EQ(refused.status, 413) << refused.body;
  EXPECT_EQ(counter.customer.upload("fits.bin", std::string(1 << 20, 'x')).status, 201);
  namespace fs = std::filesystem;
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory + "/blobs")) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  EXPECT_EQ(bytes, 1u << 20);
}

}  // namespace
}  // namespace baijin::stories
