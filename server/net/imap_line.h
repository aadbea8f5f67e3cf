#pragma once
// A conversation with an IMAP server (RFC 3501), logged in. Commands go out one at a time.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/imap_reader.h"
#include "net/mail_connection.h"

namespace baijin::net {

// What to do with the untagged replies on the way, and with the octets of messages in them.
struct ImapListener {
  std::function<void(const ImapReply&)> reply{};
  std::int64_t longest_body = 0;
  Octets body{};
};

class ImapLine {
 public:
  // Connects and logs in; throws LineFailure with the step it failed at in `steps`.
  ImapLine(const Outgoing& outgoing, const MailAccount& account, Steps& steps);
  ~ImapLine();  // LOGOUT, without waiting for what is said to that

  // Sends a command and reads up to its tagged reply, which may be NO or BAD. What goes wrong other
  // than by these closes the line for good: then, and after whatever `listener` throws, every call
  // throws peer_closed.
  ImapReply ask(std::string_view command, const ImapListener& listener = {});
  // The same, but NO and BAD throw peer_refused, or peer_busy where the server says so.
  ImapReply demand(std::string_view command, const ImapListener& listener = {});

  bool can(std::string_view capability) const { return has_word(capabilities_, capability); }
  std::uint32_t exists() const { return exists_; }  // messages in the open folder
  // Something new has come since this was last asked.
  bool take_news();
  // IDLE until something is new, until the deadline, or until asked to stop.
  void idle(Deadline deadline, const std::stop_token& stop);
  // Waits without a word, for servers without IDLE. False when asked to stop.
  bool rest(Deadline deadline, const std::stop_token& stop);

 private:
  void greet(Steps& steps);
  void start_tls(const Outgoing& outgoing, const MailAccount& account, Steps& steps);
  void log_in(const MailAccount& account, Steps& steps);
  ImapReply authenticate(std::string_view mechanism, const std::string& answer);
  void ask_capabilities();
  ImapReply listen_for(std::string_view tag, const ImapListener& listener);
  void notice(const ImapReply& reply);
  std::string send(std::string_view command);
  Wire& wire();
  template <class Work>
  auto or_close(Work work);

  std::unique_ptr<Wire> wire_;
  std::unique_ptr<ImapReader> reader_;
  std::string capabilities_;
  std::uint32_t exists_ = 0;
  bool news_ = false;
  int commands_ = 0;
};

// The failure that a NO or BAD is.
LineFailure refusal_of(const ImapReply& reply);
// Text in quotes. Throws `reason` for what cannot stand there: line breaks and NUL.
std::string quoted(std::string_view text, std::string_view reason);
// Names of folders on the wire are in modified UTF-7 (RFC 3501 §5.1.3): "已处理" is "&XfJZBHQG-".
std::string folder_on_wire(std::string_view utf8);
std::string folder_from_wire(std::string_view name);

}  // namespace baijin::net
