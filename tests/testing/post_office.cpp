#include "testing/post_office.h"

#include <algorithm>

namespace baijin::testing {

class PostOfficeFolder final : public MailFolder {
 public:
  PostOfficeFolder(PostOffice& office, std::string user, std::string folder)
      : office_(office), user_(std::move(user)), folder_(std::move(folder)) {
    generation_ = std::to_string(box().generation);
  }

  std::string generation() const override { return generation_; }

  std::vector<WaitingMail> list(std::string_view after, int most) override {
    auto lock = enter();
    auto last = after.empty() ? 0 : std::stoll(std::string(after));
    std::vector<WaitingMail> found;
    for (const auto& mail : messages()) {
      if (std::stoll(mail.id) <= last || found.size() >= static_cast<std::size_t>(most)) continue;
      found.push_back({mail.id, static_cast<std::int64_t>(mail.raw.size())});
    }
    listed_ = messages().size();
    return found;
  }

  void fetch(const std::vector<std::string>& ids, std::int64_t most_bytes,
             MailSink& sink) override {
    for (const auto& id : ids) {
      auto lock = enter();
      auto mail = find(id);
      if (mail == messages().end()) continue;
      auto raw = mail->raw;  // the sink may look at the post office
      lock.unlock();
      auto some = std::string_view(raw).substr(0, static_cast<std::size_t>(most_bytes));
      auto half = some.size() / 2;
      sink.piece(some.substr(0, half));
      sink.piece(some.substr(half));
      sink.end(id, some.size() == raw.size());
    }
  }

  void mark_seen(const std::vector<std::string>& ids) override {
    auto lock = enter();
    for (const auto& id : ids) {
      auto mail = find(id);
      if (mail != messages().end()) mail->seen = true;
    }
  }

  void move(const std::vector<std::string>& ids, std::string_view folder) override {
    auto lock = enter();
    auto target = box().folders.find(folder);
    if (target == box().folders.end()) throw LineFailure("folder_missing");
    for (const auto& id : ids) {
      auto mail = find(id);
      if (mail == messages().end()) continue;
      target->second.push_back({std::to_string(box().next_id++), mail->raw, mail->seen});
      messages().erase(mail);
    }
  }

  void remove(const std::vector<std::string>& ids) override {
    auto lock = enter();
    for (const auto& id : ids) {
      auto mail = find(id);
      if (mail != messages().end()) messages().erase(mail);
    }
  }

  // The clock is the test's: nobody waits here.
  Woken wait(Duration, std::stop_token stop) override {
    auto lock = enter();
    if (stop.stop_requested()) return Woken::stopped;
    return messages().size() > listed_ ? Woken::news : Woken::quiet;
  }

 private:
  std::unique_lock<std::mutex> enter() {
    std::unique_lock lock(office_.mutex_);
    office_.fail_if_told();
    if (generation_ != std::to_string(box().generation)) throw LineFailure("peer_closed");
    return lock;
  }
  PostOffice::Mailbox& box() { return office_.mailbox(user_); }
  std::vector<PostOffice::Kept>& messages() { return box().folders[folder_]; }
  std::vector<PostOffice::Kept>::iterator find(std::string_view id) {
    return std::find_if(messages().begin(), messages().end(),
                        [&](const auto& mail) { return mail.id == id; });
  }

  PostOffice& office_;
  std::string user_, folder_, generation_;
  std::size_t listed_ = 0;
};

PostOffice::Mailbox& PostOffice::mailbox(std::string_view user) {
  auto& box = mailboxes_[std::string(user)];
  box.folders.try_emplace("INBOX");
  return box;
}

void PostOffice::fail_if_told() {
  if (reading_failures_ == 0) return;
  --reading_failures_;
  throw LineFailure(reading_fails_);
}

std::string PostOffice::put(std::string_view user, std::string raw, std::string_view folder) {
  std::lock_guard lock(mutex_);
  auto& box = mailbox(user);
  auto id = std::to_string(box.next_id++);
  box.folders[std::string(folder)].push_back({id, std::move(raw)});
  return id;
}

std::vector<PostOffice::Kept> PostOffice::kept(std::string_view user,
                                               std::string_view folder) const {
  std::lock_guard lock(mutex_);
  auto box = mailboxes_.find(user);
  if (box == mailboxes_.end()) return {};
  auto found = box->second.folders.find(folder);
  return found == box->second.folders.end() ? std::vector<Kept>{} : found->second;
}

void PostOffice::make_folder(std::string_view user, std::string_view folder) {
  std::lock_guard lock(mutex_);
  mailbox(user).folders.try_emplace(std::string(folder));
}

void PostOffice::renumber(std::string_view user) {
  std::lock_guard lock(mutex_);
  auto& box = mailbox(user);
  ++box.generation;
  box.next_id = 1;
  for (auto& [name, messages] : box.folders) {
    for (auto& mail : messages) mail.id = std::to_string(box.next_id++);
  }
}

std::vector<PostOffice::Sent> PostOffice::sent() const {
  std::lock_guard lock(mutex_);
  return sent_;
}

void PostOffice::forget_sent() {
  std::lock_guard lock(mutex_);
  sent_.clear();
}

void PostOffice::fail_reading(std::string_view reason, int times) {
  std::lock_guard lock(mutex_);
  reading_fails_ = reason;
  reading_failures_ = times;
}

void PostOffice::fail_sending(Handed handed, Took took, int times) {
  std::lock_guard lock(mutex_);
  sending_answer_ = std::move(handed);
  sending_took_ = took;
  sending_failures_ = times;
}

void PostOffice::refuse(std::string_view address, bool for_good) {
  std::lock_guard lock(mutex_);
  refused_[std::string(address)] = for_good;
}

std::unique_ptr<MailFolder> PostOffice::open(const MailAccount& account, std::string_view folder) {
  std::lock_guard lock(mutex_);
  fail_if_told();
  std::string name(folder.empty() ? "INBOX" : folder);
  if (!mailbox(account.user).folders.contains(name)) throw LineFailure("folder_missing");
  return std::make_unique<PostOfficeFolder>(*this, account.user, name);
}

std::vector<std::string> PostOffice::folders(const MailAccount& account) {
  std::lock_guard lock(mutex_);
  fail_if_told();
  std::vector<std::string> names;
  for (const auto& [name, messages] : mailbox(account.user).folders) names.push_back(name);
  return names;
}

Handed PostOffice::send(const MailAccount& account, const OutgoingMail& mail) {
  std::lock_guard lock(mutex_);
  Sent sent{account, mail.from, {}, std::string(mail.message)};
  Handed handed{Handed::Outcome::accepted, "", "250 2.0.0 Ok", {}};
  bool all_for_good = true;
  for (const auto& address : mail.to) {
    auto refused = refused_.find(address);
    if (refused == refused_.end()) {
      sent.to.push_back(address);
      continue;
    }
    all_for_good = all_for_good && refused->second;
    handed.refused.push_back({address, refused->second, "recipient_refused", "550 No such user"});
  }
  if (sending_failures_ > 0) {
    --sending_failures_;
    if (sending_took_ == Took::it) sent_.push_back(std::move(sent));
    return sending_answer_;
  }
  if (sent.to.empty()) {
    handed.outcome = all_for_good ? Handed::Outcome::refused_for_good
                                  : Handed::Outcome::refused_for_now;
    handed.reason = "all_recipients_refused";
    return handed;
  }
  sent_.push_back(std::move(sent));
  return handed;
}

std::vector<TrialStep> PostOffice::try_account(const MailAccount& account,
                                               std::string_view folder_or_sender) {
  std::lock_guard lock(mutex_);
  std::vector<TrialStep> steps;
  for (const char* step : {"name", "connect", "secure", "greeting", "log_in"}) {
    steps.push_back({step, true, "", ""});
  }
  if (reading_failures_ > 0) {
    --reading_failures_;
    steps.back() = {"log_in", false, reading_fails_, ""};
  } else if (account.protocol == MailAccount::Protocol::smtp) {
    if (!folder_or_sender.empty()) steps.push_back({"sender", true, "", ""});
  } else {
    std::string name(folder_or_sender.empty() ? "INBOX" : folder_or_sender);
    bool there = mailbox(account.user).folders.contains(name);
    steps.push_back({"folder", there, there ? "" : "folder_missing", ""});
  }
  return steps;
}

}  // namespace baijin::testing
