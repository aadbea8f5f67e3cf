#pragma once
// A desk with one mailbox, "service@desk.test", whose servers are the test's own post office.
#include "mime/read.h"
#include "modules/mail/mail.h"
#include "modules/portal/test_desk.h"

namespace baijin::mail {

class MailDesk : public portal::PortalDesk {
 protected:
  std::vector<ModuleEntry> modules() const override {
    auto all = PortalDesk::modules();
    all.push_back({"mail", mail::install});
    return all;
  }
  void SetUp() override {
    PortalDesk::SetUp();
    mailbox = made("/mailboxes", mailbox_json(""));
    customer = made("/customers", R"({"name":"县人民医院","email_domain":"kunde.test"})");
    wang = made("/contacts",
                R"({"name":"王芳","email":"wang@kunde.test","customers":[{"customer":)" +
                    std::to_string(customer) + R"(}]})");
    settle();
  }
  static std::string mailbox_json(const std::string& more) {
    return R"({"address":"service@desk.test","sender_name":"服务台",)"
           R"("incoming":{"protocol":"imap","host":"mail.desk.test","port":993,"security":"tls",)"
           R"("log_in":"password","user":"service@desk.test","folder":"",)"
           R"("afterwards":"mark_seen","move_to":"","every_seconds":30},)"
           R"("outgoing":{"host":"smtp.desk.test","port":465,"security":"tls",)"
           R"("log_in":"password","user":"service@desk.test"},)"
           R"("incoming_secret":"geheim-ein","outgoing_secret":"geheim-aus")" +
           more + "}";
  }
  std::int64_t made(const std::string& target, const std::string& body) {
    return PortalDesk::made(target, body, agent);
  }
  void done(const std::string& target, const std::string& body) {
    PortalDesk::done(target, body, agent);
  }

  // What is due at once, and the mailbox's next look.
  void settle() { desk->advance(seconds(31)); }

  struct Writing {
    std::string from = "王芳 <wang@kunde.test>";
    std::string subject = "登录页白屏";
    std::string body = "您好，登录页今天早上起白屏。";
    std::string headers = {};  // each ends in \r\n
    std::string to = "service@desk.test";
  };
  // Its Message-ID.
  std::string arrives(const Writing& writing) {
    auto id = "m" + std::to_string(++written_) + "@kunde.test";
    desk->post_office().put("service@desk.test",
                            "From: " + writing.from + "\r\nTo: " + writing.to +
                                "\r\nSubject: " + writing.subject + "\r\nMessage-ID: <" + id +
                                ">\r\nDate: Mon, 23 Nov 2026 14:00:0" +
                                std::to_string(written_ % 10) + " +0800\r\n" + writing.headers +
                                "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                                "Content-Transfer-Encoding: 8bit\r\n\r\n" +
                                writing.body + "\r\n");
    return id;
  }
  std::string comes(const Writing& writing) {
    auto id = arrives(writing);
    settle();
    return id;
  }

  std::vector<testing::PostOffice::Sent> sent() { return desk->post_office().sent(); }
  mime::Message last_sent() { return mime::read_message(sent().back().message); }

  boost::json::array rows(const std::string& target) {
    auto answer = desk->get(target, agent);
    EXPECT_EQ(answer.status, 200) << target << " " << answer.body;
    return answer.json().at("items").as_array();
  }
  boost::json::array tickets() { return rows("/tickets?sort=created_at"); }
  boost::json::array incoming() { return rows("/incoming-mails?sort=arrived_at"); }
  boost::json::array outgoing() { return rows("/outgoing-mails?sort=created_at"); }
  boost::json::array messages(std::int64_t ticket) {
    return rows("/tickets/" + std::to_string(ticket) + "/messages");
  }
  static std::string text(const boost::json::value& row, std::string_view name) {
    return std::string(row.as_object().at(name).as_string());
  }
  static std::int64_t number(const boost::json::value& row, std::string_view name) {
    return row.as_object().at(name).to_number<std::int64_t>();
  }
  void reply(std::int64_t ticket, const std::string& html) {
    done("/tickets/" + std::to_string(ticket) + "/messages",
         R"({"kind":"reply","body":")" + html + R"(","undo_seconds":0})");
    settle();
  }
  std::string header_of(const mime::Message& letter, std::string_view name) {
    const auto* value = letter.header(name);
    return value ? *value : std::string();
  }

  std::int64_t mailbox = 0, customer = 0, wang = 0;

 private:
  int written_ = 0;
};

}  // namespace baijin::mail
