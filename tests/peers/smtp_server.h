#pragma once
// An Exim for tests: SMTP on loopback with STARTTLS and AUTH, everything into one directory.
#include <memory>
#include <string>
#include <vector>

#include "peers/certificates.h"
#include "peers/folder.h"
#include "peers/process.h"

namespace peers {

class SmtpServer {
 public:
  // Throws std::runtime_error with the server's words when it does not start.
  explicit SmtpServer(const Certificate& certificate);
  ~SmtpServer();

  int port() const { return port_; }     // STARTTLS
  int tls_port() const { return tls_; }  // TLS from the first octet
  static constexpr const char* user = "service@desk.test";
  static constexpr const char* password = "geheim";
  static constexpr std::size_t most_bytes = 1 << 20;  // of a message
  // Recipients unknown@… are refused for good, later@… for now; so is the sender refused@….

  // What it took, as it lies on the disk: without the envelope, with a Received header before it.
  // Waits until there are `count`, for a few seconds.
  std::vector<std::string> messages(std::size_t count = 0) const;
  int connections() const;  // since it was told to forget
  void forget();            // all messages so far
  void start();
  void stop();

 private:
  Folder directory_{"exim"};
  Account account_;
  int port_, tls_;
  int connections_before_ = 0;
  std::unique_ptr<Process> server_;
};

// Why there can be no Exim here: a reason to skip a test; empty when there can.
std::string no_smtp_server();

}  // namespace peers
