#pragma once
// Whom we believe over TLS: the system's authorities, and those of a file of the administrator's.
// Chain, dates, purpose and name of the host are always looked at (checklist 38); there is no
// switch to turn that off.
#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "hub/mail_line.h"

namespace baijin::net {

struct TlsEnd {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
};
using TlsSession = std::unique_ptr<SSL, TlsEnd>;

class Trust {
 public:
  // Throws std::runtime_error when the file cannot be read or holds no certificate.
  explicit Trust(const std::string& ca_file);
  // A session on this socket that demands a certificate for `host`, a name or an IP address.
  TlsSession session(int socket, const std::string& host) const;
  // Makes another library's context believe the same as ours.
  void teach(SSL_CTX* context) const;

 private:
  std::string ca_file_;
  std::unique_ptr<SSL_CTX, TlsEnd> context_;
};

// Which of LineFailure's reasons the result of a verification is.
std::string_view certificate_reason(long verify_result);
// Why a handshake failed, for people: one of the certificate_… reasons with whose certificate it
// is, else tls_failed.
LineFailure why_not_trusted(const SSL* session);

}  // namespace baijin::net
