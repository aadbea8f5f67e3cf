#include "mime/dkim.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

namespace baijin::mime {
namespace {

constexpr int key_bits = 2'048;
constexpr std::size_t longest_line = 72;
constexpr std::size_t longest_names = 50;

// From stands twice: nobody can add a second one without breaking the signature (RFC 6376 §8.15).
constexpr std::array signed_headers{"From",          "From",       "To",           "Cc",
                                    "Reply-To",      "Subject",    "Date",         "Message-ID",
                                    "In-Reply-To",   "References", "MIME-Version", "Content-Type",
                                    "Auto-Submitted"};

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Buffer = std::unique_ptr<BIO, decltype(&BIO_free)>;

[[noreturn]] void failed(const char* what) { throw std::runtime_error(what); }

Key key_of(std::string_view pem) {
  Buffer memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  Key key(memory ? PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr) : nullptr,
          EVP_PKEY_free);
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA) failed("not a private key for DKIM");
  return key;
}

std::string base64(const unsigned char* bytes, std::size_t size) {
  std::string text((size + 2) / 3 * 4 + 1, '\0');
  auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes,
                                static_cast<int>(size));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string hash_of(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
    failed("SHA-256 failed");
  }
  return base64(hash.data(), size);
}

std::string signature_of(std::string_view text, EVP_PKEY* key) {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free);
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  bool begun = context &&
               EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
               EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1;
  std::vector<unsigned char> made(size);
  if (!begun || EVP_DigestSign(context.get(), made.data(), &size, bytes, text.size()) != 1) {
    failed("signing failed");
  }
  return base64(made.data(), size);
}

bool is_space(char c) { return c == ' ' || c == '\t'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// Runs of blanks as one, none at the end; line ends go, when a header is unfolded.
std::string squeezed(std::string_view text) {
  std::string out;
  bool gap = false;
  for (char c : text) {
    if (c == '\r' || c == '\n') continue;
    if (is_space(c)) {
      gap = true;
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c;
  }
  return out;
}

// RFC 6376 §3.4.4.
std::string relaxed_body(std::string_view body) {
  std::string out;
  std::size_t empty_lines = 0;
  while (!body.empty()) {
    auto end = body.find("\r\n");
    auto line = squeezed(body.substr(0, end));
    body = end == body.npos ? std::string_view() : body.substr(end + 2);
    if (line.empty()) {
      ++empty_lines;
      continue;
    }
    for (; empty_lines > 0; --empty_lines) out += "\r\n";
    out.append(line).append("\r\n");
  }
  return out;
}

// RFC 6376 §3.4.2, without the line end.
std::string relaxed_header(std::string_view name, std::string_view value) {
  std::string out;
  for (char c : name) {
    if (!is_space(c)) out += lower(c);
  }
  out += ':';
  while (!value.empty() &&
         (is_space(value.front()) || value.front() == '\r' || value.front() == '\n')) {
    value.remove_prefix(1);
  }
  return out += squeezed(value);
}

struct Header {
  std::string_view name, value;
  bool used = false;
};

std::vector<Header> headers_of(std::string_view head) {
  std::vector<Header> headers;
  while (!head.empty()) {
    auto end = head.find("\r\n");
    while (end != head.npos && end + 2 < head.size() && is_space(head[end + 2])) {
      end = head.find("\r\n", end + 2);
    }
    auto field = head.substr(0, end);
    head = end == head.npos ? std::string_view() : head.substr(end + 2);
    auto colon = field.find(':');
    if (colon != field.npos) headers.push_back({field.substr(0, colon), field.substr(colon + 1)});
  }
  return headers;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

// The last one of the name that was not taken yet (§5.4.2); nothing when there is none.
std::optional<std::string> take(std::vector<Header>& headers, std::string_view name) {
  for (auto header = headers.rbegin(); header != headers.rend(); ++header) {
    if (header->used || !same_name(header->name, name)) continue;
    header->used = true;
    return relaxed_header(header->name, header->value);
  }
  return {};
}

std::string folded(std::string_view text) {
  std::string out;
  for (; text.size() > longest_line; text.remove_prefix(longest_line)) {
    out.append(text.substr(0, longest_line)).append("\r\n\t");
  }
  return out.append(text);
}

}  // namespace

std::string new_dkim_key() {
  Key key(EVP_RSA_gen(key_bits), EVP_PKEY_free);
  Buffer memory(BIO_new(BIO_s_mem()), BIO_free);
  if (!key || !memory ||
      PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1) {
    failed("no key could be made");
  }
  char* text = nullptr;
  auto size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string dkim_record(std::string_view private_key) {
  auto key = key_of(private_key);
  unsigned char* bytes = nullptr;
  auto size = i2d_PUBKEY(key.get(), &bytes);
  if (size <= 0) failed("no public key");
  auto text = "v=DKIM1; k=rsa; p=" + base64(bytes, static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return text;
}

std::string dkim_signed(std::string_view message, const DkimKey& key, Time now) {
  auto pair = key_of(key.private_key);
  auto split = message.find("\r\n\r\n");
  auto head = message.substr(0, split);
  auto body = split == message.npos ? std::string_view() : message.substr(split + 4);
  auto headers = headers_of(head);
  std::string names, text;
  std::size_t line = 0;  // where the last of them begins
  for (const char* name : signed_headers) {
    auto field = take(headers, name);
    // What is not there is named only for From: that nobody adds one.
    if (!field && !same_name(name, "From")) continue;
    if (!names.empty()) names.append(names.size() - line > longest_names ? ":\r\n\t" : ":");
    if (names.ends_with('\t')) line = names.size();
    names += name;
    if (field) text.append(*field).append("\r\n");
  }
  auto tags = fmt::format(
      " v=1; a=rsa-sha256; c=relaxed/relaxed; d={}; s={};\r\n\tt={}; h={};\r\n\tbh={};\r\n\tb=",
      key.domain, key.selector, now.us / 1'000'000, names, hash_of(relaxed_body(body)));
  text += relaxed_header("DKIM-Signature", tags);
  auto signature = signature_of(text, pair.get());
  return fmt::format("DKIM-Signature:{}{}\r\n{}", tags, folded(signature), message);
}

}  // namespace baijin::mime
