#pragma once
// What a customer's person sees first, in one answer.
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "modules/customers/customers.h"
#include "modules/products/products.h"
#include "modules/tickets/tickets.h"

namespace baijin::portal {

enum class WaitsFor { confirmation, answer, rating };
BOOST_DESCRIBE_ENUM(WaitsFor, confirmation, answer, rating)

// A request whose next step is this person's.
struct WaitingRequest {
  WaitsFor waits_for = WaitsFor::confirmation;
  tickets::TicketRow ticket;
};
FIELDS(WaitingRequest, waits_for, ticket)

struct OpenRequest {
  tickets::TicketRow ticket;
  tickets::Progress progress;
};
FIELDS(OpenRequest, ticket, progress)

struct PortalAsset {
  Id<products::Asset> id;
  Name name;
  std::optional<Text<1, 80>> serial;
  Id<products::Product> product;
  Name product_name;
  std::optional<std::string> version_name;
  products::AssetState state = products::AssetState::installed;
};
FIELDS(PortalAsset, id, name, serial, product, product_name, version_name, state)

struct PortalHome {
  std::vector<WaitingRequest> waiting;  // one's own, the oldest first; at most 20
  std::vector<OpenRequest> open;        // one's own, the newest first; at most 10
  std::int64_t open_total = 0;
  std::optional<std::int64_t> open_of_organisations;  // for leads: of all whom they see
  std::vector<PortalAsset> assets;                    // at most 10
  std::vector<customers::Membership> customers;       // the main one first
  customers::Preferences preferences;                 // as they count for this person
};
FIELDS(PortalHome, waiting, open, open_total, open_of_organisations, assets, customers, preferences)

// forbidden("not_a_contact") for staff.
PortalHome get_home(Reader& reader);

}  // namespace baijin::portal
