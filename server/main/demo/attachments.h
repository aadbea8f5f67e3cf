#pragma once
// Small files as people attach them: tables, notes, screenshots.
#include <string>
#include <string_view>

#include "main/demo/dice.h"

namespace baijin::demo {

// The content that fits the ending of the name: .csv, .txt or .png.
std::string attachment(std::string_view name, std::string_view subject, Dice& dice);
// A PNG image of grey boxes and lines, as a drawing or window looks from afar.
std::string drawing(int width, int height, Dice& dice);

}  // namespace baijin::demo
