#pragma once
// One value on its way to or from a database: typed even when null, because a parameter's type must
// be known to PostgreSQL. `text` may point into the record or into the database's row.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace baijin {

struct Cell {
  enum class Type : std::uint8_t { integer, real, text, boolean };
  Type type = Type::text;
  bool null = true;
  std::int64_t integer = 0;  // also booleans, 0 or 1
  double real = 0;
  std::string_view text;
  std::string owned;  // holds the bytes of `text` when nothing else does

  void set(std::int64_t value) {
    type = Type::integer;
    null = false;
    integer = value;
  }
  void set(bool value) {
    type = Type::boolean;
    null = false;
    integer = value ? 1 : 0;
  }
  void set(double value) {
    type = Type::real;
    null = false;
    real = value;
  }
  void set(std::string_view value) {
    type = Type::text;
    null = false;
    text = value;
  }
  void own(std::string value) {
    owned = std::move(value);
    set(std::string_view(owned));
  }
  // Reading: the engines disagree on what they hand back, so each accepts the other's form.
  std::int64_t as_integer() const;
  double as_real() const;
  bool as_boolean() const;

  Cell() = default;
  Cell(const Cell& other) { *this = other; }
  Cell& operator=(const Cell& other) {
    type = other.type, null = other.null, integer = other.integer, real = other.real;
    bool owns = other.text.data() == other.owned.data() && !other.owned.empty();
    owned = other.owned;
    text = owns ? std::string_view(owned) : other.text;
    return *this;
  }
  // Short bytes lie inside the string and move with it: `text` must follow.
  Cell(Cell&& other) noexcept { *this = std::move(other); }
  Cell& operator=(Cell&& other) noexcept {
    type = other.type, null = other.null, integer = other.integer, real = other.real;
    bool owns = other.text.data() == other.owned.data() && !other.owned.empty();
    owned = std::move(other.owned);
    text = owns ? std::string_view(owned) : other.text;
    return *this;
  }
};

}  // namespace baijin
