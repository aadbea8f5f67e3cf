// Mail in, from a real Dovecot over real TLS.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "net/test_lines.h"
#include "peers/dovecot.h"

namespace baijin::net {
namespace {

using namespace testing;  // NOLINT: test words
using Protocol = MailAccount::Protocol;
using Security = MailAccount::Security;
using std::chrono::milliseconds;

const std::string small = "From: wang@kunde.test\r\nSubject: =?gbk?B?xOO6ww==?=\r\n\r\nhello\r\n";
const std::string dotted = "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n\r\n.\r\nend\r\n";
const std::string raw_gbk = "Subject: \xc4\xe3\xba\xc3\r\n\r\n\xc4\xe3\xba\xc3 \xff\xfe\r\n";

std::string big() {
  std::string text = "Subject: big\r\n\r\n";
  while (text.size() < 300'000) text += "line " + std::to_string(text.size()) + " of many\r\n";
  return text + std::string(20'000, 'x') + "\r\n";  // longer than any line may be
}

class MailInTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!peers::no_dovecot().empty()) return;
    authority_ = new peers::Authority;
    dovecot_ = new peers::Dovecot(authority_->issue());
    lines_ = Lines::open(test_options(authority_->file())).release();
  }
  static void TearDownTestSuite() {
    delete lines_;
    delete dovecot_;
    delete authority_;
    lines_ = nullptr;
    dovecot_ = nullptr;
    authority_ = nullptr;
  }
  void SetUp() override {
    if (dovecot_ == nullptr) GTEST_SKIP() << peers::no_dovecot();
    auto folder = in().open(imaps(), "");
    folder->remove(ids_of(folder->list("", 1'000)));
  }

  static MailIn& in() { return lines_->mail_in(); }
  static peers::Dovecot& dovecot() { return *dovecot_; }
  static MailAccount imaps() {
    return account_at(Protocol::imap, dovecot_->imaps_port(), Security::tls);
  }
  static MailAccount pop3s() {
    return account_at(Protocol::pop3, dovecot_->pop3s_port(), Security::tls);
  }

  static inline peers::Authority* authority_ = nullptr;
  static inline peers::Dovecot* dovecot_ = nullptr;
  static inline Lines* lines_ = nullptr;
};

TEST_F(MailInTest, ArrivesByteForByteOnEveryWay) {  // M8
  const std::vector<std::string> sent{small, dotted, raw_gbk, big()};
  for (const auto& raw : sent) dovecot().deliver(raw);
  auto here = account_at(Protocol::imap, dovecot().imap_port(), Security::none);
  here.host = "127.0.0.1";
  for (const auto& account :
       {imaps(), account_at(Protocol::imap, dovecot().imap_port(), Security::starttls), here,
        pop3s(), account_at(Protocol::pop3, dovecot().pop3_port(), Security::starttls)}) {
    SCOPED_TRACE(account.port);
    auto folder = in().open(account, "");
    const auto list = folder->list("", 100);
    ASSERT_EQ(list.size(), sent.size());
    Collected collected;
    folder->fetch(ids_of(list), 10'000'000, collected);
    ASSERT_EQ(collected.mails.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      EXPECT_EQ(collected.raw(list[i].id), sent[i]);
      EXPECT_EQ(list[i].bytes, static_cast<std::int64_t>(sent[i].size()));
      EXPECT_TRUE(collected.mails[i].whole);
    }
  }
}

TEST_F(MailInTest, FetchesNoMoreThanItIsAskedFor) {
  const auto raw = big();
  dovecot().deliver(raw);
  dovecot().deliver(small);
  for (const auto& account : {imaps(), pop3s()}) {
    auto folder = in().open(account, "");
    const auto ids = ids_of(folder->list("", 100));
    for (std::int64_t most : {100, 65'536, static_cast<int>(raw.size())}) {
      Collected collected;
      folder->fetch(ids, most, collected);
      ASSERT_EQ(collected.mails.size(), 2U);
      EXPECT_EQ(collected.raw(ids[0]), raw.substr(0, static_cast<std::size_t>(most)));
      EXPECT_EQ(collected.mails[0].whole, most == static_cast<std::int64_t>(raw.size()));
      EXPECT_EQ(collected.raw(ids[1]), small.substr(0, static_cast<std::size_t>(most)));
    }
  }
}

TEST_F(MailInTest, ListsWhatIsNewSinceTheLast) {
  for (int i = 0; i < 5; ++i) dovecot().deliver(small);
  for (const auto& account : {imaps(), pop3s()}) {
    auto folder = in().open(account, "");
    const auto all = ids_of(folder->list("", 100));
    ASSERT_EQ(all.size(), 5U);
    EXPECT_EQ(ids_of(folder->list("", 2)), (std::vector{all[0], all[1]}));
    EXPECT_EQ(ids_of(folder->list(all[1], 2)), (std::vector{all[2], all[3]}));
    EXPECT_TRUE(folder->list(all[4], 100).empty());
  }
}

TEST_F(MailInTest, MarksMovesAndRemoves) {
  for (int i = 0; i < 4; ++i) dovecot().deliver(small);
  dovecot().make_folder("&XfJZBHQG-");
  auto folder = in().open(imaps(), "INBOX");
  const auto ids = ids_of(folder->list("", 100));
  folder->mark_seen({ids[0]});
  folder->move({ids[1], ids[2]}, "已处理");
  folder->remove({ids[3]});
  EXPECT_EQ(ids_of(folder->list("", 100)), std::vector{ids[0]});
  // A second time hurts nobody.
  folder->mark_seen(ids);
  folder->move({ids[1], ids[2]}, "已处理");
  folder->remove({ids[3]});
  EXPECT_EQ(dovecot().messages().size(), 1U);
  EXPECT_EQ(dovecot().messages("&XfJZBHQG-"), (std::vector{small, small}));
  auto there = in().open(imaps(), "已处理");
  EXPECT_EQ(there->list("", 100).size(), 2U);
  const auto names = in().folders(imaps());
  EXPECT_NE(std::find(names.begin(), names.end(), "已处理"), names.end());
  EXPECT_EQ(reason_of([&] { folder->move({ids[0]}, "没有"); }), "folder_missing");
  EXPECT_EQ(ids_of(folder->list("", 100)), std::vector{ids[0]});  // still open
  Collected gone;
  folder->fetch({ids[3]}, 1'000, gone);
  EXPECT_TRUE(gone.mails.empty());
}

TEST_F(MailInTest, RemovesFromPop3AndKeepsTheRest) {
  for (int i = 0; i < 3; ++i) dovecot().deliver(small + std::to_string(i) + "\r\n");
  auto folder = in().open(pop3s(), "");
  EXPECT_EQ(folder->generation(), "pop3");
  const auto ids = ids_of(folder->list("", 100));
  EXPECT_EQ(reason_of([&] { folder->move({ids[0]}, "x"); }), "not_supported");
  folder->remove({ids[0], ids[2], "gone"});
  EXPECT_EQ(dovecot().messages(), std::vector{small + "1\r\n"});
  EXPECT_EQ(reason_of([&] { folder->list("", 1); }), "peer_closed");
  EXPECT_EQ(ids_of(in().open(pop3s(), "")->list("", 100)), std::vector{ids[1]});
  EXPECT_EQ(in().folders(pop3s()), std::vector<std::string>{"INBOX"});
}

TEST_F(MailInTest, HearsOfNewMailAtOnce) {
  auto folder = in().open(imaps(), "");
  EXPECT_TRUE(folder->list("", 10).empty());
  EXPECT_EQ(folder->wait(baijin::milliseconds(50), {}), MailFolder::Woken::quiet);
  std::thread later([&] {
    std::this_thread::sleep_for(milliseconds(100));
    dovecot().deliver(small);
  });
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(folder->wait(seconds(20), {}), MailFolder::Woken::news);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(5'000));
  later.join();
  EXPECT_EQ(folder->list("", 10).size(), 1U);
  std::stop_source source;
  std::thread stopper([&] {
    std::this_thread::sleep_for(milliseconds(100));
    source.request_stop();
  });
  EXPECT_EQ(folder->wait(seconds(20), source.get_token()), MailFolder::Woken::stopped);
  stopper.join();
  EXPECT_EQ(folder->list("", 10).size(), 1U);  // the folder is still good
}

TEST_F(MailInTest, TellsWhenTheNumbersOfMessagesAreNew) {  // R17
  dovecot().deliver(small);
  auto folder = in().open(imaps(), "");
  const auto before = folder->generation();
  folder.reset();
  EXPECT_EQ(in().open(imaps(), "")->generation(), before);
  dovecot().forget_uids();
  folder = in().open(imaps(), "");
  EXPECT_NE(folder->generation(), before);
  EXPECT_EQ(folder->list("", 10).size(), 1U);
}

TEST_F(MailInTest, OutlivesAServerThatGoesAndComesBack) {  // R15
  dovecot().deliver(small);
  auto folder = in().open(imaps(), "");
  dovecot().stop();
  EXPECT_EQ(reason_of([&] { folder->list("", 10); }), "peer_closed");
  EXPECT_EQ(reason_of([&] { folder->list("", 10); }), "peer_closed");
  EXPECT_EQ(reason_of([&] { in().open(imaps(), ""); }), "connection_refused");
  dovecot().start();
  EXPECT_EQ(in().open(imaps(), "")->list("", 10).size(), 1U);
}

TEST_F(MailInTest, TriesAnAccountStepByStep) {
  const auto tried = [&](const MailAccount& account, std::string_view folder = "") {
    return story_of(in().try_account(account, folder));
  };
  const std::string in_by_tls = "name connect secure greeting log_in";
  EXPECT_EQ(tried(imaps()), in_by_tls + " folder");
  EXPECT_EQ(tried(pop3s()), in_by_tls + " folder");
  EXPECT_EQ(tried(account_at(Protocol::imap, dovecot().imap_port(), Security::starttls)),
            "name connect greeting secure log_in folder");
  EXPECT_EQ(tried(account_at(Protocol::pop3, dovecot().pop3_port(), Security::starttls)),
            "name connect greeting secure log_in folder");
  EXPECT_EQ(tried(imaps(), "没有"), in_by_tls + " folder!folder_missing");
  for (auto account : {imaps(), pop3s()}) {
    account.secret = "falsch";
    EXPECT_EQ(tried(account), "name connect secure greeting log_in!login_refused");
    account.log_in = MailAccount::LogIn::token;
    EXPECT_EQ(tried(account), "name connect secure greeting log_in!login_refused");
    account.host = "other.test";
    EXPECT_EQ(tried(account), "name connect secure!certificate_wrong_host");
    account.host = "nowhere.test";
    EXPECT_EQ(tried(account), "name!name_not_found");
    account.host = "10.0.0.1";
    EXPECT_EQ(tried(account), "name!address_not_allowed");
    account.host = "mail.test";
    account.port = peers::free_port();
    EXPECT_EQ(tried(account), "name connect!connection_refused");
  }
  auto account = imaps();
  account.port = dovecot().imap_port();
  EXPECT_EQ(tried(account), "name connect secure!tls_failed");  // no TLS there
}

TEST_F(MailInTest, LogsInWithSignsOfEveryKind) {
  auto account = imaps();
  account.secret = "a\"b\\c 密码";
  EXPECT_EQ(story_of(in().try_account(account, "")),
            "name connect secure greeting log_in!login_refused");
  account.secret = "x\r\nb9 LOGOUT";
  EXPECT_EQ(story_of(in().try_account(account, "")),
            "name connect secure greeting log_in!login_refused");
}

}  // namespace
}  // namespace baijin::net
