#include "peers/certificates.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>

namespace peers {
namespace {

using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;
using Paper = std::unique_ptr<X509, void (*)(X509*)>;

Key new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("no such extension: " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Paper new_paper(EVP_PKEY* key, const std::string& name, int from_days, int until_days, int serial) {
  Paper paper(X509_new(), X509_free);
  X509_set_version(paper.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(paper.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(paper.get()), from_days * 86'400L);
  X509_gmtime_adj(X509_getm_notAfter(paper.get()), until_days * 86'400L);
  X509_set_pubkey(paper.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(paper.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return paper;
}

std::FILE* opened(const std::string& path) {
  auto* file = std::fopen(path.c_str(), "we");
  if (file == nullptr) throw std::runtime_error("cannot write " + path);
  return file;
}

void write(const std::string& path, X509* certificate) {
  auto* file = opened(path);
  PEM_write_X509(file, certificate);
  std::fclose(file);
}

void write(const std::string& path, EVP_PKEY* key) {
  auto* file = opened(path);
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
}

}  // namespace

Authority::Authority(const std::string& name)
    : key_(new_key()), certificate_(new_paper(key_.get(), name, -400, 400, 1)) {
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  extend(certificate_.get(), certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  extend(certificate_.get(), certificate_.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  file_ = folder_.path() + "/ca.pem";
  write(file_, certificate_.get());
}

Authority::~Authority() = default;

Certificate Authority::issue(const CertificateWish& wish) {
  const auto key = new_key();
  const auto paper = new_paper(key.get(), wish.host, wish.valid_from_days, wish.valid_until_days,
                               ++issued_ + 1);
  auto* issuer = wish.self_signed ? paper.get() : certificate_.get();
  X509_set_issuer_name(paper.get(), X509_get_subject_name(issuer));
  const bool number = wish.host.find_first_not_of("0123456789.:") == std::string::npos;
  extend(paper.get(), issuer, NID_subject_alt_name, (number ? "IP:" : "DNS:") + wish.host);
  extend(paper.get(), issuer, NID_ext_key_usage, wish.for_servers ? "serverAuth" : "clientAuth");
  X509_sign(paper.get(), wish.self_signed ? key.get() : key_.get(), EVP_sha256());
  const auto base = folder_.path() + "/" + std::to_string(issued_);
  write(base + ".pem", paper.get());
  write(base + ".key", key.get());
  return {base + ".pem", base + ".key"};
}

}  // namespace peers
