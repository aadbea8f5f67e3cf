// The pages below a path of a reverse proxy, and which application an address belongs to.
#include "hub/pages.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace baijin {
namespace {

constexpr EmbeddedPage pages[] = {
    {"/", "text/html; charset=utf-8", R"(<script src="./assets/a.js">)", "", "", "\"e1\"", false},
    {"/portal/", "text/html", R"(<img src="./m.svg"><a href="./x">)", "", "", "\"e2\"", false},
    {"/m.svg", "image/svg+xml", "<svg/>", "", "", "\"e3\"", false}};

Response asked(const Pages& of, std::string path, std::string known = {}) {
  RequestHead head;
  head.path = std::move(path);
  head.headers = {{"if-none-match", std::move(known)}};
  return of.answer(head);
}

std::string text_of(const Response& answer) {
  return answer.shared_body ? *answer.shared_body : std::string(answer.static_body);
}

TEST(Pages, are_found_from_every_place_inside_their_application) {
  const Pages at_home(pages, "http://127.0.0.1:8080");
  for (const auto* path : {"/", "/tickets", "/tickets/17", "/portals"}) {
    EXPECT_EQ(text_of(asked(at_home, path)), R"(<script src="/assets/a.js">)") << path;
  }
  for (const auto* path : {"/portal", "/portal/", "/portal/requests/3"}) {
    EXPECT_EQ(text_of(asked(at_home, path)), R"(<img src="/m.svg"><a href="/x">)") << path;
  }
  EXPECT_EQ(text_of(asked(at_home, "/m.svg")), "<svg/>");
  EXPECT_THROW(asked(at_home, "/portal/m.js"), Error);
}

TEST(Pages, know_the_path_that_a_proxy_puts_before_them) {
  const Pages behind(pages, "https://desk.example/service/desk/");
  EXPECT_EQ(text_of(asked(behind, "/tickets")), R"(<script src="/service/desk/assets/a.js">)");
  EXPECT_EQ(asked(behind, "/", "\"e1\"").status, 200) << "another page than without the path";
  EXPECT_EQ(asked(Pages(pages, "https://desk.example"), "/", "\"e1\"").status, 304);
}

}  // namespace
}  // namespace baijin
