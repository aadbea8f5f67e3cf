#pragma once
// The made-up vendor: 澄光软件, its staff, products and service desk.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "main/demo/demo.h"
#include "main/demo/past.h"
#include "modules/accounts/accounts.h"
#include "modules/catalogue/catalogue.h"
#include "modules/customers/customers.h"
#include "modules/products/products.h"

namespace baijin::demo {

inline constexpr std::string_view password = "baijin-demo";
inline constexpr std::size_t region_count = 3;  // 华东 华南 华北

// ── as written down ──────────────────────────────────────────────────────────────────────────

struct StaffLine {
  const char *login, *name, *role, *roles;  // roles: more than one with blanks between
  int region;                               // -1: all
  const char* team;                         // "" for none
  bool lead;
};
std::span<const StaffLine> staff_lines();

struct ProductLine {
  const char *code, *name, *name_en, *family, *about;
  const char* versions;  // "V7.5 V8.0": the newest last
};
std::span<const ProductLine> product_lines();

struct CustomerLine {
  const char *name, *short_name, *city;
  int region;
  const char *industry, *tier, *domain;
  bool english = false;
};
std::span<const CustomerLine> customer_lines();

// ── as it stands on the desk ─────────────────────────────────────────────────────────────────

struct Colleague {
  std::int64_t id = 0;
  std::string login, name, role;
  int region = -1;
  std::string team;
  std::string form_of_address() const;  // 周工
  Actor actor() const { return acting(id, name); }
};

struct ProductMade {
  std::int64_t id = 0;
  std::string name, family, code;
  std::vector<std::int64_t> versions;
  std::vector<std::string> version_names;
};

struct ContactMade {
  std::int64_t id = 0;
  std::string name, address, department;  // 李主任, 信息科
  bool english = false;
  bool lead = false;
  std::int64_t user = 0;  // who can sign in to the portal
  std::string login;
  Actor actor;  // as whom they act there
};

struct AssetMade {
  std::int64_t id = 0;
  std::size_t product = 0, version = 0;  // places in Vendor::products and its versions
  std::int64_t site = 0;
  std::string serial, licence;
};

struct CustomerMade {
  std::int64_t id = 0;
  std::string name, short_name;
  int region = 0;
  bool english = false;
  std::vector<std::int64_t> sites;
  std::vector<std::string> site_names;
  std::vector<ContactMade> contacts;
  std::vector<AssetMade> assets;
};

struct Vendor {
  std::vector<std::int64_t> regions;
  std::map<std::string, std::int64_t, std::less<>> teams, service_types, categories;
  std::vector<Colleague> staff;
  std::vector<ProductMade> products;
  std::vector<CustomerMade> customers;

  const Colleague& with_login(std::string_view login) const;
  // The colleagues with this role who look after the region; never empty for roles of the vendor.
  std::vector<const Colleague*> of_role(std::string_view role, int region = -1) const;
};

// Sets the desk up: regions, teams, staff, products, then customers with all that is theirs, before
// `opening`. Passwords are hashed once.
Vendor make_vendor(Hub& hub, std::uint64_t seed, Time opening);
void make_customers(Past& past, Vendor& vendor, std::uint64_t seed, Time opening,
                    const std::string& password_hash);
DemoPeople people_of(const Vendor& vendor);

}  // namespace baijin::demo
