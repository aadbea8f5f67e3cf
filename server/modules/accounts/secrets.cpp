#include "modules/accounts/secrets.h"

#include <stdexcept>

#include "hub/hub.h"
#include "hub/keys.h"
#include "modules/accounts/totp.h"

namespace baijin::accounts {
namespace {

constexpr std::string_view totp_purpose = "totp";
constexpr int recovery_codes = 10;
constexpr int recovery_groups = 4;  // of four characters: 80 bits

// Codes are typed by people: blanks, dashes and case do not count.
std::string plain_code(std::string_view code) {
  std::string plain;
  for (char c : code) {
    if (c == ' ' || c == '-') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return plain;
}

std::string recovery_hash(Reader& reader, Id<User> member, std::string_view plain) {
  return reader.hub().keys().mac("recovery",
                                 std::to_string(member.value) + " " + std::string(plain));
}

}  // namespace

Secrets secrets_of(Reader& reader, Id<User> member) {
  auto found = reader.first<Secrets>(
      "SELECT {fields s} FROM user_secrets s WHERE {all: to compare, never to show} s.member = $1",
      member);
  if (!found) throw std::logic_error("a user without a row of secrets");
  return std::move(*found);
}

void write_password(Change& change, Id<User> member, std::string_view hash) {
  change.execute(
      "UPDATE user_secrets SET password_hash = $2, password_changed_at = $3 WHERE member = $1",
      member, hash, change.now());
}

std::optional<CodeMatch> match_code(Reader& reader, const Secrets& secrets, std::string_view code) {
  auto plain = plain_code(code);
  if (auto step = totp_step(open_totp(reader, secrets.totp), plain, reader.now(),
                            secrets.totp_step)) {
    return CodeMatch{step, {}};
  }
  auto recovery = reader.value<std::int64_t>(R"(SELECT c.id FROM recovery_codes c
        WHERE {all: to compare, never to show} c.member = $1 AND c.hash = $2)",
                                             secrets.member,
                                             recovery_hash(reader, secrets.member, plain));
  if (!recovery) return {};
  return CodeMatch{{}, recovery};
}

void use_code(Change& change, const Secrets& secrets, std::string_view code) {
  auto match = match_code(change, secrets, code);
  if (!match) throw wrong_code();
  auto used = match->step
                  ? change.execute(R"(UPDATE user_secrets SET totp_step = $2
                        WHERE member = $1 AND totp_step < $2)",
                                   secrets.member, *match->step)
                  : change.execute("DELETE FROM recovery_codes WHERE id = $1", *match->recovery);
  if (used != 1) throw wrong_code();
}

std::string seal_totp(Reader& reader, std::string_view secret) {
  return reader.hub().keys().seal(totp_purpose, secret);
}

std::string open_totp(Reader& reader, std::string_view sealed) {
  auto secret = reader.hub().keys().open(totp_purpose, sealed);
  if (!secret) throw std::runtime_error("a second factor was not sealed with this desk's key");
  return std::move(*secret);
}

std::vector<std::string> make_recovery_codes(Change& change, Id<User> member) {
  change.execute("DELETE FROM recovery_codes WHERE member = $1", member);
  std::vector<std::string> codes;
  for (int i = 0; i < recovery_codes; ++i) {
    auto plain = change.hub().keys().random_text(4 * recovery_groups);
    change.execute("INSERT INTO recovery_codes (member, hash) VALUES ($1, $2)", member,
                   recovery_hash(change, member, plain));
    auto& shown = codes.emplace_back(plain.substr(0, 4));
    for (std::size_t at = 4; at < plain.size(); at += 4) shown += "-" + plain.substr(at, 4);
  }
  return codes;
}

void remove_totp(Change& change, Id<User> member) {
  change.execute(R"(UPDATE user_secrets SET totp = '', totp_pending = '' WHERE member = $1)",
                 member);
  change.execute("DELETE FROM recovery_codes WHERE member = $1", member);
}

Error wrong_sign_in() { return Error(Kind::unauthenticated, "wrong_login_or_password"); }
Error wrong_code() { return Error(Kind::unauthenticated, "wrong_code"); }

}  // namespace baijin::accounts
