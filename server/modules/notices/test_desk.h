#pragma once
// A desk with people who hold real roles, because who is told is judged by the accounts.
#include <string>

#include "modules/accounts/accounts.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/mail/mail.h"
#include "modules/notices/notices.h"
#include "modules/organisation/organisation.h"
#include "modules/portal/portal.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"
#include "testing/desk.h"

namespace baijin::notices {

// Staff: chief (sees and may everything), anna and ben (engineers of the team, ben leads it), carl
// (an engineer of no team). A customer with a contact who uses the portal.
class NoticeDesk : public testing::DeskTest {
 protected:
  void SetUp() override;

  std::int64_t add_staff(const char* login, const char* role);
  std::string sign_in(std::int64_t user);
  testing::Answer done(testing::Answer answer);  // below 300, or the test fails
  std::int64_t opened(const std::string& token, const std::string& fields = {});
  void assign(std::int64_t ticket, std::int64_t member, const std::string& token,
              const std::string& more = {});
  void say(std::int64_t ticket, const std::string& token, const char* kind,
           const std::string& more = {});
  // A consultation from where it is to where the customer is asked whether it is solved.
  void offer(std::int64_t ticket);
  void want(const std::string& token, const std::string& settings);
  // "assigned_to_me by chief ×1" of what is unread, newest first.
  std::vector<std::string> unread(const std::string& token);
  std::int64_t count(const std::string& token);
  void read_all(const std::string& token);
  // From now on the desk has a mailbox that sends.
  void open_mailbox();
  // "anna@desk.test: subject" of what was sent to members of staff since the last call.
  std::vector<std::string> mailed();
  static std::string path(std::int64_t ticket, const std::string& below = {});

  testing::Desk* desk = nullptr;
  std::int64_t customer = 0, contact = 0, team = 0, question = 0;
  std::int64_t chief_user = 0, anna_user = 0, ben_user = 0, carl_user = 0, clerk_user = 0;
  std::string chief, anna, ben, carl, clerk;
};

using Lines = std::vector<std::string>;

}  // namespace baijin::notices
