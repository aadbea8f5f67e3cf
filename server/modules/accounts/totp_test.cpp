#include "modules/accounts/totp.h"

#include <gtest/gtest.h>

namespace baijin::accounts {
namespace {

constexpr std::string_view rfc_secret = "12345678901234567890";

// RFC 6238, appendix B, the rows of SHA-1.
TEST(Totp, rfc_6238_vectors) {
  struct Row {
    std::int64_t at;
    std::string_view code;
  };
  for (const auto& row :
       {Row{59, "94287082"}, Row{1111111109, "07081804"}, Row{1111111111, "14050471"},
        Row{1234567890, "89005924"}, Row{2000000000, "69279037"}, Row{20000000000, "65353130"}}) {
    EXPECT_EQ(totp_code(rfc_secret, row.at / totp_seconds, 8), row.code) << row.at;
  }
}

// U10: one step back and one ahead, each step once.
TEST(Totp, U10_one_step_around_and_once_only) {
  Time now{1'234'567'890'000'000};
  auto step = now.us / 1'000'000 / totp_seconds;
  for (int away = -3; away <= 3; ++away) {
    auto found = totp_step(rfc_secret, totp_code(rfc_secret, step + away), now, 0);
    EXPECT_EQ(found.has_value(), away >= -1 && away <= 1) << away;
    if (found) {
      EXPECT_EQ(*found, step + away);
    }
  }
  EXPECT_FALSE(totp_step(rfc_secret, totp_code(rfc_secret, step), now, step));
  EXPECT_FALSE(totp_step(rfc_secret, totp_code(rfc_secret, step - 1), now, step));
  EXPECT_TRUE(totp_step(rfc_secret, totp_code(rfc_secret, step + 1), now, step));
  for (auto code : {"", "12345", "1234567", "abcdef", "00000０"}) {
    EXPECT_FALSE(totp_step(rfc_secret, code, now, 0)) << code;
  }
}

// RFC 4648, section 10.
TEST(Totp, base32_vectors) {
  EXPECT_EQ(base32(""), "");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(base32("fo"), "MZXQ");
  EXPECT_EQ(base32("foo"), "MZXW6");
  EXPECT_EQ(base32("foob"), "MZXW6YQ");
  EXPECT_EQ(base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, link_encodes_what_people_are_called) {
  EXPECT_EQ(totp_link("Baijin", "li wei&secret=x", "foo"),
            "otpauth://totp/Baijin:li%20wei%26secret%3Dx?secret=MZXW6&issuer=Baijin");
}

}  // namespace
}  // namespace baijin::accounts
