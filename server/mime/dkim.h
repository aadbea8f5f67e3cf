#pragma once
// Signing a letter, so that its receivers can tell that our domain sent it and that it came
// unchanged: DKIM (RFC 6376) with rsa-sha256 and relaxed canonicalization of both parts.
#include <string>
#include <string_view>

#include "base/time.h"

namespace baijin::mime {

struct DkimKey {
  std::string domain, selector;
  std::string private_key;  // PEM
};

// A new RSA key of 2,048 bits (RFC 8301 §3.2) as PEM.
std::string new_dkim_key();
// What the TXT record SELECTOR._domainkey.DOMAIN has to say: "v=DKIM1; k=rsa; p=…".
std::string dkim_record(std::string_view private_key);

// The message, as compose_message() makes it, with its DKIM-Signature in front. Throws
// std::runtime_error for a key that is none.
std::string dkim_signed(std::string_view message, const DkimKey& key, Time now);

}  // namespace baijin::mime
