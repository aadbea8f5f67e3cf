#pragma once
// A conversation with an SMTP server (RFC 5321), logged in, over which messages are handed one
// after the other.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/mail_connection.h"
#include "net/smtp_reply.h"

namespace baijin::net {

class SmtpLine {
 public:
  // Connects and logs in; throws LineFailure with the step it failed at in `steps`.
  SmtpLine(const Outgoing& outgoing, const MailAccount& account, Steps& steps);
  ~SmtpLine();  // QUIT, without waiting for what is said to that

  Handed send(const OutgoingMail& mail);
  // Whether another message can be handed over: nothing broke, and the server still listens.
  bool is_open();
  // Throws LineFailure sender_refused or peer_busy.
  void try_sender(std::string_view from);

 private:
  struct Offers {
    bool starttls = false, pipelining = false, eight_bit = false, smtputf8 = false;
    std::int64_t most_bytes = 0;  // 0: not said
    std::string mechanisms;       // of AUTH
  };
  struct Envelope;
  void greet(Steps& steps);
  void say_hello();
  void start_tls(const Outgoing& outgoing, const MailAccount& account, Steps& steps);
  void log_in(const MailAccount& account, Steps& steps);
  SmtpReply ask(std::string_view command);
  SmtpReply answer_login(const SmtpReply& first, const std::vector<std::string>& answers);
  bool fits(const OutgoingMail& mail, Envelope& envelope, Handed& handed) const;
  bool address(const Envelope& envelope, Handed& handed);
  bool transmit(std::string_view message, Handed& handed, bool& complete);
  void reset();
  Wire& wire();

  std::string our_name_;
  std::unique_ptr<Wire> wire_;  // none once something broke
  Offers offers_;
};

}  // namespace baijin::net
