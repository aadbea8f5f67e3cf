#pragma once
// Names of things: Id<T> is typed, Ref ("ticket:17") names anything. 0 is "no id yet".
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace baijin {

template <class T>
struct Id {
  std::int64_t value = 0;
  constexpr auto operator<=>(const Id&) const = default;
  explicit constexpr operator bool() const { return value != 0; }
};

// How often a record was saved; `save` refuses a stale one (conflict "changed_meanwhile").
struct Version {
  std::int64_t value = 0;
  constexpr auto operator<=>(const Version&) const = default;
};

// A reference to any record: the record's kind (singular, see TABLE) and its id.
struct Ref {
  std::string kind;
  std::int64_t id = 0;
  auto operator<=>(const Ref&) const = default;
  std::string text() const { return kind + ":" + std::to_string(id); }
};

// "ticket:17" → Ref; nothing for any other text. Ids are 1 … 2^63-1 without leading zeros.
std::optional<Ref> parse_ref(std::string_view text);

}  // namespace baijin

template <class T>
struct std::hash<baijin::Id<T>> {
  std::size_t operator()(baijin::Id<T> id) const { return std::hash<std::int64_t>{}(id.value); }
};
