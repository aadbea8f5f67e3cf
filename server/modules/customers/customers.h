#pragma once
// Customers are organisations with sites and people. A contact may act for several organisations;
// a lead sees everything of his. Everybody says how they want to be treated (CUS-5), and what is
// entered twice is found and merged (CUS-4).
#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "hub/change.h"
#include "hub/reader.h"

namespace baijin {

class Module;

namespace accounts {
struct Region;
}

namespace customers {

struct Customer {
  Id<Customer> id;
  Version version;
  Name name;
  std::optional<Name> short_name;
  std::string folded_name;
  std::string initials;  // of both names: "ydyhaszyy fyyy"
  Slug tier{"standard"};
  std::optional<Id<accounts::Region>> region;
  std::optional<Text<1, 80>> industry;
  std::optional<Text<1, 300>> address;
  std::optional<Phone> phone;
  std::optional<Text<3, 120>> email_domain;  // "example.cn": strangers writing from it are theirs
  std::optional<Link> website;
  std::optional<Lines<4000>> notes;
  bool active = true;
  std::optional<Id<Customer>> merged_into;
  Time created_at;
};
FIELDS(Customer, id, version, name, short_name, folded_name, initials, tier, region, industry,
       address, phone, email_domain, website, notes, active, merged_into, created_at)
TABLE(Customer, "customer", "customers")
STAFF_ONLY(Customer, "folded_name", "tier", "region", "email_domain", "notes", "merged_into")

struct Site {
  Id<Site> id;
  Version version;
  Id<Customer> customer;
  Name name;
  std::optional<Text<1, 300>> address;
  std::optional<Phone> phone;
  std::optional<Lines<1000>> directions;  // how to get there and in
  bool active = true;
};
FIELDS(Site, id, version, customer, name, address, phone, directions, active)
TABLE(Site, "site", "sites")

struct Contact {
  Id<Contact> id;
  Version version;
  Name name;
  std::string folded_name;
  std::string initials;
  std::optional<Text<1, 80>> title;            // what they are: 信息科主任
  std::optional<Text<1, 40>> form_of_address;  // how to call them: 李主任
  std::optional<Email> email;
  std::optional<Phone> phone;
  std::optional<Phone> mobile;
  std::optional<Text<1, 120>> wechat_openid;
  std::optional<Text<2, 20>> locale;
  bool active = true;
  std::optional<Id<Contact>> merged_into;
  Time created_at;
};
FIELDS(Contact, id, version, name, folded_name, initials, title, form_of_address, email, phone,
       mobile, wechat_openid, locale, active, merged_into, created_at)
TABLE(Contact, "contact", "contacts")
STAFF_ONLY(Contact, "folded_name", "wechat_openid", "merged_into")

// What a contact is to an organisation; rows of contact_customers.
struct Membership {
  Id<Customer> customer;
  Name customer_name;
  bool lead = false;  // 主管领导: sees everything of the organisation
  bool main = false;  // the organisation meant when none is named
};
FIELDS(Membership, customer, customer_name, lead, main)

// ── how they want to be treated (CUS-5) ──────────────────────────────────────────────────────

enum class Channel { phone, email, wechat, sms, portal, chat, visit };
BOOST_DESCRIBE_ENUM(Channel, phone, email, wechat, sms, portal, chat, visit)
enum class Telling { answer_first, reasons_first };
BOOST_DESCRIBE_ENUM(Telling, answer_first, reasons_first)

struct Preferences {
  std::optional<Channel> channel;
  std::optional<Text<5, 5>> quiet_from, quiet_to;  // "22:00" to "07:30", over midnight if need be
  std::optional<Text<1, 60>> quiet_zone;           // "Asia/Shanghai"; the desk's when not said
  std::optional<Text<1, 40>> form_of_address;
  std::optional<Telling> telling;
  std::optional<Text<2, 20>> language;
  std::vector<Text<1, 300>> not_to_ask_twice;  // what they have told us already
  std::vector<Text<1, 300>> please_do_not;
};
FIELDS(Preferences, channel, quiet_from, quiet_to, quiet_zone, form_of_address, telling, language,
       not_to_ask_twice, please_do_not)

// What counts for this contact of this organisation: what he says wins over what it says, the two
// lists are joined. Whoever asks: the caller has checked that the actor sees them.
Preferences preferences_for(Reader& reader, std::optional<Id<Contact>> contact,
                            std::optional<Id<Customer>> customer);
// Whether the preferences' quiet hours hold at this moment (NOT-1).
bool quiet_at(const Preferences& preferences, Time at, std::string_view usual_zone);

// ── who is it (INT-3); whoever asks, merged and inactive ones are not found ──────────────────

// The oldest when several have the address.
std::optional<Id<Contact>> contact_with_email(Reader& reader, std::string_view email);
// Nothing when several people share the number.
std::optional<Id<Contact>> contact_with_phone(Reader& reader, std::string_view phone);
std::optional<Id<Contact>> contact_with_wechat(Reader& reader, std::string_view openid);
// The organisation whose email_domain the address has; nothing when several have it.
std::optional<Id<Customer>> customer_with_email_domain(Reader& reader, std::string_view email);
// Main one first.
std::vector<Membership> memberships(Reader& reader, Id<Contact> contact);
bool belongs_to(Reader& reader, Id<Contact> contact, Id<Customer> customer);
std::optional<Id<Customer>> main_customer(Reader& reader, Id<Contact> contact);
// Somebody who asks without being known yet: a contact of no organisation, unless his address
// says which. Who he says he is was
// not checked; when it is, he is merged with the contact he turns out to be.
struct Stranger {
  Name name;
  std::optional<Email> email;
  std::optional<Phone> phone;
  std::optional<Text<2, 20>> locale;
  std::optional<Id<Customer>> customer{};  // whose mail domain his address has
};
Id<Contact> add_stranger(Change& change, const Stranger& stranger);
// "李主任": as he wishes, else as it is noted, else his name; "" for nobody. Whoever asks.
std::string how_to_call(Reader& reader, std::optional<Id<Contact>> contact,
                        std::optional<Id<Customer>> customer);
// A person of a customer without an account, with these rights: sees what a contact sees.
Actor acting_as(Reader& reader, Id<Contact> contact, std::span<const std::string_view> rights);
// The contact's name, "" when there is none; whoever asks.
std::string contact_name(Reader& reader, Id<Contact> contact);
std::string customer_name(Reader& reader, Id<Customer> customer);

// An address as an actor gets it who may not see private details: l***@example.cn (SEC-6);
// accounts::masked_phone does it for numbers.
std::string masked_email(std::string_view email);

// ── merging ──────────────────────────────────────────────────────────────────────────────────
// "customers.merged" and "contacts.merged" are told about the one that is kept, with
// {"merge":7,"other":12}; "customers.merge_undone" and "contacts.merge_undone" likewise. Who has
// rows of his own listens, moves them and remembers which, so that an undo can move back exactly
// those.

enum class MergeKind { customer, contact };
BOOST_DESCRIBE_ENUM(MergeKind, customer, contact)

struct Merge {
  Id<Merge> id;
  Version version;
  MergeKind kind = MergeKind::customer;
  std::int64_t kept = 0, other = 0;
  std::string merged_by;  // as events name the actor
  Time merged_at;
  std::optional<Time> undone_at;
};
FIELDS(Merge, id, version, kind, kept, other, merged_by, merged_at, undone_at)
TABLE(Merge, "customer_merge", "customer_merges")

// What an event about a merge says; for reactions.
struct MergeNews {
  Id<Merge> merge;
  std::int64_t kept = 0, other = 0;
};
MergeNews merge_news(const Event& event);
// `row` of `kind` ("ticket", "asset") was moved from the other to the kept one.
void remember_move(Change& change, Id<Merge> merge, std::string_view kind, std::int64_t row);
std::vector<std::int64_t> moved_rows(Reader& reader, Id<Merge> merge, std::string_view kind);

// ── the page of a customer (CUS-1) ───────────────────────────────────────────────────────────

// How many of something a customer has, as far as the actor sees them; called by install().
using Count = std::function<std::int64_t(Reader&, Id<Customer>)>;
void count_on_page(Module& module, std::string_view name, Count count);

void install(Module& m);

}  // namespace customers
}  // namespace baijin
