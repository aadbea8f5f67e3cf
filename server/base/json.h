#pragma once
// JSON in and out. In: RFC 8259, UTF-8, depth ≤ 64, no duplicate keys (I8). Out: a direct writer.
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace baijin {

// The whole text must be one value. Numbers beyond the range of a double are refused.
// Throws invalid("not_json" | "too_deep" | "duplicate_key").
boost::json::value parse_json(std::string_view text);

// Appends to a string; puts commas by itself. Objects: key() then a value.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  void begin_object() {
    before();
    out_ += '{';
    fresh_ = true;
  }
  void end_object() {
    out_ += '}';
    fresh_ = false;
  }
  void begin_array() {
    before();
    out_ += '[';
    fresh_ = true;
  }
  void end_array() {
    out_ += ']';
    fresh_ = false;
  }
  void key(std::string_view name);
  void text(std::string_view value);
  void number(std::int64_t value);
  void real(double value);  // null for what JSON cannot say (NaN, infinities)
  void boolean(bool value) {
    before();
    out_ += value ? "true" : "false";
  }
  void null() {
    before();
    out_ += "null";
  }
  void time(Time value);
  void raw(std::string_view json) {
    before();
    out_ += json;
  }
  void value(const boost::json::value& value);
  void object(const boost::json::object& value);

 private:
  void before() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  std::string& out_;
  bool fresh_ = true;
};

// A JSON string literal with its quotes.
void append_json_text(std::string& out, std::string_view text);

}  // namespace baijin
