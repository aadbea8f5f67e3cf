#pragma once
// What the routes of customers take, give and do; for module.cpp and the tests.
#include "hub/change.h"
#include "modules/customers/customers.h"

namespace baijin::customers {

// ── organisations ────────────────────────────────────────────────────────────────────────────

struct NewCustomer {
  Name name;
  std::optional<Name> short_name;
  std::optional<Slug> tier;
  std::optional<Id<accounts::Region>> region;
  std::optional<Text<1, 80>> industry;
  std::optional<Text<1, 300>> address;
  std::optional<Phone> phone;
  std::optional<Text<3, 120>> email_domain;
  std::optional<Link> website;
  std::optional<Lines<4000>> notes;
};
FIELDS(NewCustomer, name, short_name, tier, region, industry, address, phone, email_domain, website,
       notes)

struct CustomerPatch {
  Given<Name> name;
  Given<std::optional<Name>> short_name;
  Given<Slug> tier;
  Given<std::optional<Id<accounts::Region>>> region;
  Given<std::optional<Text<1, 80>>> industry;
  Given<std::optional<Text<1, 300>>> address;
  Given<std::optional<Phone>> phone;
  Given<std::optional<Text<3, 120>>> email_domain;
  Given<std::optional<Link>> website;
  Given<std::optional<Lines<4000>>> notes;
  Given<bool> active;
};
FIELDS(CustomerPatch, name, short_name, tier, region, industry, address, phone, email_domain,
       website, notes, active)

struct CustomerFilter {
  std::optional<Text<1, 120>> q;  // a part of the name or its initials, a phone number, a domain
  std::optional<Id<accounts::Region>> region;
  std::optional<Slug> tier;
  std::optional<bool> active;
  std::optional<bool> merged;  // false: without those merged into others
  Paging paging;
};
FIELDS(CustomerFilter, q, region, tier, active, merged, paging)

// In lists.
struct CustomerLine {
  Id<Customer> id;
  Version version;
  Name name;
  std::optional<Name> short_name;
  std::string initials;
  Slug tier;
  std::optional<Id<accounts::Region>> region;
  std::optional<Text<1, 80>> industry;
  std::optional<Text<1, 300>> address;
  std::optional<Phone> phone;
  bool active = true;
  std::optional<Id<Customer>> merged_into;
  Time created_at;
};
FIELDS(CustomerLine, id, version, name, short_name, initials, tier, region, industry, address,
       phone, active, merged_into, created_at)
STAFF_ONLY(CustomerLine, "tier", "region", "merged_into")

// The page of one customer (CUS-1).
struct CustomerPage {
  Id<Customer> id;
  Version version;
  Name name;
  std::optional<Name> short_name;
  Slug tier;
  std::optional<Id<accounts::Region>> region;
  std::optional<Text<1, 80>> industry;
  std::optional<Text<1, 300>> address;
  std::optional<Phone> phone;
  std::optional<Text<3, 120>> email_domain;
  std::optional<Link> website;
  std::optional<Lines<4000>> notes;
  bool active = true;
  std::optional<Id<Customer>> merged_into;
  Time created_at;
  Preferences preferences;
  JsonMap counts;                    // {"contacts":3,"sites":2,"assets":5}
  std::vector<std::string> allowed;  // change, change_preferences, merge
};
FIELDS(CustomerPage, id, version, name, short_name, tier, region, industry, address, phone,
       email_domain, website, notes, active, merged_into, created_at, preferences, counts, allowed)
STAFF_ONLY(CustomerPage, "tier", "region", "email_domain", "notes", "merged_into")

Page<CustomerLine> list_customers(Reader& reader, const CustomerFilter& filter);
CustomerPage get_customer(Reader& reader, Id<Customer> id);
CustomerPage add_customer(Change& change, const NewCustomer& input);
Customer make_customer(Change& change, const NewCustomer& input);  // without its page
CustomerPage change_customer(Change& change, Id<Customer> id, const CustomerPatch& input);

// ── sites ────────────────────────────────────────────────────────────────────────────────────

struct NewSite {
  Id<Customer> customer;
  Name name;
  std::optional<Text<1, 300>> address;
  std::optional<Phone> phone;
  std::optional<Lines<1000>> directions;
};
FIELDS(NewSite, customer, name, address, phone, directions)

struct SitePatch {
  Given<Name> name;
  Given<std::optional<Text<1, 300>>> address;
  Given<std::optional<Phone>> phone;
  Given<std::optional<Lines<1000>>> directions;
  Given<bool> active;
};
FIELDS(SitePatch, name, address, phone, directions, active)

struct SiteFilter {
  std::optional<Id<Customer>> customer;
  std::optional<bool> active;
  Paging paging;
};
FIELDS(SiteFilter, customer, active, paging)

Page<Site> list_sites(Reader& reader, const SiteFilter& filter);
Site get_site(Reader& reader, Id<Site> id);
Site add_site(Change& change, const NewSite& input);
Site change_site(Change& change, Id<Site> id, const SitePatch& input);

// ── contacts ─────────────────────────────────────────────────────────────────────────────────

// To an organisation.
struct Belonging {
  Id<Customer> customer;
  bool lead = false;
  bool main = false;  // of nobody: the first one is
};
FIELDS(Belonging, customer, lead, main)
struct Belongings {
  std::vector<Belonging> customers;
};
FIELDS(Belongings, customers)

struct NewContact {
  Name name;
  std::optional<Text<1, 80>> title;
  std::optional<Text<1, 40>> form_of_address;
  std::optional<Email> email;
  std::optional<Phone> phone;
  std::optional<Phone> mobile;
  std::optional<Text<1, 120>> wechat_openid;
  std::optional<Text<2, 20>> locale;
  std::vector<Belonging> customers;
};
FIELDS(NewContact, name, title, form_of_address, email, phone, mobile, wechat_openid, locale,
       customers)

struct ContactPatch {
  Given<Name> name;
  Given<std::optional<Text<1, 80>>> title;
  Given<std::optional<Text<1, 40>>> form_of_address;
  Given<std::optional<Email>> email;
  Given<std::optional<Phone>> phone;
  Given<std::optional<Phone>> mobile;
  Given<std::optional<Text<1, 120>>> wechat_openid;
  Given<std::optional<Text<2, 20>>> locale;
  Given<bool> active;
};
FIELDS(ContactPatch, name, title, form_of_address, email, phone, mobile, wechat_openid, locale,
       active)

// What people change of themselves; the address they are recognised by is not among it.
struct MyPatch {
  Given<Name> name;
  Given<std::optional<Text<1, 80>>> title;
  Given<std::optional<Text<1, 40>>> form_of_address;
  Given<std::optional<Phone>> phone;
  Given<std::optional<Phone>> mobile;
  Given<std::optional<Text<2, 20>>> locale;
};
FIELDS(MyPatch, name, title, form_of_address, phone, mobile, locale)

struct ContactFilter {
  std::optional<Text<1, 120>> q;
  std::optional<Id<Customer>> customer;
  std::optional<bool> active;
  std::optional<bool> merged;
  Paging paging;
};
FIELDS(ContactFilter, q, customer, active, merged, paging)

// Phone numbers and addresses are masked for those who may not see private details.
struct ContactPage {
  Id<Contact> id;
  Version version;
  Name name;
  std::string initials;
  std::optional<Text<1, 80>> title;
  std::optional<Text<1, 40>> form_of_address;
  std::optional<std::string> email, phone, mobile, wechat_openid;
  std::optional<Text<2, 20>> locale;
  bool active = true;
  std::optional<Id<Contact>> merged_into;
  Time created_at;
  std::vector<Membership> customers;  // those the actor sees, the main one first
  std::vector<std::string> allowed;
};
FIELDS(ContactPage, id, version, name, initials, title, form_of_address, email, phone, mobile,
       wechat_openid, locale, active, merged_into, created_at, customers, allowed)
STAFF_ONLY(ContactPage, "wechat_openid", "merged_into")

Page<ContactPage> list_contacts(Reader& reader, const ContactFilter& filter);
ContactPage get_contact(Reader& reader, Id<Contact> id);
ContactPage add_contact(Change& change, const NewContact& input);
Contact make_contact(Change& change, const NewContact& input);  // without its page
ContactPage change_contact(Change& change, Id<Contact> id, const ContactPatch& input);
// Which organisations the contact acts for, as a whole.
ContactPage put_belongings(Change& change, Id<Contact> id, const Belongings& input);
// The signed-in contact; forbidden("not_a_contact") for staff.
ContactPage get_me(Reader& reader);
ContactPage change_me(Change& change, const MyPatch& input);

// ── preferences ──────────────────────────────────────────────────────────────────────────────

struct PreferencesPage {
  Version version;        // 0 while nothing was said
  Preferences said;       // by this one
  Preferences effective;  // for a contact: with what the main organisation says
  std::vector<std::string> allowed;
};
FIELDS(PreferencesPage, version, said, effective, allowed)

PreferencesPage get_customer_preferences(Reader& reader, Id<Customer> id);
PreferencesPage get_contact_preferences(Reader& reader, Id<Contact> id);
// Staff with customers.manage, the contact himself, a lead of the organisation; else forbidden.
PreferencesPage put_customer_preferences(Change& change, Id<Customer> id, const Preferences& input);
PreferencesPage put_contact_preferences(Change& change, Id<Contact> id, const Preferences& input);

// ── dates and notes, for staff only ──────────────────────────────────────────────────────────

struct ImportantDate {
  Id<ImportantDate> id;
  Version version;
  Id<Customer> customer;
  std::optional<Id<Contact>> contact;
  Name name;
  Date day;
  bool every_year = false;
  std::optional<Lines<1000>> notes;
};
FIELDS(ImportantDate, id, version, customer, contact, name, day, every_year, notes)
TABLE(ImportantDate, "important_date", "important_dates")

struct NewDate {
  std::optional<Id<Contact>> contact;
  Name name;
  Date day;
  bool every_year = false;
  std::optional<Lines<1000>> notes;
};
FIELDS(NewDate, contact, name, day, every_year, notes)
struct DatePatch {
  Given<Name> name;
  Given<Date> day;
  Given<bool> every_year;
  Given<std::optional<Lines<1000>>> notes;
};
FIELDS(DatePatch, name, day, every_year, notes)

struct CustomerNote {
  Id<CustomerNote> id;
  Version version;
  Id<Customer> customer;
  Id<accounts::User> author;
  Time written_at;
  Lines<10000> body;
};
FIELDS(CustomerNote, id, version, customer, author, written_at, body)
TABLE(CustomerNote, "customer_note", "customer_notes")

struct NoteText {
  Lines<10000> body;
};
FIELDS(NoteText, body)
struct NotesFilter {
  Paging paging;
};
FIELDS(NotesFilter, paging)

std::vector<ImportantDate> list_dates(Reader& reader, Id<Customer> customer);
ImportantDate add_date(Change& change, Id<Customer> customer, const NewDate& input);
ImportantDate change_date(Change& change, Id<ImportantDate> id, const DatePatch& input);
void remove_date(Change& change, Id<ImportantDate> id);
Page<CustomerNote> list_notes(Reader& reader, Id<Customer> customer, const NotesFilter& filter);
CustomerNote add_note(Change& change, Id<Customer> customer, const NoteText& input);
CustomerNote change_note(Change& change, Id<CustomerNote> id, const NoteText& input);
void remove_note(Change& change, Id<CustomerNote> id);

// ── what was entered twice ───────────────────────────────────────────────────────────────────

struct Lookup {
  std::optional<std::string> name, phone, email, wechat;
};
FIELDS(Lookup, name, phone, email, wechat)

struct LikeContact {
  Id<Contact> id;
  Name name;
  std::optional<Text<1, 80>> title;
  std::vector<std::string> by;  // name, phone, email, wechat
  std::vector<Membership> customers;
};
FIELDS(LikeContact, id, name, title, by, customers)
struct LikeCustomer {
  Id<Customer> id;
  Name name;
  std::optional<Name> short_name;
  std::vector<std::string> by;  // name, phone, domain
};
FIELDS(LikeCustomer, id, name, short_name, by)

struct ContactDuplicates {
  std::string by;
  std::vector<LikeContact> contacts;
};
FIELDS(ContactDuplicates, by, contacts)
struct CustomerDuplicates {
  std::string by;
  std::vector<LikeCustomer> customers;
};
FIELDS(CustomerDuplicates, by, customers)

// Who is there already with one of these; the best matches first.
std::vector<LikeContact> lookup_contacts(Reader& reader, const Lookup& wanted);
std::vector<LikeCustomer> lookup_customers(Reader& reader, const Lookup& wanted);
// Groups that are probably one, at most 100.
std::vector<ContactDuplicates> list_contact_duplicates(Reader& reader);
std::vector<CustomerDuplicates> list_customer_duplicates(Reader& reader);

struct MergeCustomers {
  Id<Customer> other;
};
FIELDS(MergeCustomers, other)
struct MergeContacts {
  Id<Contact> other;
};
FIELDS(MergeContacts, other)

// Everything of the other one moves here. invalid("same_record"), conflict("already_merged").
Merge merge_customers(Change& change, Id<Customer> kept, const MergeCustomers& input);
Merge merge_contacts(Change& change, Id<Contact> kept, const MergeContacts& input);
std::vector<Merge> list_customer_merges(Reader& reader, Id<Customer> kept);
std::vector<Merge> list_contact_merges(Reader& reader, Id<Contact> kept);
// conflict("already_undone" | "too_late" | "already_merged").
Merge undo_customer_merge(Change& change, Id<Customer> kept, Id<Merge> merge);
Merge undo_contact_merge(Change& change, Id<Contact> kept, Id<Merge> merge);

}  // namespace baijin::customers
