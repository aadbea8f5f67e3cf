#pragma once
// Mail servers inside the test: folders that hold what a test puts there, and everything that was
// sent. They fail when told to, and as told. Thread-safe.
//
//   desk.post_office().put("service@desk.test", "From: wang@kunde.test\r\n…");
//   desk.advance(minutes(1));                                    // the mailbox is looked at
//   EXPECT_EQ(desk.post_office().sent().size(), 1);              // its number was answered
//   desk.post_office().fail_sending({Handed::Outcome::unclear, "peer_closed"}, Took::it);
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "hub/mail_line.h"

namespace baijin::testing {

// Whether the server had the message although it did not say so (Handed::Outcome::unclear).
enum class Took { nothing, it };

class PostOffice final : public MailIn, public MailOut {
 public:
  struct Kept {
    std::string id;
    std::string raw;
    bool seen = false;
  };
  struct Sent {
    MailAccount account;
    std::string from;
    std::vector<std::string> to;
    std::string message;
  };

  // A message arrives in the mailbox of the account with this user name. Returns its id.
  std::string put(std::string_view user, std::string raw, std::string_view folder = "INBOX");
  std::vector<Kept> kept(std::string_view user, std::string_view folder = "INBOX") const;
  void make_folder(std::string_view user, std::string_view folder);
  // All messages have other ids from now on: another UIDVALIDITY (R17).
  void renumber(std::string_view user);

  std::vector<Sent> sent() const;  // in order, as a capturing server saw it
  void forget_sent();

  // The next `times` calls for mail in fail with this reason, those of open folders too.
  void fail_reading(std::string_view reason, int times = 1);
  // The next `times` messages are answered with this instead of being taken.
  void fail_sending(Handed handed, Took took = Took::nothing, int times = 1);
  // These addresses are refused, whatever else is sent.
  void refuse(std::string_view address, bool for_good = true);

  std::unique_ptr<MailFolder> open(const MailAccount& account, std::string_view folder) override;
  std::vector<std::string> folders(const MailAccount& account) override;
  Handed send(const MailAccount& account, const OutgoingMail& mail) override;
  // MailIn's and MailOut's alike, as their arguments are.
  std::vector<TrialStep> try_account(const MailAccount& account,
                                     std::string_view folder_or_sender) override;

 private:
  friend class PostOfficeFolder;
  struct Mailbox {
    std::int64_t generation = 1, next_id = 1;
    std::map<std::string, std::vector<Kept>, std::less<>> folders;
  };
  Mailbox& mailbox(std::string_view user);  // made with an INBOX
  void fail_if_told();

  mutable std::mutex mutex_;
  std::map<std::string, Mailbox, std::less<>> mailboxes_;
  std::vector<Sent> sent_;
  std::string reading_fails_;
  int reading_failures_ = 0;
  Handed sending_answer_;
  Took sending_took_ = Took::nothing;
  int sending_failures_ = 0;
  std::map<std::string, bool, std::less<>> refused_;  // for good?
};

}  // namespace baijin::testing
