// M1: a ticket is found by a mark that only this desk can make, for this person.
#include "mime/reference.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace baijin::mime {
namespace {

const std::string key(32, 'k');
const std::string nonce = "12345678";
constexpr std::string_view wang = "wang@customer.cn";

std::string reference(std::int64_t ticket = 17) {
  return make_reference(key, ticket, wang, "desk.example", nonce);
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

TEST(Reference, FindsItsTicketAndNoOther) {
  const auto id = reference();
  EXPECT_TRUE(id.starts_with("ticket-17-"));
  EXPECT_TRUE(id.ends_with("@desk.example"));
  EXPECT_EQ(read_reference(key, id, wang), 17);
  EXPECT_EQ(read_reference(key, "<" + id + ">", wang), 17);
  EXPECT_EQ(read_reference(key, "<a@b.c> <" + id + ">", "WANG@customer.cn"), 17);
  EXPECT_EQ(read_reference(key, upper(id), wang), 17) << "mail servers change the case";
  EXPECT_EQ(read_reference(std::string(32, 'x'), id, wang), std::nullopt);
  EXPECT_EQ(read_reference(key, id, "li@customer.cn"), std::nullopt) << "made for somebody else";
}

TEST(Reference, IsNotMovedToAnotherTicketDomainOrKind) {
  auto moved = reference();
  moved.replace(0, 10, "ticket-18-");
  EXPECT_EQ(read_reference(key, moved, wang), std::nullopt);
  auto elsewhere = reference();
  elsewhere.replace(elsewhere.find('@'), std::string::npos, "@evil.example");
  EXPECT_EQ(read_reference(key, elsewhere, wang), std::nullopt);
  const auto id = reference();
  const auto mac = id.substr(id.find('.') + 1, 26);
  EXPECT_EQ(read_reference(key, "support+t17-" + mac + "@desk.example", wang), std::nullopt);
}

TEST(Reference, EveryChangedLetterIsFound) {
  const auto id = reference();
  for (std::size_t i = 0; i < id.size(); ++i) {
    auto changed = id;
    changed[i] = changed[i] == '2' ? '3' : '2';
    EXPECT_EQ(read_reference(key, changed, wang), std::nullopt) << changed;
  }
}

TEST(Reference, NoOtherFormatIsAccepted) {
  for (std::string_view text :
       {"ticket-17@desk.example", "<ticket-17-abc@desk.example>", "[#17]", "Ticket 17", "17",
        "ticket-17-.@desk.example", "ticket-017-1234.aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example",
        "notify-17-3-abcdef@desk.example", "ticket--17-12.aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example",
        "ticket-99999999999999999999-12.aaaaaaaaaaaaaaaaaaaaaaaaaa@desk.example"}) {
    EXPECT_EQ(read_reference(key, text, wang), std::nullopt) << text;
  }
  EXPECT_EQ(read_reference(key, "x" + reference(), wang), std::nullopt) << "not a whole word";
}

TEST(Reference, TheReplyAddressFindsItToo) {
  const auto address = make_reply_address(key, 17, wang, "support@desk.example");
  EXPECT_TRUE(address.starts_with("support+t17-"));
  EXPECT_LE(address.find('@'), 64U);
  EXPECT_EQ(read_reference(key, address, wang), 17);
  EXPECT_EQ(read_reference(key, "\"服务台\" <" + upper(address) + ">", wang), 17);
  EXPECT_EQ(read_reference(key, address, "li@customer.cn"), std::nullopt);
  EXPECT_EQ(address, make_reply_address(key, 17, "Wang@Customer.cn", "support@Desk.example"));
  const auto long_mailbox = std::string(40, 's') + "@desk.example";
  EXPECT_EQ(make_reply_address(key, 17, wang, long_mailbox), "");
}

TEST(Reference, ClaimsAreUnproven) {
  EXPECT_EQ(claimed_tickets("<" + reference(5) + "> <" + reference(9) + "> <" + reference(5) + ">"),
            (std::vector<std::int64_t>{5, 9}));
  EXPECT_TRUE(claimed_tickets("Re: Ticket 17").empty());
}

TEST(Reference, TheLastGenuineOneCounts) {
  EXPECT_EQ(read_reference(key, reference(5) + " " + reference(9), wang), 9);
}

TEST(Reference, WrongUseIsAnErrorOfOurs) {
  EXPECT_THROW(make_reference("short", 1, wang, "a.b", nonce), std::invalid_argument);
  EXPECT_THROW(make_reference(key, 0, wang, "a.b", nonce), std::invalid_argument);
  EXPECT_THROW(make_reference(key, 1, wang, "a b", nonce), std::invalid_argument);
  EXPECT_THROW(make_reference(key, 1, wang, "a.b", "x"), std::invalid_argument);
}

TEST(Reference, LongHeadersTakeNoTime) {
  std::string text;
  while (text.size() < 1 << 20) text += "ticket-17-ticket-17-+t17-";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(read_reference(key, text, wang), std::nullopt);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

RC_GTEST_PROP(Reference, ReadsWhatWasMade, (std::int64_t ticket, const std::string& chance)) {
  RC_PRE(ticket > 0);
  const auto bytes = (chance + "12345678").substr(0, 32);
  const auto id = make_reference(key, ticket, wang, "desk.example", bytes);
  RC_ASSERT(read_reference(key, id, wang) == ticket);
}

}  // namespace
}  // namespace baijin::mime
