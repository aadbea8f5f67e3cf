#include "peers/smtp_server.h"

#include <chrono>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace peers {
namespace {

namespace fs = std::filesystem;

constexpr const char* program = "/usr/sbin/exim4";

// Everything as one user who is nobody special, nothing outside the directory, nothing passed on.
constexpr const char* settings = R"(
admin_groups = %G
exim_user = %U
exim_group = %G
never_users =
deliver_drop_privilege = true
spool_directory = %D/spool
log_file_path = %D/%slog
log_selector = +smtp_connection
pid_file_path = %D/pid
primary_hostname = mail.test
domainlist local_domains = *
local_interfaces = 127.0.0.1
daemon_smtp_ports = %1 : %2
tls_on_connect_ports = %2
tls_advertise_hosts = *
tls_certificate = %C
tls_privatekey = %K
auth_advertise_hosts = *
smtputf8_advertise_hosts = *
chunking_advertise_hosts =
message_size_limit = %S
smtp_accept_max = 100
smtp_accept_max_per_connection = 1000000
smtp_accept_queue_per_connection = 1000000
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
acl_smtp_mail = check_sender
acl_smtp_rcpt = check_recipient

begin acl
check_sender:
  deny message = that is not you
       senders = refused@desk.test
  accept
check_recipient:
  deny message = no such user
       local_parts = unknown
  defer message = come back later
        local_parts = later
  accept

begin routers
all:
  driver = accept
  transport = store

begin transports
store:
  driver = appendfile
  directory = %D/mail
  maildir_format
  delivery_date_add = false
  envelope_to_add = false
  return_path_add = false

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if and{{eq{$auth2}{%N}}{eq{$auth3}{%P}}}}
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if and{{eq{$auth1}{%N}}{eq{$auth2}{%P}}}}
)";

}  // namespace

// Exim trusts its own user; other users run it as themselves.
SmtpServer::SmtpServer(const Certificate& certificate)
    : account_(account_of({"Debian-exim"})), port_(free_port()), tls_(free_port()) {
  const auto pem = directory_.write("certificate.pem", content_of(certificate.file));
  const auto key = directory_.write("key.pem", content_of(certificate.key_file));
  directory_.write("exim.conf", filled(settings, {{"%D", directory_.path()},
                                                  {"%U", user_name(account_)},
                                                  {"%G", group_name(account_)},
                                                  {"%C", pem},
                                                  {"%K", key},
                                                  {"%S", std::to_string(most_bytes)},
                                                  {"%N", user},
                                                  {"%P", password},
                                                  {"%1", std::to_string(port_)},
                                                  {"%2", std::to_string(tls_)}}));
  for (const char* part : {"/spool", "/mail/new", "/mail/cur", "/mail/tmp"})
    fs::create_directories(directory_.path() + part);
  directory_.give_to(account_);
  start();
}

SmtpServer::~SmtpServer() { stop(); }

void SmtpServer::start() {
  const auto log = directory_.path() + "/said";
  server_ = std::make_unique<Process>(
      std::vector<std::string>{program, "-C", directory_.path() + "/exim.conf", "-bdf"}, log,
      account_);
  for (int tries = 0; !listens_on(port_) || !listens_on(tls_); ++tries) {
    if (tries > 400 || !server_->is_running()) {
      throw std::runtime_error("Exim did not start: " + content_of(log) +
                               content_of(directory_.path() + "/paniclog"));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
}

void SmtpServer::stop() {
  if (!server_) return;
  server_->end_with_children();
  server_.reset();
}

std::vector<std::string> SmtpServer::messages(std::size_t count) const {
  std::vector<std::string> found;
  for (int tries = 0; tries < 400; ++tries) {
    found.clear();
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(directory_.path() + "/mail/new", none)) {
      found.push_back(content_of(entry.path()));
    }
    if (found.size() >= count) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return found;
}

int SmtpServer::connections() const {
  int count = -connections_before_;
  std::istringstream log(content_of(directory_.path() + "/mainlog"));
  for (std::string line; std::getline(log, line);) {
    if (line.find("SMTP connection from") != std::string::npos &&
        line.find("TCP/IP connection count") != std::string::npos) {
      ++count;
    }
  }
  return count;
}

void SmtpServer::forget() {
  connections_before_ += connections();
  for (const auto& entry : fs::directory_iterator(directory_.path() + "/mail/new")) {
    fs::remove(entry.path());
  }
}

std::string no_smtp_server() {
  return fs::exists(program) ? "" : "Exim is not installed (no /usr/sbin/exim4)";
}

}  // namespace peers
