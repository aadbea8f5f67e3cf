#include "modules/customers/rules.h"

#include <gtest/gtest.h>

namespace baijin::customers {
namespace {

struct Pair {
  const char *a, *b;
  bool same;
};

TEST(Duplicates, Cus4OrganisationsByName) {
  const Pair pairs[] = {{"华东医院", "华东医院有限公司", true},
                        {"华东医院（集团）股份有限公司", "华东医院集团", true},
                        {"ACME Co., Ltd.", "Acme", true},
                        {"ＡＣＭＥ", "acme limited", true},
                        {"福建 软件 有限责任公司", "福建软件公司", true},
                        {"华东医院", "华南医院", false},
                        {"Acme Paper Inc", "Acme Steel Inc", false},
                        {"公司", "有限公司", false}};
  for (const auto& p : pairs) {
    EXPECT_EQ(rules::name_key(p.a) == rules::name_key(p.b), p.same) << p.a << " / " << p.b;
  }
}

TEST(Duplicates, Cus4PeopleByNamePhoneAndMail) {
  EXPECT_EQ(rules::person_key("Li  Wei"), rules::person_key("li wei"));
  EXPECT_EQ(rules::person_key("李 伟"), rules::person_key("李伟"));
  EXPECT_NE(rules::person_key("李伟"), rules::person_key("李炜"));
  EXPECT_EQ(rules::phone_key("+86 138-0013-8000"), rules::phone_key("13800138000"));
  EXPECT_EQ(rules::phone_key("0591-87654321"), rules::phone_key("+86 591 8765 4321"));
  EXPECT_EQ(rules::phone_key("8001"), "") << "an extension tells nobody apart";
  EXPECT_EQ(rules::email_key("Li.Wei@Example.CN"), rules::email_key("li.wei@example.cn"));
  EXPECT_EQ(rules::domain_of("Li.Wei@Example.CN"), "example.cn");
  EXPECT_EQ(rules::domain_of("nobody"), "");
}

TEST(Preferences, Cus5ThoseOfTheContactWin) {
  Preferences contact, customer;
  customer.channel = Channel::email;
  customer.telling = Telling::reasons_first;
  customer.quiet_from = {{"12:00"}}, customer.quiet_to = {{"14:00"}};
  customer.please_do_not = {{"do not call the front desk"}};
  contact.channel = Channel::phone;
  contact.form_of_address = {{"李主任"}};
  contact.please_do_not = {{"no stickers"}, {"do not call the front desk"}};
  auto both = rules::joined(contact, customer);
  EXPECT_EQ(both.channel, Channel::phone);
  EXPECT_EQ(both.telling, Telling::reasons_first);
  EXPECT_EQ(both.form_of_address->value, "李主任");
  EXPECT_EQ(both.quiet_from->value, "12:00");
  EXPECT_EQ(both.please_do_not.size(), 2u);
  contact.quiet_from = {{"22:00"}}, contact.quiet_to = {{"07:30"}};
  EXPECT_EQ(rules::joined(contact, customer).quiet_to->value, "07:30");
}

struct Quiet {
  const char *from, *to, *zone, *at;
  bool quiet;
};

TEST(Preferences, Not1QuietHours) {
  const Quiet cases[] = {{"22:00", "07:30", "Asia/Shanghai", "2026-11-23T14:00:00Z", true},
                         {"22:00", "07:30", "Asia/Shanghai", "2026-11-23T13:59:59Z", false},
                         {"22:00", "07:30", "Asia/Shanghai", "2026-11-23T23:29:00Z", true},
                         {"22:00", "07:30", "Asia/Shanghai", "2026-11-23T23:30:00Z", false},
                         {"12:00", "14:00", nullptr, "2026-11-23T05:00:00Z", true},
                         {"12:00", "14:00", nullptr, "2026-11-23T06:00:00Z", false},
                         {"12:00", "14:00", "Europe/Berlin", "2026-07-01T10:00:00Z", true},
                         {"12:00", "14:00", "Europe/Berlin", "2026-12-01T10:59:00Z", false},
                         {"12:00", "12:00", nullptr, "2026-11-23T04:00:00Z", false},
                         {nullptr, nullptr, nullptr, "2026-11-23T04:00:00Z", false}};
  for (const auto& c : cases) {
    Preferences said;
    if (c.from) said.quiet_from = {{c.from}}, said.quiet_to = {{c.to}};
    if (c.zone) said.quiet_zone = {{c.zone}};
    EXPECT_EQ(quiet_at(said, *parse_time(c.at), "Asia/Shanghai"), c.quiet)
        << (c.from ? c.from : "-") << " " << c.at;
  }
}

std::string refusal(const Preferences& said) {
  try {
    rules::check_preferences(said);
    return "";
  } catch (const Error& error) {
    return error.reason + (error.fields.empty() ? "" : " " + error.fields[0].field);
  }
}

TEST(Preferences, AreChecked) {
  Preferences said;
  EXPECT_EQ(refusal(said), "");
  said.quiet_from = {{"24:00"}};
  EXPECT_EQ(refusal(said), "not_a_time_of_day quiet_from");
  said.quiet_from = {{"22:00"}};
  EXPECT_EQ(refusal(said), "both_or_none quiet_to");
  said.quiet_to = {{"06:60"}};
  EXPECT_EQ(refusal(said), "not_a_time_of_day quiet_to");
  said.quiet_to = {{"06:30"}};
  said.quiet_zone = {{"Asia/Atlantis"}};
  EXPECT_EQ(refusal(said), "unknown_time_zone quiet_zone");
}

TEST(Belongings, HaveOneMainOrganisation) {
  std::vector<Belonging> list{{{1}, false, false}, {{2}, true, false}};
  rules::settle_main(list);
  EXPECT_TRUE(list[0].main);
  EXPECT_FALSE(list[1].main);
  list[1].main = true;
  EXPECT_THROW(rules::settle_main(list), Error);
  list = {{{1}, false, false}, {{1}, false, false}};
  EXPECT_THROW(rules::settle_main(list), Error);
}

TEST(Domains, AreOnlyDomains) {
  EXPECT_EQ(rules::checked_domain("@Example.CN"), "example.cn");
  for (auto bad : {"example", "a..b", ".cn", "cn.", "a b.cn", "a@b.cn"}) {
    EXPECT_THROW(rules::checked_domain(bad), Error) << bad;
  }
}

TEST(Masking, Sec6ShowsTheDomainOnly) {
  EXPECT_EQ(masked_email("li.wei@example.cn"), "l***@example.cn");
  EXPECT_EQ(masked_email("@example.cn"), "***");
}

}  // namespace
}  // namespace baijin::customers
