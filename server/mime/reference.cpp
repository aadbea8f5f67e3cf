#include "mime/reference.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "mime/characters.h"

namespace baijin::mime {
namespace {

// Neither case nor look decides between two of these (Crockford's): mail servers change the case,
// and people read them out.
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t mac_bytes = 16;
constexpr std::size_t mac_letters = 26;  // 128 bits, five a letter
constexpr std::size_t most_claims = 20;
constexpr std::size_t longest_text = 64 << 10;
constexpr std::string_view id_beginning = "ticket-";
constexpr std::string_view reply_beginning = "t";

std::string in_letters(std::string_view bytes) {
  std::string letters;
  unsigned bits = 0;
  int held = 0;
  for (char c : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(c);
    for (held += 8; held >= 5; held -= 5) letters += alphabet[bits >> (held - 5) & 31];
  }
  if (held > 0) letters += alphabet[bits << (5 - held) & 31];
  return letters;
}

void check_key(std::string_view key, std::int64_t ticket) {
  if (key.size() != reference_key_bytes)
    throw std::invalid_argument("a reference key has 32 bytes");
  if (ticket < 1) throw std::invalid_argument("a ticket's id is positive");
}

// The MAC over everything the mark says. Each part carries its length, so that no two lists of
// parts look the same.
std::string mac(std::string_view key, std::string_view kind, std::int64_t ticket,
                std::string_view recipient, std::string_view domain, std::string_view nonce) {
  std::string said = "baijin mail reference";
  const auto number = std::to_string(ticket);
  for (std::string_view part : {kind, std::string_view(number), recipient, domain, nonce}) {
    said += '\n' + std::to_string(part.size()) + ':' + lower(part);
  }
  std::array<unsigned char, mac_bytes> sum{};
  crypto_generichash(sum.data(), sum.size(), reinterpret_cast<const unsigned char*>(said.data()),
                     said.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
  return in_letters({reinterpret_cast<const char*>(sum.data()), sum.size()});
}

// One mark as it is written, in lower case; nothing in it is proven.
struct Claim {
  std::string_view kind;  // id_beginning or reply_beginning
  std::int64_t ticket = 0;
  std::string_view nonce;
  std::string_view mac;
  std::string_view domain;
  std::size_t length = 0;
};

std::size_t letters_at(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && alphabet.find(text[length]) != std::string_view::npos) ++length;
  return length;
}

std::size_t domain_at(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const char c = text[length];
    if (!is_digit(c) && !(c >= 'a' && c <= 'z') && c != '-' && c != '.') break;
    ++length;
  }
  return length;
}

// "17": digits without a leading zero.
bool take_ticket(std::string_view& text, std::int64_t& ticket) {
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, ticket);
  const bool good = parsed.ec == std::errc{} && ticket > 0 && text.front() != '0';
  if (good) text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  return good;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// ticket-17-NONCE.MAC@domain or +t17-MAC@domain, standing at the beginning of `text`.
bool read_claim(std::string_view text, Claim& claim) {
  const auto all = text.size();
  const bool is_id = text.starts_with(id_beginning);
  claim.kind = is_id ? id_beginning : reply_beginning;
  if (!is_id && !text.starts_with("+t")) return false;
  text.remove_prefix(is_id ? id_beginning.size() : 2);
  if (text.empty() || !take_ticket(text, claim.ticket) || !take(text, '-')) return false;
  if (is_id) {
    claim.nonce = text.substr(0, letters_at(text));
    text.remove_prefix(claim.nonce.size());
    if (claim.nonce.empty() || !take(text, '.')) return false;
  }
  claim.mac = text.substr(0, letters_at(text));
  text.remove_prefix(claim.mac.size());
  if (claim.mac.size() != mac_letters || !take(text, '@')) return false;
  claim.domain = text.substr(0, domain_at(text));
  text.remove_prefix(claim.domain.size());
  claim.length = all - text.size();
  return !claim.domain.empty();
}

// A mark begins a word; in the middle of one it is something else.
bool begins_word(std::string_view text, std::size_t at) {
  if (text[at] == '+') return at > 0;
  return at == 0 || std::string_view(" \t<,;").find(text[at - 1]) != std::string_view::npos;
}

template <class Sink>
void each_claim(std::string_view text, const Sink& sink) {
  const auto small = lower(text.substr(0, longest_text));
  const std::string_view all = small;
  for (std::size_t at = 0; at < all.size(); ++at) {
    Claim claim;
    const bool may_be = (all[at] == 't' || all[at] == '+') && begins_word(all, at);
    if (!may_be || !read_claim(all.substr(at), claim)) continue;
    sink(claim);
    at += claim.length - 1;
  }
}

}  // namespace

std::string make_reference(std::string_view key, std::int64_t ticket, std::string_view recipient,
                           std::string_view domain, std::string_view nonce) {
  check_key(key, ticket);
  if (nonce.size() < 8 || nonce.size() > 32) throw std::invalid_argument("8 to 32 bytes of chance");
  const auto host = lower(domain);
  if (host.empty() || domain_at(host) != host.size()) throw std::invalid_argument("not a domain");
  const auto letters = in_letters(nonce);
  return std::string(id_beginning) + std::to_string(ticket) + '-' + letters + '.' +
         mac(key, id_beginning, ticket, recipient, host, letters) + '@' + host;
}

std::string make_reply_address(std::string_view key, std::int64_t ticket,
                               std::string_view recipient, std::string_view mailbox) {
  check_key(key, ticket);
  const auto at = mailbox.rfind('@');
  if (at == std::string_view::npos) throw std::invalid_argument("not a mailbox");
  const auto host = lower(mailbox.substr(at + 1));
  if (host.empty() || domain_at(host) != host.size()) throw std::invalid_argument("not a domain");
  const auto local = std::string(mailbox.substr(0, at)) + "+t" + std::to_string(ticket) + '-' +
                     mac(key, reply_beginning, ticket, recipient, host, {});
  return local.size() > 64 ? std::string() : local + '@' + host;
}

std::optional<std::int64_t> read_reference(std::string_view key, std::string_view text,
                                           std::string_view recipient) {
  check_key(key, 1);
  std::optional<std::int64_t> found;
  each_claim(text, [&](const Claim& claim) {
    const auto right = mac(key, claim.kind, claim.ticket, recipient, claim.domain, claim.nonce);
    if (sodium_memcmp(right.data(), claim.mac.data(), mac_letters) == 0) found = claim.ticket;
  });
  return found;
}

std::vector<std::int64_t> claimed_tickets(std::string_view text) {
  std::vector<std::int64_t> tickets;
  each_claim(text, [&](const Claim& claim) {
    const bool known = std::ranges::find(tickets, claim.ticket) != tickets.end();
    if (!known && tickets.size() < most_claims) tickets.push_back(claim.ticket);
  });
  return tickets;
}

}  // namespace baijin::mime
