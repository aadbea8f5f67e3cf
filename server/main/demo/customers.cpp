// The sixty customers of the demo with their sites, people, installations and wishes.
#include <algorithm>

#include "main/demo/dialogue.h"
#include "main/demo/hours.h"
#include "main/demo/vendor.h"
#include "main/demo/wishes.h"

namespace baijin::demo {
namespace {

using boost::json::array;
using boost::json::object;

struct JobLine {
  const char *title, *department, *called;  // called: after the surname
};
constexpr JobLine jobs[] = {{"信息科科长", "信息科", "科长"}, {"IT 工程师", "信息科", "工"},
                            {"设计科科长", "设计科", "科长"}, {"主任工程师", "技术部", "总工"},
                            {"设备主管", "设备科", "主管"},   {"工艺工程师", "工艺科", "工"},
                            {"生产计划员", "计划科", "老师"}, {"成本会计", "财务部", "会计"},
                            {"质量经理", "质量部", "经理"},   {"仓库主管", "仓储科", "主管"},
                            {"车间主任", "总装车间", "主任"}, {"采购员", "采购部", "老师"}};
constexpr JobLine lead_jobs[] = {
    {"副总经理", "公司办", "总"}, {"信息总监", "信息中心", "总"}, {"厂长", "厂部", "厂长"}};
constexpr JobLine english_jobs[] = {{"IT Manager", "IT", ""},
                                    {"Design Engineer", "engineering", ""},
                                    {"Plant Manager", "the plant", ""}};

constexpr const char* surnames[] = {"王", "李", "张", "刘", "陈", "杨", "黄", "吴", "徐", "孙",
                                    "马", "朱", "胡", "郭", "何", "高", "郑", "谢", "邓", "冯"};
constexpr const char* given_names[] = {
    "建国", "秀兰", "志强", "晓东", "丽娟", "海燕", "文博", "子涵", "国庆", "春梅", "立新", "思远",
    "雅静", "振华", "小军", "慧敏", "浩然", "玉珍", "明哲", "佳宁", "德胜", "若琳", "卫东", "欣怡"};
constexpr const char* english_names[] = {"Alice Marsh",    "Tom Hedley",    "Priya Nair",
                                         "Jonas Albrecht", "Karen Whitlow", "Wei Ling Tan",
                                         "Diego Santos",   "Ingrid Falk"};
constexpr const char* roads[] = {"创新路", "工业大道", "望湖路", "学院路", "滨江路", "科苑路"};

// What goes into making one customer.
struct Making {
  Past& past;
  Vendor& vendor;
  Dice dice;
  Time opening;
  const std::string& password_hash;
  Actor by;
  Time at;
  int phones = 0;
  int portal_users = 0;
  bool contact_named = false, lead_named = false;  // the two whose names are printed
  std::vector<std::string> taken{};  // names of people: two of the same name confuse a reader
};

std::string new_phone(Making& making, std::string_view start) {
  auto digits = std::to_string(10'000 + ++making.phones);
  return std::string(start) + digits.substr(1);
}

std::string person_name(Making& making, bool english) {
  while (true) {
    std::string name = english ? std::string(making.dice.one_of(english_names))
                               : std::string(making.dice.one_of(surnames)) +
                                     making.dice.one_of(given_names);
    if (std::find(making.taken.begin(), making.taken.end(), name) == making.taken.end()) {
      making.taken.push_back(name);
      return name;
    }
    if (english) return name + " jr.";
  }
}

void add_sites(Making& making, CustomerMade& made, const CustomerLine& line) {
  auto count = making.dice.between(1, 3);
  const char* names[] = {"总部", "二厂", "新厂区"};
  const char* english[] = {"Main site", "Plant 2", "Warehouse"};
  for (std::int64_t i = 0; i < count; ++i) {
    std::string name = line.english ? english[i] : names[i];
    auto address = std::string(line.city) + "市" + making.dice.one_of(roads) +
                   std::to_string(making.dice.between(8, 888)) + "号";
    made.sites.push_back(making.past.create(making.by, making.at, "/sites",
                                            {{"customer", made.id},
                                             {"name", name},
                                             {"address", address},
                                             {"directions", "来访请提前报车牌，在门卫处登记。"}}));
    made.site_names.push_back(name);
  }
}

void add_portal_user(Making& making, ContactMade& contact, const std::string& mail, bool lead) {
  auto& named = lead ? making.lead_named : making.contact_named;
  ++making.portal_users;
  contact.login = named  ? "kehu" + std::to_string(making.portal_users)
                  : lead ? "kehu.lingdao"
                         : "kehu";
  named = true;
  making.past.change(program_actor(), making.at, [&](Change& change) {
    accounts::NewUser user;
    user.kind = accounts::UserKind::contact;
    user.login.value = contact.login;
    user.name.value = contact.name;
    user.email = Email{mail};
    user.contact = Id<customers::Contact>{contact.id};
    user.roles = {Slug{lead ? "customer_lead" : "contact"}};
    if (contact.english) user.locale = accounts::Locale{"en"};
    contact.user = accounts::add_user(change, user, making.password_hash).value;
  });
}

void add_contact(Making& making, CustomerMade& made, const CustomerLine& line, bool lead) {
  ContactMade contact;
  contact.english = line.english;
  contact.lead = lead;
  contact.name = person_name(making, line.english);
  const auto& job = line.english ? making.dice.one_of(english_jobs)
                    : lead       ? making.dice.one_of(lead_jobs)
                                 : making.dice.one_of(jobs);
  contact.department = job.department;
  contact.address = line.english ? contact.name.substr(0, contact.name.find(' '))
                                 : contact.name.substr(0, 3) + job.called;
  auto mail = "p" + std::to_string(making.taken.size()) + "@" + line.domain + ".example";
  object input{{"name", contact.name},
               {"title", job.title},
               {"form_of_address", contact.address},
               {"email", mail},
               {"mobile", new_phone(making, "199 0000 ")},
               {"locale", line.english ? "en" : "zh-CN"},
               {"customers", array{object{{"customer", made.id}, {"lead", lead}, {"main", true}}}}};
  contact.id = making.past.create(making.by, making.at, "/contacts", input);
  bool portal = lead ? making.dice.in_hundred(30) : making.dice.in_hundred(22);
  bool wanted = made.contacts.size() < 2 && making.vendor.customers.size() < 2;
  if (portal || wanted) add_portal_user(making, contact, mail, lead);
  if (making.dice.in_hundred(45)) {
    auto all = wishes_of_people();
    auto wish = line.english ? all[all.size() - 1 - making.dice.below(2)]
                             : all[making.dice.below(all.size() - 2)];
    making.past.ask(making.by, making.at, Method::put,
                    "/contacts/" + std::to_string(contact.id) + "/preferences",
                    preferences(wish, contact.address));
  }
  made.contacts.push_back(std::move(contact));
}

std::string serial_of(const ProductMade& product, std::int64_t number) {
  auto digits = std::to_string(1'000'000 + number % 1'000'000);
  return product.code + "-" + digits.substr(1, 3) + "-" + digits.substr(4);
}

void add_assets(Making& making, CustomerMade& made) {
  auto count = making.dice.between(1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    AssetMade asset;
    asset.product = making.dice.below(making.vendor.products.size());
    const auto& product = making.vendor.products[asset.product];
    // Most have kept up with the versions.
    auto newest = product.versions.size() - 1;
    asset.version = making.dice.in_hundred(55) ? newest : making.dice.below(newest + 1);
    auto site = making.dice.below(made.sites.size());
    asset.site = made.sites[site];
    auto number = made.id * 37 + static_cast<std::int64_t>(made.assets.size()) * 1'009 + 4'100;
    asset.serial = serial_of(product, number);
    asset.licence = "LIC-" + product.code + "-" + std::to_string(20'000 + number * 7 % 70'000);
    auto installed = utc_date(making.at + days(making.dice.between(20, 200)));
    object input{{"customer", made.id},
                 {"site", asset.site},
                 {"product", product.id},
                 {"product_version", product.versions[asset.version]},
                 {"name", product.name + "（" + made.site_names[site] + "）"},
                 {"serial", asset.serial},
                 {"licence", asset.licence},
                 {"installed_on", to_text(installed)},
                 {"accepted_on", to_text(Date{installed.day + 30})},
                 {"state", "accepted"}};
    asset.id = making.past.create(making.by, making.at + days(1), "/assets", input);
    made.assets.push_back(std::move(asset));
  }
}

void add_wishes_and_dates(Making& making, const CustomerMade& made) {
  auto path = "/customers/" + std::to_string(made.id);
  auto wishes = wishes_of_organisations();
  if (made.english || making.dice.in_hundred(40)) {
    const auto& wish = made.english ? wishes.back() : wishes[making.dice.below(wishes.size() - 1)];
    making.past.ask(making.by, making.at, Method::put, path + "/preferences",
                    preferences(wish, ""));
  }
  auto dates = important_dates();
  for (auto left = making.dice.between(0, 2); left > 0; --left) {
    const auto& date = dates[making.dice.below(dates.size())];
    auto day = "2026-" + std::to_string(100 + date.month).substr(1) + "-" +
               std::to_string(100 + date.day).substr(1);
    object input{{"name", date.name}, {"day", day}, {"every_year", true}, {"notes", date.notes}};
    making.past.create(making.by, making.at, path + "/dates", input);
  }
  if (!making.dice.in_hundred(50)) return;
  auto notes = notes_on_customers();
  making.past.create(making.by, making.at + days(2), path + "/notes",
                     {{"body", notes[making.dice.below(notes.size())]}});
}

void add_customer(Making& making, const CustomerLine& line) {
  CustomerMade made;
  made.name = line.name;
  made.short_name = line.short_name;
  made.region = line.region;
  made.english = line.english;
  auto region = making.vendor.regions[static_cast<std::size_t>(line.region)];
  made.id = making.past.create(
      making.by, making.at, "/customers",
      {{"name", line.name},
       {"short_name", line.short_name},
       {"tier", line.tier},
       {"region", region},
       {"industry", line.industry},
       {"address", std::string(line.city) + "市高新区" + making.dice.one_of(roads) + "1号"},
       {"phone", new_phone(making, "0000-5550")},
       {"email_domain", std::string(line.domain) + ".example"},
       {"website", "https://www." + std::string(line.domain) + ".example"}});
  add_sites(making, made, line);
  auto people = making.dice.between(2, 4);
  for (std::int64_t i = 0; i < people; ++i) add_contact(making, made, line, i == people - 1);
  add_assets(making, made);
  add_wishes_and_dates(making, made);
  making.vendor.customers.push_back(std::move(made));
}

// Some people look after several organisations of a group.
void share_contacts(Making& making) {
  auto& customers = making.vendor.customers;
  for (std::size_t i = 0; i + 9 < customers.size(); i += 9) {
    auto& from = customers[i];
    auto& also = customers[i + 1];
    if (from.english != also.english) continue;
    const auto& person = from.contacts.front();
    making.past.ask(making.by, making.opening - days(30), Method::put,
                    "/contacts/" + std::to_string(person.id) + "/customers",
                    {{"customers", array{object{{"customer", from.id}, {"main", true}},
                                         object{{"customer", also.id}}}}});
    also.contacts.push_back(person);
  }
}

}  // namespace

void make_customers(Past& past, Vendor& vendor, std::uint64_t seed, Time opening,
                    const std::string& password_hash) {
  Making making{past,    vendor,        Dice(seed).apart(1),
                opening, password_hash, vendor.with_login("zhuguan").actor(),
                opening};
  auto count = static_cast<std::int64_t>(customer_lines().size());
  for (const auto& line : customer_lines()) {
    // They came one after the other in the two years before.
    auto done = static_cast<std::int64_t>(vendor.customers.size());
    making.at = next_working(opening - days(800 - 760 * done / count), making.dice);
    add_customer(making, line);
  }
  share_contacts(making);
}

}  // namespace baijin::demo
