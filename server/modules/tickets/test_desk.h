#pragma once
// A desk with customers, people and the preset catalogue: what the tests of tickets stand on.
#include <string>

#include "modules/accounts/accounts.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/files/files.h"
#include "modules/products/products.h"
#include "modules/search/search.h"
#include "modules/tickets/tickets.h"
#include "testing/desk.h"

namespace baijin::tickets {

// Customer "county" with the contacts lead (sees all of it) and clerk; customer "harbour" with
// mate. Staff: agent (all rights, sees all), north and south (each sees a region), nothing_much
// (sees what is his own).
class TicketDesk : public testing::DeskTest {
 protected:
  void SetUp() override;

  // POST /tickets by this token; 201 or the test fails.
  std::int64_t opened(const std::string& token, const std::string& fields = {});
  testing::Answer moved(std::int64_t ticket, const std::string& to, const std::string& token,
                        const std::string& more = {});
  testing::Answer said(std::int64_t ticket, const std::string& token, const std::string& kind,
                       const std::string& body, const std::string& more = {});
  std::string state_of(std::int64_t ticket);
  // Takes a fault from "received" to "resolving", recording what that demands.
  void bring_to_resolving(std::int64_t ticket);
  void bring_to_awaiting(std::int64_t ticket);
  void bring_to_closed(std::int64_t ticket);
  static std::string path(std::int64_t ticket, const std::string& below = {});

  testing::Desk* desk = nullptr;
  std::int64_t county = 0, harbour = 0, fault = 0, consultation = 0;
  std::int64_t lead_contact = 0, clerk_contact = 0, mate_contact = 0;
  std::int64_t agent_user = 0, north_user = 0, south_user = 0, nothing_user = 0;
  std::string agent, north, south, nothing_much, lead, clerk, mate;
};

}  // namespace baijin::tickets
