#include "main/demo/vendor.h"

#include <algorithm>
#include <stdexcept>

#include "hub/keys.h"
#include "main/demo/dialogue.h"
#include "modules/organisation/organisation.h"

namespace baijin::demo {
namespace {

using boost::json::object;

constexpr const char* region_names[region_count] = {"华东", "华南", "华北"};

struct TeamLine {
  const char* name;
  int region;
};
constexpr TeamLine team_lines[] = {
    {"热线组", -1}, {"华东服务组", 0}, {"华南服务组", 1}, {"华北服务组", 2}, {"培训组", -1}};

void make_teams(Change& change, Vendor& vendor) {
  for (const auto* name : region_names) {
    vendor.regions.push_back(accounts::make_region(change, Name{name}).value);
  }
  for (const auto& line : team_lines) {
    std::optional<Id<accounts::Region>> region;
    if (line.region >= 0) {
      region = Id<accounts::Region>{vendor.regions[static_cast<std::size_t>(line.region)]};
    }
    vendor.teams[line.name] = accounts::make_team(change, Name{line.name}, region).value;
  }
}

void make_colleague(Change& change, Vendor& vendor, const StaffLine& line,
                    const std::string& password_hash) {
  accounts::NewUser person;
  person.login.value = line.login;
  person.name.value = line.name;
  person.email = Email{std::string(line.login) + "@chengguang.example"};
  person.phone = Phone{"199 0000 " + std::to_string(1001 + vendor.staff.size())};
  for (const auto& role : split(line.roles, ' ')) person.roles.push_back(Slug{role});
  for (std::size_t i = 0; i < region_count; ++i) {
    if (line.region >= 0 && static_cast<std::size_t>(line.region) != i) continue;
    Id<accounts::Region> region{vendor.regions[i]};
    person.regions.push_back(region);
    if (line.region >= 0) person.region = region;
  }
  auto id = accounts::add_user(change, person, password_hash);
  if (*line.team) {
    accounts::join_team(change, Id<accounts::Team>{vendor.teams.at(line.team)}, id, line.lead);
  }
  vendor.staff.push_back({id.value, line.login, line.name, line.role, line.region, line.team});
}

std::string released(Time opening, std::size_t age) {
  return to_text(utc_date(opening - days(120 + 270 * static_cast<std::int64_t>(age))));
}

void make_products(Past& past, Vendor& vendor, Time opening) {
  auto by = vendor.with_login("fabu").actor();
  for (const auto& line : product_lines()) {
    ProductMade made;
    made.name = line.name;
    made.family = line.family;
    made.code = line.code;
    made.id = past.create(by, opening - days(900), "/products",
                          {{"name", line.name},
                           {"name_en", line.name_en},
                           {"code", line.code},
                           {"about", line.about}});
    made.version_names = split(line.versions, ' ');
    auto path = "/products/" + std::to_string(made.id) + "/versions";
    for (std::size_t i = 0; i < made.version_names.size(); ++i) {
      auto age = made.version_names.size() - 1 - i;
      object version{{"name", made.version_names[i]}, {"released_on", released(opening, age)}};
      if (age > 1) version["support_ends_on"] = to_text(utc_date(opening + days(90)));
      made.versions.push_back(past.create(by, opening - days(890), path, version));
    }
    vendor.products.push_back(std::move(made));
  }
}

void read_catalogue(Change& change, Vendor& vendor) {
  struct Key {
    std::int64_t id;
    std::string key;
  };
  auto read = [](std::map<std::string, std::int64_t, std::less<>>& into) {
    return [&into](const db::Row& row) {
      Cell id, key;
      row.read(0, id);
      row.read(1, key);
      into[std::string(key.text)] = id.as_integer();
    };
  };
  change.each("SELECT s.id, s.key FROM service_types s", read(vendor.service_types));
  change.each("SELECT c.id, c.key FROM categories c", read(vendor.categories));
}

}  // namespace

std::string Colleague::form_of_address() const {
  // A Chinese character has three bytes in UTF-8; 欧阳 is the one surname of two.
  auto surname = name.substr(0, name.starts_with("欧阳") ? 6 : 3);
  if (role == "engineer") return surname + "工";
  if (role == "trainer" || role == "training_manager") return surname + "老师";
  if (role == "duty_manager" || role == "manager") return surname + "经理";
  return name;
}

const Colleague& Vendor::with_login(std::string_view login) const {
  for (const auto& person : staff) {
    if (person.login == login) return person;
  }
  throw std::logic_error("nobody of the vendor signs in as " + std::string(login));
}

std::vector<const Colleague*> Vendor::of_role(std::string_view role, int region) const {
  std::vector<const Colleague*> found;
  for (const auto& person : staff) {
    bool near_by = region < 0 || person.region < 0 || person.region == region;
    if (person.role == role && near_by) found.push_back(&person);
  }
  return found;
}

namespace {

void name_vendor(Change& change) {
  auto vendor = change.take_unseen(Id<organisation::Organisation>{1});
  vendor.name_zh = Name{"澄光软件"};
  vendor.name_en = Name{"Chengguang Software"};
  vendor.support_phone = Phone{"400-555-0188"};
  vendor.support_email = Email{"service@chengguang.example"};
  vendor.hours_zh = Text<1, 200>{"工作日 8:30–18:00，紧急故障 7×24"};
  vendor.hours_en = Text<1, 200>{"Workdays 8:30–18:00, emergencies at any time"};
  vendor.guest_requests = true;
  change.save(vendor);
  change.tell("organisation.changed", vendor);
}

}  // namespace

Vendor make_vendor(Hub& hub, std::uint64_t seed, Time opening) {
  auto password_hash = hash_password(password);
  Vendor made;
  in_the_past(hub, [&](Past& past) {
    Vendor vendor;
    past.change(program_actor(), opening - days(1'000), [&](Change& change) {
      name_vendor(change);
      make_teams(change, vendor);
      for (const auto& line : staff_lines()) make_colleague(change, vendor, line, password_hash);
      read_catalogue(change, vendor);
    });
    make_products(past, vendor, opening);
    make_customers(past, vendor, seed, opening, password_hash);
    made = std::move(vendor);
  });
  hub.read(program_actor(), [&](Reader& reader) {
    for (auto& customer : made.customers) {
      for (auto& contact : customer.contacts) {
        if (contact.user) contact.actor = accounts::actor_for(reader, {contact.user});
      }
    }
  });
  return made;
}

DemoPeople people_of(const Vendor& vendor) {
  DemoPeople people;
  auto add = [&](const std::string& login, const std::string& role, const std::string& name) {
    people.people.push_back({login, std::string(password), role, name});
  };
  // One of each role first: that is whom somebody who looks around wants to be.
  std::vector<std::string> seen;
  for (bool first : {true, false}) {
    for (const auto& person : vendor.staff) {
      bool is_first = std::find(seen.begin(), seen.end(), person.role) == seen.end();
      if (first && is_first) {
        seen.push_back(person.role);
        add(person.login, person.role, person.name);
      }
      auto known = std::any_of(people.people.begin(), people.people.end(),
                               [&](const auto& one) { return one.login == person.login; });
      if (!first && !known) add(person.login, person.role, person.name);
    }
    if (!first) break;
    for (const auto& customer : vendor.customers) {
      for (const auto& contact : customer.contacts) {
        if (contact.login == "kehu" || contact.login == "kehu.lingdao") {
          add(contact.login, contact.login == "kehu" ? "contact" : "customer_lead", contact.name);
        }
      }
    }
  }
  return people;
}

}  // namespace baijin::demo
