#include "peers/dovecot.h"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace peers {
namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/usr/sbin/dovecot";

// Everything as one user who is nobody special, nothing outside the directory.
constexpr const char* settings = R"(
base_dir = %D/run
state_dir = %D/run
log_path = %D/log
listen = 127.0.0.1
protocols = imap pop3
default_internal_user = %U
default_internal_group = %G
default_login_user = %U
mail_location = maildir:%D/mail
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
disable_plaintext_auth = yes
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <%C
ssl_key = <%K
passdb {
  driver = passwd-file
  args = %D/users
}
userdb {
  driver = static
  args = uid=%U gid=%G home=%D/mail
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %1
  }
  inet_listener imaps {
    port = %2
    ssl = yes
  }
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = %3
  }
  inet_listener pop3s {
    port = %4
    ssl = yes
  }
}
)";

}  // namespace

Dovecot::Dovecot(const Certificate& certificate)
    : account_(account_of({"nobody"})),
      imap_(free_port()),
      imaps_(free_port()),
      pop3_(free_port()),
      pop3s_(free_port()) {
  directory_.write("users", std::string(user) + ":{PLAIN}" + password + "\n");
  directory_.write(
      "dovecot.conf",
      filled(settings, {{"%D", directory_.path()},
                        {"%U", user_name(account_)},
                        {"%G", group_name(account_)},
                        {"%C", directory_.write("certificate.pem", content_of(certificate.file))},
                        {"%K", directory_.write("key.pem", content_of(certificate.key_file))},
                        {"%1", std::to_string(imap_)},
                        {"%2", std::to_string(imaps_)},
                        {"%3", std::to_string(pop3_)},
                        {"%4", std::to_string(pop3s_)}}));
  fs::create_directories(directory_.path() + "/run");
  make_folder("");
  directory_.give_to(account_);
  start();
}

Dovecot::~Dovecot() { stop(); }

void Dovecot::start() {
  const auto log = directory_.path() + "/said";
  server_ = std::make_unique<Process>(
      std::vector<std::string>{program, "-F", "-c", directory_.path() + "/dovecot.conf"}, log,
      account_);
  for (int tries = 0; !listens_on(pop3s_) || !listens_on(imaps_); ++tries) {
    if (tries > 400 || !server_->is_running()) {
      throw std::runtime_error("Dovecot did not start: " + content_of(log) +
                               content_of(directory_.path() + "/log"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
}

void Dovecot::stop() {
  if (!server_) return;
  server_->end_with_children();
  server_.reset();
}

std::string Dovecot::maildir(const std::string& folder) const {
  return directory_.path() + "/mail" + (folder.empty() ? "" : "/." + folder);
}

void Dovecot::make_folder(const std::string& folder) {
  for (const char* part : {"cur", "new", "tmp"}) {
    fs::create_directories(maildir(folder) + "/" + part);
  }
  if (server_) directory_.give_to(account_);
}

// As Maildir wants it: complete under another name, then moved.
void Dovecot::deliver(const std::string& raw, const std::string& folder) {
  const auto name = std::to_string(1'000'000 + ++delivered_) + ".M0P1.desk";
  const auto half = maildir(folder) + "/tmp/" + name;
  std::ofstream(half) << raw;
  if (account_.user != static_cast<uid_t>(-1) &&
      ::chown(half.c_str(), account_.user, account_.group) != 0) {
    throw std::runtime_error("chown: " + half);
  }
  fs::rename(half, maildir(folder) + "/new/" + name);
}

std::vector<std::string> Dovecot::messages(const std::string& folder) const {
  std::vector<std::string> found;
  for (const char* part : {"/cur", "/new"}) {
    for (const auto& entry : fs::directory_iterator(maildir(folder) + part)) {
      found.push_back(content_of(entry.path()));
    }
  }
  return found;
}

void Dovecot::forget_uids(const std::string& folder) {
  stop();
  for (const char* file :
       {"dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"}) {
    fs::remove(maildir(folder) + "/" + file);
  }
  for (const auto& entry : fs::directory_iterator(directory_.path() + "/mail")) {
    if (entry.path().filename().string().starts_with("dovecot-uidvalidity")) {
      fs::remove(entry.path());
    }
  }
  // It takes the time of day for the new number, in seconds.
  std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
  start();
}

std::string no_dovecot() {
  for (const char* needed : {program, "/usr/lib/dovecot/imap", "/usr/lib/dovecot/pop3"}) {
    if (!fs::exists(needed)) {
      return std::string("Dovecot with IMAP and POP3 is not installed (no ") + needed + ")";
    }
  }
  return {};
}

}  // namespace peers
