// The lines of programs that talk to nobody.
#include "hub/outside.h"

namespace baijin {
namespace {

class NoMailIn final : public MailIn {
 public:
  std::unique_ptr<MailFolder> open(const MailAccount&, std::string_view) override {
    throw LineFailure("unreachable");
  }
  std::vector<std::string> folders(const MailAccount&) override {
    throw LineFailure("unreachable");
  }
  std::vector<TrialStep> try_account(const MailAccount&, std::string_view) override {
    return {{"connect", false, "unreachable", ""}};
  }
};

class NoMailOut final : public MailOut {
 public:
  Handed send(const MailAccount&, const OutgoingMail&) override {
    return {Handed::Outcome::refused_for_now, "unreachable", "", {}};
  }
  std::vector<TrialStep> try_account(const MailAccount&, std::string_view) override {
    return {{"connect", false, "unreachable", ""}};
  }
};

class NoHttp final : public Http {
 public:
  HttpAnswer call(const HttpCall&) override { throw LineFailure("unreachable"); }
};

}  // namespace

MailIn& no_mail_in() {
  static NoMailIn none;
  return none;
}

MailOut& no_mail_out() {
  static NoMailOut none;
  return none;
}

Http& no_http() {
  static NoHttp none;
  return none;
}

}  // namespace baijin
