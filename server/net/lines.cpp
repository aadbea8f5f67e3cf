#include "net/lines.h"

#include <csignal>
#include <list>
#include <mutex>
#include <stdexcept>

#include "net/http_calls.h"
#include "net/imap_folder.h"
#include "net/pop3_folder.h"
#include "net/smtp_line.h"

namespace baijin::net {
namespace {

using Protocol = MailAccount::Protocol;

constexpr std::size_t most_kept = 8;  // open lines to SMTP servers that nobody uses now
constexpr std::int64_t kept_for_ms = 20'000;

class RealMailIn final : public MailIn {
 public:
  explicit RealMailIn(const Outgoing& outgoing) : outgoing_(outgoing) {}

  std::unique_ptr<MailFolder> open(const MailAccount& account, std::string_view folder) override {
    Steps steps;
    return open_folder(account, folder, steps);
  }
  std::vector<std::string> folders(const MailAccount& account) override {
    if (account.protocol == Protocol::imap) return imap_folders(outgoing_, account);
    open(account, "");
    return {"INBOX"};
  }
  std::vector<TrialStep> try_account(const MailAccount& account, std::string_view folder) override {
    return steps_of([&](Steps& steps) { open_folder(account, folder, steps); });
  }

 private:
  std::unique_ptr<MailFolder> open_folder(const MailAccount& account, std::string_view folder,
                                          Steps& steps) {
    if (account.protocol == Protocol::imap) {
      return open_imap_folder(outgoing_, account, folder, steps);
    }
    if (account.protocol != Protocol::pop3) throw std::invalid_argument("no way to read mail");
    return open_pop3_folder(outgoing_, account, steps);
  }

  const Outgoing& outgoing_;
};

class RealMailOut final : public MailOut {
 public:
  explicit RealMailOut(const Outgoing& outgoing) : outgoing_(outgoing) {}

  Handed send(const MailAccount& account, const OutgoingMail& mail) override {
    if (account.protocol != Protocol::smtp) throw std::invalid_argument("no way to send mail");
    if (auto line = kept_line(account)) {
      auto handed = line->send(mail);
      // A server may hang up on a quiet line at any time: nothing was taken, so it is tried anew.
      const bool hung_up = handed.outcome == Handed::Outcome::refused_for_now && !line->is_open();
      if (!hung_up) return keep(account, std::move(line), std::move(handed));
    }
    try {
      Steps steps;
      auto line = std::make_unique<SmtpLine>(outgoing_, account, steps);
      auto handed = line->send(mail);
      return keep(account, std::move(line), std::move(handed));
    } catch (const LineFailure& failure) {
      return {Handed::Outcome::refused_for_now, failure.reason, failure.said, {}};
    }
  }

  std::vector<TrialStep> try_account(const MailAccount& account, std::string_view from) override {
    return steps_of([&](Steps& steps) {
      SmtpLine line(outgoing_, account, steps);
      if (from.empty()) return;
      steps.begin("sender");
      line.try_sender(from);
    });
  }

 private:
  struct Kept {
    MailAccount account;
    std::unique_ptr<SmtpLine> line;
    Deadline until;
  };

  std::unique_ptr<SmtpLine> kept_line(const MailAccount& account) {
    std::list<Kept> over;  // their good-byes are said without the lock
    std::unique_ptr<SmtpLine> found;
    std::lock_guard lock(mutex_);
    for (auto kept = kept_.begin(); kept != kept_.end();) {
      const auto next = std::next(kept);
      if (kept->until.left_ms() == 0 || !kept->line->is_open()) {
        over.splice(over.end(), kept_, kept);
      } else if (!found && kept->account == account) {
        found = std::move(kept->line);
        kept_.erase(kept);
      }
      kept = next;
    }
    return found;
  }

  Handed keep(const MailAccount& account, std::unique_ptr<SmtpLine> line, Handed handed) {
    std::lock_guard lock(mutex_);
    if (kept_.size() < most_kept && line->is_open()) {
      kept_.push_front({account, std::move(line), Deadline::in_ms(kept_for_ms)});
    }
    return handed;
  }

  const Outgoing& outgoing_;
  std::mutex mutex_;
  std::list<Kept> kept_;
};

class RealLines final : public Lines {
 public:
  explicit RealLines(OutgoingOptions options) : outgoing_(std::move(options)) {
    std::signal(SIGPIPE, SIG_IGN);
  }
  MailIn& mail_in() override { return mail_in_; }
  MailOut& mail_out() override { return mail_out_; }
  Http& http() override { return *http_; }
  void stop() override { outgoing_.dialler.stop(); }

 private:
  Outgoing outgoing_;
  RealMailIn mail_in_{outgoing_};
  RealMailOut mail_out_{outgoing_};
  std::unique_ptr<Http> http_ = http_calls(outgoing_);
};

}  // namespace

std::unique_ptr<Lines> Lines::open(OutgoingOptions options) {
  return std::make_unique<RealLines>(std::move(options));
}

}  // namespace baijin::net
