#include "net/mail_connection.h"

#include <openssl/evp.h>

#include <algorithm>

namespace baijin::net {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return upper(x) == upper(y); });
}

}  // namespace

void Steps::begin(std::string_view step) {
  if (!steps_.empty()) steps_.back().passed = true;
  steps_.push_back({std::string(step), false, "", ""});
}

// Through LineFailure, which makes one clean line of what a stranger says.
void Steps::say(std::string_view said) { steps_.back().said = LineFailure("", said).said; }

std::vector<TrialStep> Steps::all_passed() {
  steps_.back().passed = true;
  return std::move(steps_);
}

std::vector<TrialStep> Steps::failed(const LineFailure& failure) {
  steps_.back().reason = failure.reason;
  steps_.back().said = failure.said;
  return std::move(steps_);
}

std::unique_ptr<Wire> connect(const Outgoing& outgoing, const MailAccount& account, Steps& steps) {
  const auto& dialler = outgoing.dialler;
  const auto deadline = Deadline::in_ms(dialler.options().limits.connect_ms);
  steps.begin("name");
  const auto addresses = dialler.addresses_of(account.host, deadline);
  steps.say(to_text(addresses.front()));
  if (account.security == MailAccount::Security::none &&
      !std::all_of(addresses.begin(), addresses.end(),
                   [](const auto& address) { return address.is_loopback(); })) {
    steps.begin("secure");
    throw LineFailure("plain_not_allowed");
  }
  steps.begin("connect");
  auto wire = std::make_unique<Wire>(dialler, dialler.dial(addresses, account.port, deadline));
  if (account.security == MailAccount::Security::tls) {
    steps.begin("secure");
    wire->secure(outgoing.trust, plain_host(account.host));
  }
  return wire;
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string sasl_plain(const MailAccount& account) {
  using namespace std::string_literals;
  return base64("\0"s + account.user + "\0"s + account.secret);
}

std::string sasl_xoauth2(const MailAccount& account) {
  return base64("user=" + account.user + "\x01" + "auth=Bearer " + account.secret + "\x01\x01");
}

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const auto blank = list.find(' ');
    if (same_word(list.substr(0, blank), word)) return true;
    if (blank == std::string_view::npos) return false;
    list.remove_prefix(blank + 1);
  }
  return false;
}

}  // namespace baijin::net
