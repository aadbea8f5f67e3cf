#pragma once
// A desk with an organisation that lets strangers ask, a customer with people, and staff.
#include "modules/accounts/accounts.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/organisation/organisation.h"
#include "modules/portal/portal.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"
#include "testing/desk.h"

namespace baijin::portal {

class PortalDesk : public testing::DeskTest {
 protected:
  virtual std::vector<ModuleEntry> modules() const {
    return {{"search", search::install},
            {"accounts", accounts::install},
            {"customers", customers::install},
            {"products", products::install},
            {"catalogue", catalogue::install},
            {"files", files::install},
            {"organisation", organisation::install},
            {"tickets", tickets::install},
            {"portal", portal::install}};
  }
  void SetUp() override {
    desk = &open(modules());
    agent_user = add_user("agent", {});
    agent = desk->sign_in(desk->staff_with_all_rights(Scope::all, agent_user));
    changed("/organisation", R"({"guest_requests":true})");
    desk->read([&](Reader& reader) {
      fault = std::to_string(catalogue::service_type_by_key(reader, "fault")->value);
      question = std::to_string(catalogue::service_type_by_key(reader, "consultation")->value);
    });
  }
  std::int64_t add_user(const char* login, std::optional<std::int64_t> contact) {
    accounts::NewUser user;
    user.login = {login};
    user.name = {login};
    if (contact) {
      user.kind = accounts::UserKind::contact;
      user.contact = Id<customers::Contact>{*contact};
    }
    std::int64_t made = 0;
    desk->change([&](Change& change) { made = accounts::add_user(change, user, "").value; });
    return made;
  }
  std::int64_t made(const std::string& target, const std::string& body, const std::string& token) {
    auto answer = desk->post(target, body, token);
    EXPECT_EQ(answer.status, 201) << target << " " << answer.body;
    return answer.status == 201 ? answer.id() : 0;
  }
  void changed(const std::string& target, const std::string& body) {
    auto answer = desk->patch(target, body, agent);
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  void done(const std::string& target, const std::string& body, const std::string& token) {
    auto answer = desk->post(target, body, token);
    EXPECT_LT(answer.status, 300) << target << " " << answer.body;
  }
  static std::string path(std::int64_t ticket, const std::string& below = {}) {
    return "/tickets/" + std::to_string(ticket) + below;
  }
  // A consultation from where it is to where the customer is asked whether it is solved.
  void offer(std::int64_t ticket) {
    done(path(ticket, "/assignments"), R"({"assignee":)" + std::to_string(agent_user) + "}", agent);
    done(path(ticket, "/transitions"), R"({"to":"answering"})", agent);
    done(path(ticket, "/transitions"),
         R"({"to":"awaiting_customer","fields":{"solution":"Press F5."}})", agent);
  }

  testing::Desk* desk = nullptr;
  std::int64_t agent_user = 0;
  std::string agent, fault, question;
};

}  // namespace baijin::portal
