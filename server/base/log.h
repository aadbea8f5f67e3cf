#pragma once
// The log: one JSON object a line on standard error. Control characters, U+2028/9 and ANSI escapes
// in values are escaped (I7). Secrets, cookies, tokens and message texts are never logged.
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace baijin::log {

enum class Level { debug, info, warning, error };

struct Item {
  std::string_view name;
  std::variant<std::int64_t, double, bool, std::string> value;
  Item(std::string_view name_, std::string_view text) : name(name_), value(std::string(text)) {}
  Item(std::string_view name_, const std::string& text) : name(name_), value(text) {}
  Item(std::string_view name_, const char* text) : name(name_), value(std::string(text)) {}
  Item(std::string_view name_, bool flag) : name(name_), value(flag) {}
  Item(std::string_view name_, double number) : name(name_), value(number) {}
  template <std::integral N>
  Item(std::string_view name_, N number) : name(name_), value(static_cast<std::int64_t>(number)) {}
};
using Items = std::initializer_list<Item>;

void set_level(Level level);
Level level();
void write(Level level, std::string_view event, Items items);
inline void debug(std::string_view event, Items items = {}) { write(Level::debug, event, items); }
inline void info(std::string_view event, Items items = {}) { write(Level::info, event, items); }
inline void warn(std::string_view event, Items items = {}) { write(Level::warning, event, items); }
inline void error(std::string_view event, Items items = {}) { write(Level::error, event, items); }
// Tests look at what was logged; an empty function puts standard error back.
void capture(void (*sink)(std::string_view line));

}  // namespace baijin::log
