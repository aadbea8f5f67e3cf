#pragma once
// What the clients of mail servers have in common: the way to the first word of a server, and the
// record of how far one came.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/mail_line.h"
#include "net/outgoing.h"
#include "net/trust.h"
#include "net/wire.h"

namespace baijin::net {

// With whom we may speak, and whom we believe.
struct Outgoing {
  explicit Outgoing(OutgoingOptions options)
      : dialler(std::move(options)), trust(dialler.options().ca_file) {}
  Dialler dialler;
  Trust trust;
};

// The steps of trying an account (mail_line.h); a client that just wants to work keeps none.
class Steps {
 public:
  void begin(std::string_view step);    // the one before has passed
  void say(std::string_view said);      // about the one that is under way
  std::vector<TrialStep> all_passed();  // the last too
  std::vector<TrialStep> failed(const LineFailure& failure);

 private:
  std::vector<TrialStep> steps_;
};

// Runs what takes the steps and tells how far it came.
template <class Work>
std::vector<TrialStep> steps_of(Work work) {
  Steps steps;
  try {
    work(steps);
    return steps.all_passed();
  } catch (const LineFailure& failure) {
    return steps.failed(failure);
  }
}

// Connects, and begins TLS if the account says so from the first octet. Without TLS only to this
// machine: plain_not_allowed. Throws LineFailure.
std::unique_ptr<Wire> connect(const Outgoing& outgoing, const MailAccount& account, Steps& steps);

// Base64 with padding, in one line.
std::string base64(std::string_view bytes);
// What the mechanisms PLAIN (RFC 4616) and XOAUTH2 say, in base64.
std::string sasl_plain(const MailAccount& account);
std::string sasl_xoauth2(const MailAccount& account);

// Whether a word stands in a list of words with blanks between them, whatever the case.
bool has_word(std::string_view list, std::string_view word);

}  // namespace baijin::net
