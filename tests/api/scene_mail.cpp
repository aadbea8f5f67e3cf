// Mail in the scene: a mailbox with secrets, and on each side's ticket somebody who takes part, a
// mail that left, and one that waits for a decision.
#include "api/scene.h"
#include "mime/read.h"

namespace baijin::api {
namespace {

const std::vector<std::string> mail_rights = {"tickets.read"};

}  // namespace

void Scene::add_mailbox() {
  secret("cnry-incoming-password", "password of a mailbox");
  secret("cnry-outgoing-password", "password of a mailbox");
  auto box = made("/mailboxes", R"({"address":"service@desk.test","sender_name":"Desk",
      "incoming":{"protocol":"imap","host":"mail.desk.test","port":993,"security":"tls",
        "log_in":"password","user":"service@desk.test","folder":"","afterwards":"keep",
        "move_to":"","every_seconds":30},
      "outgoing":{"host":"smtp.desk.test","port":465,"security":"tls","log_in":"password",
        "user":"service@desk.test"},
      "incoming_secret":"cnry-incoming-password","outgoing_secret":"cnry-outgoing-password",
      "answers":false})",
                  'A');
  both("mailbox", box, Seen::staff);
  both("mail_rule", made("/mail-rules", R"({"name":"Promotions","sender":"promo@"})", 'A'),
       Seen::staff);
  auto texts = desk_->get("/mail-templates", who("admin").token);
  both("mail_template", texts.at("items.0.id").to_number<std::int64_t>(), Seen::staff);
  // Somebody whose address is dead.
  desk_->post_office().refuse("dead@x.test");
  done(Method::post, "/tickets/$ticket$/participants", R"({"email":"dead@x.test"})", 'A');
  done(Method::post, "/tickets/$ticket$/messages",
       R"({"kind":"reply","undo_seconds":0,"body":"<p>anybody there?</p>"})", 'A', "g1");
  desk_->advance(minutes(1));
  auto marks = desk_->get("/address-marks", who("admin").token);
  both("address_mark", marks.at("items.0.id").to_number<std::int64_t>(), Seen::staff);
}

void Scene::add_mail(char side) {
  std::string agent = side == 'A' ? "g1" : "g2";
  auto inside = [&](const std::string& what) {
    return canary(what, side, Seen::inside, mail_rights);
  };
  auto address = inside("taking-part") + "@x.test";
  put("participant", side,
      made("/tickets/$ticket$/participants", R"({"email":")" + address + R"("})", side),
      Seen::inside);
  desk_->post_office().forget_sent();
  done(Method::post, "/tickets/$ticket$/messages",
       R"({"kind":"reply","undo_seconds":0,"body":"<p>we are on it</p>"})", side, agent);
  desk_->advance(minutes(1));
  std::string mark;
  for (const auto& mail : desk_->post_office().sent()) {
    if (mail.to.front() == address) mark = mime::read_message(mail.message).message_id;
  }
  auto left = desk_->get("/outgoing-mails?recipient=" + address, who("admin").token);
  put("outgoing_mail", side, left.at("items.0.id").to_number<std::int64_t>(), Seen::inside);
  // The picture is another part on each side: who mixes them up finds none.
  std::string before = side == 'A' ? "" : "--edge\r\nContent-Type: text/csv\r\n\r\n1,2\r\n";
  desk_->post_office().put(
      "service@desk.test",
      "From: eve@x.test\r\nTo: service@desk.test\r\nSubject: " + inside("held subject") +
          "\r\nMessage-ID: <held-" + side + "@x.test>\r\nReferences: <" + mark +
          ">\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n"
          "--edge\r\n\r\n" +
          inside("held text") + "\r\n" + before +
          "--edge\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\n"
          "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=\r\n--edge--\r\n");
  desk_->advance(minutes(1));
  auto came = desk_->get("/incoming-mails?state=held", who("admin").token);
  put("letter_picture", side, side == 'A' ? 1 : 2, Seen::inside);
  put("incoming_mail", side, came.at("items.0.id").to_number<std::int64_t>(), Seen::inside);
}

}  // namespace baijin::api
