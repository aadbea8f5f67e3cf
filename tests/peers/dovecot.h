#pragma once
// A Dovecot for tests: IMAP and POP3 on loopback, TLS and plain, mail in a temporary directory.
#include <memory>
#include <string>
#include <vector>

#include "peers/certificates.h"
#include "peers/folder.h"
#include "peers/process.h"

namespace peers {

class Dovecot {
 public:
  // Throws std::runtime_error with the server's words when it does not start.
  explicit Dovecot(const Certificate& certificate);
  ~Dovecot();

  // The plain ports take STARTTLS and STLS.
  int imap_port() const { return imap_; }
  int imaps_port() const { return imaps_; }
  int pop3_port() const { return pop3_; }
  int pop3s_port() const { return pop3s_; }
  static constexpr const char* user = "service@desk.test";
  static constexpr const char* password = "geheim";

  // A message arrives. Folders are named as on the wire, "" is INBOX.
  void deliver(const std::string& raw, const std::string& folder = {});
  void make_folder(const std::string& folder);
  // All messages of the folder as they lie on the disk, in no order.
  std::vector<std::string> messages(const std::string& folder = {}) const;
  // The folder counts its messages anew: another UIDVALIDITY (R17).
  void forget_uids(const std::string& folder = {});
  void start();
  void stop();

 private:
  std::string maildir(const std::string& folder) const;

  Folder directory_{"dovecot"};
  Account account_;
  int imap_, imaps_, pop3_, pop3s_;
  int delivered_ = 0;
  std::unique_ptr<Process> server_;
};

// Why there can be no Dovecot here: a reason to skip a test; empty when there can.
std::string no_dovecot();

}  // namespace peers
