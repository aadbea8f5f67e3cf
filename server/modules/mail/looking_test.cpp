// A letter looked at as it came, with the images in it. A1, X1.
#include <gmock/gmock.h>

#include "modules/mail/test_desk.h"

namespace baijin::mail {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string dot =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJg"
    "gg==";

std::string part(const std::string& type, const std::string& name, const std::string& base64) {
  return "--edge\r\nContent-Type: " + type + "\r\nContent-ID: <" + name +
         ">\r\nContent-Disposition: inline; filename=\"" + name +
         "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64 + "\r\n";
}

class Looking : public MailDesk {
 protected:
  std::string letter_with_images() {
    desk->post_office().put(
        "service@desk.test",
        "From: wang@kunde.test\r\nTo: service@desk.test\r\nSubject: shots\r\nMessage-ID: "
        "<shots@kunde.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "
        "boundary=edge\r\n\r\n--edge\r\nContent-Type: text/html\r\n\r\n<p>See "
        "<img src=\"cid:shot.png\" alt=\"shot\"><img src=\"cid:evil.svg\" alt=\"evil\">"
        "<img src=\"cid:nowhere\" alt=\"none\"></p>\r\n" +
            part("image/png", "shot.png", dot) +
            part("image/svg+xml", "evil.svg", "PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+") + "--edge--\r\n");
    settle();
    return "/incoming-mails/" + std::to_string(number(incoming().back(), "id"));
  }
};
BAIJIN_ON_BOTH_ENGINES(Looking)

TEST_P(Looking, images_within_a_letter_are_its_parts) {
  auto mail = letter_with_images();
  auto letter = desk->get(mail + "/letter", agent);
  EXPECT_THAT(letter.text("html"), HasSubstr("cid:part-1"));
  EXPECT_THAT(letter.text("html"), Not(HasSubstr("cid:shot.png")));
  EXPECT_EQ(letter.text("parts.0.name"), "shot.png");
  auto image = desk->get(mail + "/pictures/1", agent);
  EXPECT_EQ(image.status, 200);
  EXPECT_EQ(image.header("Content-Type"), "image/png");
  EXPECT_EQ(image.header("X-Content-Type-Options"), "nosniff");
  EXPECT_TRUE(image.body.starts_with("\x89PNG")) << image.body.size();
  EXPECT_EQ(desk->get(mail + "/pictures/2", agent).status, 404) << "what can run is no picture";
  EXPECT_EQ(desk->get(mail + "/pictures/3", agent).status, 404);
  EXPECT_EQ(desk->get(mail + "/pictures/0", agent).status, 404);
}

TEST_P(Looking, Z1_images_are_seen_by_who_sees_the_letter) {
  auto picture = letter_with_images() + "/pictures/1";
  EXPECT_EQ(desk->get(picture).status, 401);
  auto no_tickets = desk->sign_in(desk->staff(Scope::all, {"customers.read"}));
  EXPECT_EQ(desk->get(picture, no_tickets).status, 403);
  auto elsewhere = desk->sign_in(desk->staff(Scope::own, {"tickets.read"}, 9'005));
  EXPECT_EQ(desk->get(picture, elsewhere).status, 404);
}

}  // namespace
}  // namespace baijin::mail
