#pragma once
// A certificate authority of a test's own, and certificates of every kind that is good or bad.
#include <memory>
#include <string>

#include "peers/folder.h"

struct evp_pkey_st;
struct x509_st;

namespace peers {

// PEM files.
struct Certificate {
  std::string file;
  std::string key_file;
};

struct CertificateWish {
  std::string host = "mail.test";  // a name, or an IP address
  int valid_from_days = -1;
  int valid_until_days = 30;
  bool for_servers = true;  // else for clients only
  bool self_signed = false;
};

class Authority {
 public:
  explicit Authority(const std::string& name = "Test CA");
  ~Authority();
  // What a client is to trust.
  const std::string& file() const { return file_; }
  Certificate issue(const CertificateWish& wish = {});

 private:
  Folder folder_{"certificates"};
  std::unique_ptr<evp_pkey_st, void (*)(evp_pkey_st*)> key_;
  std::unique_ptr<x509_st, void (*)(x509_st*)> certificate_;
  std::string file_;
  int issued_ = 0;
};

}  // namespace peers
