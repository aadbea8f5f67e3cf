#pragma once
// A small puzzle that costs a browser a second and a program that asks ten thousand times hours
// (M7): find a number after which SHA-256 of "challenge:number" begins with so many zero bits.
// Nothing is kept of a puzzle until it was solved; it is good for half an hour and for one request.
#include <optional>
#include <string>

#include "hub/change.h"

namespace baijin {

class Module;

namespace portal {

struct GuestPuzzle {
  std::string challenge;
  std::int64_t bits = 0;  // zero bits the hash must begin with
};
FIELDS(GuestPuzzle, challenge, bits)

struct GuestPuzzleAnswer {
  Text<1, 200> challenge;
  std::int64_t answer = 0;
};
FIELDS(GuestPuzzleAnswer, challenge, answer)

bool solves(std::string_view challenge, std::int64_t answer, std::int64_t bits);

// Nothing where the organisation sets none.
std::optional<GuestPuzzle> new_puzzle(Reader& reader);
// invalid "required" | "wrong_puzzle": forged, too old, not solved or used before.
void must_be_solved(Change& change, const std::optional<GuestPuzzleAnswer>& answer);

void install_puzzles(Module& m);

}  // namespace portal
}  // namespace baijin
