// Mail through a whole desk: messages of 3 kB in Chinese and English that lie in a mailbox become
// tickets (read in guarded processes, durable), and answers are written and handed to a sink that
// takes everything. Issue 4 §5: at least 1,000 a second in, 500 out, memory flat. The lines are the
// test's post office, so that no mail server is measured.
//   mail_bench DIRECTORY PROGRAM [messages]     PROGRAM is baijin, whose read-mail reads
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "base/log.h"
#include "hub/blobs.h"
#include "hub/change.h"
#include "hub/hub.h"
#include "main/modules.h"
#include "modules/mail/mail.h"
#include "modules/mail/mailboxes.h"
#include "net/guarded_reader.h"
#include "testing/post_office.h"

namespace {

using namespace baijin;
using Wall = std::chrono::steady_clock;

constexpr std::size_t body_bytes = 3'000;

double since(Wall::time_point start) {
  return std::chrono::duration<double>(Wall::now() - start).count();
}

long resident_kib() {
  std::ifstream file("/proc/self/statm");
  long pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

std::string letter(int number) {
  auto n = std::to_string(number);
  std::string_view sentence = number % 2 == 0 ? "系统登录后页面一直空白，请尽快处理，谢谢。\r\n"
                                              : "After the update the page stays empty.\r\n";
  std::string body;
  while (body.size() < body_bytes) body += sentence;
  return "From: Person " + n + " <p" + n +
         "@kunde.test>\r\nTo: service@desk.test\r\nSubject: " + "request " + n +
         "\r\nMessage-ID: <b" + n +
         "@kunde.test>\r\nDate: Mon, 23 Nov 2026 14:00:00 +0800\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
         body;
}

std::int64_t counted(Hub& hub, db::Sql sql) {
  std::int64_t count = 0;
  hub.read(program_actor(),
           [&](Reader& reader) { count = reader.value<std::int64_t>(sql).value_or(0); });
  return count;
}

template <class Done>
double wait_for(Done done) {
  auto start = Wall::now();
  while (!done()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return since(start);
}

Id<mail::Mailbox> add_mailbox(Hub& hub) {
  mail::NewMailbox box;
  box.address = {"service@desk.test"};
  box.sender_name = {"Desk"};
  box.incoming.protocol = mail::Protocol::imap;
  box.incoming.host = {"mail.desk.test"};
  box.incoming.user = {"service@desk.test"};
  box.incoming.every_seconds = 10;
  box.outgoing.host = {"smtp.desk.test"};
  box.answers = false;
  Id<mail::Mailbox> id;
  hub.change(program_actor(), [&](Change& change) { id = mail::add_mailbox(change, box).id; });
  return id;
}

void post_answers(Hub& hub, Id<mail::Mailbox> box, int messages) {
  constexpr int at_once = 200;
  for (int first = 1; first <= messages; first += at_once) {
    hub.change(program_actor(), [&](Change& change) {
      for (int id = first; id < first + at_once && id <= messages; ++id) {
        auto ticket = change.find_unseen(Id<tickets::Ticket>{id});
        mail::NewOutgoing outgoing;
        outgoing.kind = "received";
        outgoing.mailbox = box;
        outgoing.ticket = ticket->id;
        outgoing.contact = ticket->contact;
        mail::post(change, outgoing);
      }
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::puts("mail_bench DIRECTORY PROGRAM [messages]"), 2;
  int messages = argc > 3 ? std::atoi(argv[3]) : 5'000;
  std::string directory = argv[1];
  std::filesystem::create_directories(directory);
  log::set_level(log::Level::error);
  auto blobs = blobs_in(directory + "/blobs");
  baijin::testing::PostOffice post_office;
  net::GuardedReader reader({}, {argv[2], {"baijin", "read-mail"}});
  HubOptions options;
  options.directory = directory;
  options.base_url = "http://desk.test";
  Hub hub(options, all_modules(),
          Outside{system_clock(), system_chance(), *blobs, post_office, post_office, no_http(),
                  &reader});
  hub.open();
  for (int i = 0; i < messages; ++i) post_office.put("service@desk.test", letter(i));
  auto box = add_mailbox(hub);
  auto before = resident_kib();
  hub.start();
  auto in_seconds = wait_for([&] {
    return counted(hub, "SELECT count(*) FROM incoming_mails i WHERE i.state = 'delivered'") >=
           messages;
  });
  auto between = resident_kib();
  std::printf("in:  %d messages, %.0f/s durably as tickets; memory %ld KiB → %ld KiB\n", messages,
              messages / in_seconds, before, between);
  auto posted = Wall::now();
  post_answers(hub, box, messages);
  wait_for([&] {
    return counted(hub, "SELECT count(*) FROM outgoing_mails o WHERE o.state = 'sent'") >= messages;
  });
  auto out_seconds = since(posted);
  std::printf("out: %zu messages, %.0f/s written and handed over; memory %ld KiB → %ld KiB\n",
              post_office.sent().size(), messages / out_seconds, between, resident_kib());
  hub.stop();
  return 0;
}
