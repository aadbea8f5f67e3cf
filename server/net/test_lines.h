#pragma once
// For the tests of this room: lines that may talk to this machine, and what they need to say.
#include <memory>
#include <string>
#include <vector>

#include "net/lines.h"
#include "net/test_source.h"
#include "peers/certificates.h"

namespace baijin::net::testing {

// Every name below .test but nowhere.test is this machine, which is allowed.
inline OutgoingOptions test_options(const std::string& ca_file = {}) {
  OutgoingOptions options;
  options.allow = {"127.0.0.0/8"};
  options.ca_file = ca_file;
  options.our_name = "desk.test";
  options.resolve = [](const std::string& host) -> std::vector<IpAddress> {
    if (!host.ends_with(".test") || host == "nowhere.test") throw LineFailure("name_not_found");
    return {parse_ip("127.0.0.1").value()};
  };
  return options;
}

inline MailAccount account_at(MailAccount::Protocol protocol, int port,
                              MailAccount::Security security) {
  MailAccount account;
  account.protocol = protocol;
  account.host = "mail.test";
  account.port = port;
  account.security = security;
  account.user = "service@desk.test";
  account.secret = "geheim";
  return account;
}

// Messages as they came.
class Collected final : public MailSink {
 public:
  struct Mail {
    std::string id, raw;
    bool whole = false;
  };
  std::vector<Mail> mails;
  std::string coming;

  void piece(std::string_view bytes) override { coming += bytes; }
  void end(std::string_view id, bool whole) override {
    mails.push_back({std::string(id), std::move(coming), whole});
    coming.clear();
  }
  // What came under this id.
  std::string raw(std::string_view id) const {
    for (const auto& mail : mails) {
      if (mail.id == id) return mail.raw;
    }
    return "nothing";
  }
};

inline std::vector<std::string> ids_of(const std::vector<WaitingMail>& list) {
  std::vector<std::string> ids;
  ids.reserve(list.size());
  for (const auto& mail : list) ids.push_back(mail.id);
  return ids;
}

// "name connect secure greeting log_in!login_refused"
inline std::string story_of(const std::vector<TrialStep>& steps) {
  std::string story;
  for (const auto& step : steps) {
    story += (story.empty() ? "" : " ") + step.step + (step.passed ? "" : "!" + step.reason);
  }
  return story;
}

}  // namespace baijin::net::testing
