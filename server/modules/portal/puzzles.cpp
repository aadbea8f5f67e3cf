#include "modules/portal/puzzles.h"

#include <algorithm>
#include <charconv>

#include "hub/hub.h"
#include "hub/keys.h"
#include "hub/module.h"
#include "modules/organisation/organisation.h"

namespace baijin::portal {
namespace {

constexpr std::int64_t bits_to_find = 17;  // some 130,000 tries
constexpr auto good_for = minutes(30);
constexpr std::string_view purpose = "guest puzzle";

// "ends_at.chance.MAC"; its end, when it is one of ours.
std::optional<Time> end_of(Reader& reader, std::string_view challenge) {
  auto dot = challenge.rfind('.');
  if (dot == challenge.npos) return {};
  auto text = challenge.substr(0, dot);
  if (!reader.hub().keys().mac_matches(purpose, text, challenge.substr(dot + 1))) return {};
  Time end;
  std::from_chars(text.data(), text.data() + text.size(), end.us);
  return end;
}

void sweep(Change& change) {
  change.keep_books("DELETE FROM guest_puzzles WHERE ends_at < $1", change.now());
}

}  // namespace

bool solves(std::string_view challenge, std::int64_t answer, std::int64_t bits) {
  auto hash = sha256_hex(std::string(challenge) + ":" + std::to_string(answer));
  auto whole = static_cast<std::size_t>(bits / 4);
  if (!std::all_of(hash.begin(), hash.begin() + static_cast<std::ptrdiff_t>(whole),
                   [](char digit) { return digit == '0'; })) {
    return false;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  return digits.find(hash[whole]) < (std::size_t{16} >> (bits % 4));
}

std::optional<GuestPuzzle> new_puzzle(Reader& reader) {
  if (!organisation::the_organisation(reader).guest_puzzle) return {};
  auto text = std::to_string((reader.now() + good_for).us) + "." +
              reader.hub().keys().random_text(22);
  auto mac = reader.hub().keys().mac(purpose, text);
  return GuestPuzzle{text + "." + mac, bits_to_find};
}

void must_be_solved(Change& change, const std::optional<GuestPuzzleAnswer>& answer) {
  if (!organisation::the_organisation(change).guest_puzzle) return;
  if (!answer) throw invalid("required", "puzzle");
  const auto& challenge = answer->challenge.value;
  auto end = end_of(change, challenge);
  bool solved = end && *end > change.now() && solves(challenge, answer->answer, bits_to_find);
  if (!solved) throw invalid("wrong_puzzle", "puzzle");
  auto fresh = change.keep_books(R"(INSERT INTO guest_puzzles (challenge, ends_at) VALUES ($1, $2)
      ON CONFLICT (challenge) DO NOTHING)",
                                 challenge, *end);
  if (fresh == 0) throw invalid("wrong_puzzle", "puzzle");
}

void install_puzzles(Module& m) { m.every("portal.sweep_puzzles", hours(1), sweep); }

}  // namespace baijin::portal
