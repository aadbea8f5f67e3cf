#include "modules/tickets/test_desk.h"

namespace baijin::tickets {
namespace {

const std::vector<std::string> contact_rights = {"tickets.read", "tickets.create", "tickets.work",
                                                 "files.upload", "search.use"};

Id<customers::Customer> add_customer(Change& change, const char* name,
                                     Id<accounts::Region> region) {
  customers::Customer customer;
  customer.name = {name};
  customer.folded_name = folded(name);
  customer.region = region;
  customer.created_at = change.now();
  change.add(customer);
  change.tell("customers.added", customer);
  return customer.id;
}

Id<customers::Contact> add_contact(Change& change, const char* name, Id<customers::Customer> of,
                                   bool leads) {
  customers::Contact contact;
  contact.name = {name};
  contact.folded_name = folded(name);
  contact.created_at = change.now();
  change.add(contact);
  change.execute(R"(INSERT INTO contact_customers (contact, customer, lead, main)
      VALUES ($1, $2, $3, TRUE))",
                 contact.id, of, leads);
  return contact.id;
}

std::int64_t add_person(Change& change, const char* login,
                        std::optional<Id<customers::Contact>> contact = {}) {
  accounts::NewUser user;
  user.kind = contact ? accounts::UserKind::contact : accounts::UserKind::staff;
  user.login = {login};
  user.name = {login};
  user.contact = contact;
  return accounts::add_user(change, user, "").value;
}

}  // namespace

void TicketDesk::SetUp() {
  desk = &open({{"search", search::install},
                {"accounts", accounts::install},
                {"customers", customers::install},
                {"products", products::install},
                {"catalogue", catalogue::install},
                {"files", files::install},
                {"tickets", tickets::install}});
  std::int64_t lead_user = 0, clerk_user = 0, mate_user = 0;
  desk->change([&](Change& change) {
    auto in_north = accounts::make_region(change, {"North"});
    auto in_south = accounts::make_region(change, {"South"});
    auto county_id = add_customer(change, "永安县医院", in_north);
    auto harbour_id = add_customer(change, "Harbour Office", in_south);
    auto lead_id = add_contact(change, "Lead Lin", county_id, true);
    auto clerk_id = add_contact(change, "Clerk Chen", county_id, false);
    auto mate_id = add_contact(change, "Mate Ma", harbour_id, false);
    county = county_id.value, harbour = harbour_id.value;
    lead_contact = lead_id.value, clerk_contact = clerk_id.value, mate_contact = mate_id.value;
    agent_user = add_person(change, "agent");
    north_user = add_person(change, "north");
    south_user = add_person(change, "south");
    nothing_user = add_person(change, "nothing_much");
    lead_user = add_person(change, "lead", lead_id);
    clerk_user = add_person(change, "clerk", clerk_id);
    mate_user = add_person(change, "mate", mate_id);
    for (auto [member, region] : {std::pair{north_user, in_north}, {south_user, in_south}}) {
      change.execute("INSERT INTO user_regions (member, region) VALUES ($1, $2)", member, region);
    }
    fault = catalogue::service_type_by_key(change, "fault")->value;
    consultation = catalogue::service_type_by_key(change, "consultation")->value;
  });
  agent = desk->sign_in(desk->staff_with_all_rights(Scope::all, agent_user));
  north = desk->sign_in(desk->staff_with_all_rights(Scope::region, north_user));
  south = desk->sign_in(desk->staff_with_all_rights(Scope::region, south_user));
  nothing_much = desk->sign_in(
      desk->staff(Scope::own, {"tickets.read", "tickets.work", "search.use"}, nothing_user));
  lead = desk->sign_in(desk->contact(lead_contact, contact_rights, lead_user));
  clerk = desk->sign_in(desk->contact(clerk_contact, contact_rights, clerk_user));
  mate = desk->sign_in(desk->contact(mate_contact, contact_rights, mate_user));
}

std::string TicketDesk::path(std::int64_t ticket, const std::string& below) {
  return "/tickets/" + std::to_string(ticket) + below;
}

std::int64_t TicketDesk::opened(const std::string& token, const std::string& fields) {
  auto answer = desk->post("/tickets",
                           R"({"service_type":)" + std::to_string(fault) +
                               R"(,"subject":"报表打印时软件崩溃","body":"<p>it crashed</p>")" +
                               (fields.empty() ? "" : "," + fields) + "}",
                           token);
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer.status == 201 ? answer.id() : 0;
}

testing::Answer TicketDesk::moved(std::int64_t ticket, const std::string& to,
                                  const std::string& token, const std::string& more) {
  return desk->post(path(ticket, "/transitions"),
                    R"({"to":")" + to + "\"" + (more.empty() ? "" : "," + more) + "}", token);
}

testing::Answer TicketDesk::said(std::int64_t ticket, const std::string& token,
                                 const std::string& kind, const std::string& body,
                                 const std::string& more) {
  return desk->post(path(ticket, "/messages"),
                    R"({"kind":")" + kind + R"(","body":"<p>)" + body + "</p>\"" +
                        (more.empty() ? "" : "," + more) + "}",
                    token);
}

std::string TicketDesk::state_of(std::int64_t ticket) {
  return desk->get(path(ticket), agent).text("state");
}

void TicketDesk::bring_to_resolving(std::int64_t ticket) {
  auto step = [&](const std::string& to, const std::string& more = {}) {
    auto answer = moved(ticket, to, agent, more);
    ASSERT_EQ(answer.status, 200) << to << " " << answer.body;
  };
  said(ticket, agent, "reply", "we come tomorrow", R"("undo_seconds":0)");
  step("confirmed");
  step("assigned", R"("fields":{"assignee":)" + std::to_string(agent_user) + "}");
  step("responded");
  step("diagnosing");
  step("resolving", R"("fields":{"diagnosis":"driver","original_configuration":"v1",)"
                    R"("backup":"saved to disk"})");
}

void TicketDesk::bring_to_awaiting(std::int64_t ticket) {
  bring_to_resolving(ticket);
  auto answer = moved(ticket, "awaiting_customer", agent,
                      R"("fields":{"solution":"new driver","test_result":"printed 10 pages"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
}

void TicketDesk::bring_to_closed(std::int64_t ticket) {
  bring_to_awaiting(ticket);
  auto answer = desk->post(path(ticket, "/confirmations"), R"({"solved":true})", lead);
  ASSERT_EQ(answer.status, 200) << answer.body;
}

}  // namespace baijin::tickets
