#include "net/trust.h"

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "net/ip_address.h"

namespace baijin::net {
namespace {

struct BioEnd {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

std::string written(const std::unique_ptr<BIO, BioEnd>& bio) {
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string text_of(const X509_NAME* name) {
  const std::unique_ptr<BIO, BioEnd> bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  return written(bio);
}

std::string text_of(const ASN1_TIME* time) {
  const std::unique_ptr<BIO, BioEnd> bio(BIO_new(BIO_s_mem()));
  ASN1_TIME_print(bio.get(), time);
  return written(bio);
}

// "CN = mail.example, issued by CN = Example CA, valid from … until …"
std::string describe(const X509* certificate) {
  return text_of(X509_get_subject_name(certificate)) + ", issued by " +
         text_of(X509_get_issuer_name(certificate)) + ", valid from " +
         text_of(X509_get0_notBefore(certificate)) + " until " +
         text_of(X509_get0_notAfter(certificate));
}

// Keeps the certificate that was found wrong with the session: OpenSSL forgets it.
int certificate_place() {
  static const int place = SSL_get_ex_new_index(
      0, nullptr, nullptr, nullptr, [](void*, void* kept, CRYPTO_EX_DATA*, int, long, void*) {
        X509_free(static_cast<X509*>(kept));
      });
  return place;
}

int verified(int good, X509_STORE_CTX* chain) {
  if (good == 1) return good;
  auto* session = static_cast<SSL*>(
      X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* wrong = X509_STORE_CTX_get_current_cert(chain);
  if (session == nullptr || wrong == nullptr) return good;
  X509_free(static_cast<X509*>(SSL_get_ex_data(session, certificate_place())));
  X509_up_ref(wrong);
  SSL_set_ex_data(session, certificate_place(), wrong);
  return good;
}

}  // namespace

Trust::Trust(const std::string& ca_file)
    : ca_file_(ca_file), context_(SSL_CTX_new(TLS_client_method())) {
  if (!context_) throw std::runtime_error("OpenSSL gives no context");
  SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, verified);
  // What could not be written at once is offered again from wherever it then lies.
  SSL_CTX_set_mode(context_.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_set_default_verify_paths(context_.get()) != 1) {
    throw std::runtime_error("OpenSSL finds no certificates of the system");
  }
  teach(context_.get());
}

void Trust::teach(SSL_CTX* context) const {
  if (ca_file_.empty()) return;
  if (SSL_CTX_load_verify_file(context, ca_file_.c_str()) != 1) {
    throw std::runtime_error("no certificates can be read from " + ca_file_);
  }
}

TlsSession Trust::session(int socket, const std::string& host) const {
  TlsSession session(SSL_new(context_.get()));
  if (!session || SSL_set_fd(session.get(), socket) != 1) throw LineFailure("tls_failed");
  auto* wanted = SSL_get0_param(session.get());
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const bool demanded = parse_ip(host)
                            ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1
                            : SSL_set1_host(session.get(), host.c_str()) == 1 &&
                                  SSL_set_tlsext_host_name(session.get(), host.c_str()) == 1;
  if (!demanded) throw LineFailure("tls_failed");
  SSL_set_connect_state(session.get());
  return session;
}

std::string_view certificate_reason(long verify_result) {
  switch (verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return "certificate_expired";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "certificate_not_yet_valid";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return "certificate_self_signed";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return "certificate_unknown_issuer";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return "certificate_wrong_host";
    case X509_V_ERR_INVALID_PURPOSE: return "certificate_wrong_purpose";
    default: return "certificate_invalid";
  }
}

LineFailure why_not_trusted(const SSL* session) {
  const long result = SSL_get_verify_result(session);
  if (result != X509_V_OK) {
    const auto* wrong = static_cast<X509*>(SSL_get_ex_data(session, certificate_place()));
    return {certificate_reason(result),
            wrong != nullptr ? describe(wrong) : X509_verify_cert_error_string(result)};
  }
  const char* words = ERR_reason_error_string(ERR_peek_last_error());
  return {"tls_failed", words != nullptr ? words : ""};
}

}  // namespace baijin::net
