#pragma once
// Things that are said again and again, where a conversation leaves them to the usual.
#include <string>
#include <string_view>

#include "main/demo/dice.h"

namespace baijin::demo {

// Texts with braces still in them (dialogue.h).
std::string acknowledgement(bool english, Dice& dice);
std::string question(bool english, Dice& dice);
std::string it_is_back(bool english, Dice& dice);
std::string call_back(Dice& dice);
std::string hand_over_note(Dice& dice);
// A diagnosis (D), original parameters (O), backup (B), solution (S), test (T) or signature (G).
std::string usual_text(char what, Dice& dice);

}  // namespace baijin::demo
