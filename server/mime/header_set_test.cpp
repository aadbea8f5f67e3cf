// The data set's tables of single headers: addresses, types, dates, Message-IDs, subjects.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "mime/addresses.h"
#include "mime/characters.h"
#include "mime/encoded_words.h"
#include "mime/header_block.h"
#include "mime/mail_date.h"
#include "mime/parameters.h"

namespace baijin::mime {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

const fs::path tables = fs::path(BAIJIN_SOURCE_DIR) / "../shared/data/mail/resources";

std::string text_or_nothing(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : std::string();
}

// As it stands below a header's name in a message: what follows an unfolded line is another header.
std::string value_in_message(std::string_view header) {
  Budget budget{Limits{}};
  const auto bytes = "X:" + std::string(header);
  const auto block = read_header_block(bytes, 0, budget);
  return block.fields.empty() ? std::string() : unfolded(block.fields.front().value);
}

std::string addresses(const json::value& expected) {
  std::string all;
  auto add = [&](const json::value& list, const std::string& group) {
    for (const auto& one : list.as_array()) {
      all += group + "/" + one_line(text_or_nothing(one.at("name"))) + " <" +
             lower(text_or_nothing(one.at("address"))) + ">; ";
    }
  };
  const auto& object = expected.as_object();
  if (const auto* list = object.if_contains("List")) add(*list, {});
  if (const auto* groups = object.if_contains("Group")) {
    for (const auto& one : groups->as_array())
      add(one.at("addresses"), text_or_nothing(one.at("name")));
  }
  return all;
}

std::string addresses_read(std::string_view header) {
  Budget budget{Limits{}};
  std::string all;
  for (const auto& one : read_addresses(value_in_message(header), {}, budget)) {
    all += one.group + "/" + one.name + " <" + lower(one.email) + ">; ";
  }
  return all;
}

std::string type(const json::value& expected) {
  if (!expected.is_object()) return {};
  auto text = text_or_nothing(expected.at("c_type"));
  const auto subtype = text_or_nothing(expected.at("c_subtype"));
  text = lower(subtype.empty() ? text : text + "/" + subtype);
  std::map<std::string, std::string> sorted;
  if (const auto* list = expected.as_object().if_contains("attributes"); list && list->is_array()) {
    for (const auto& pair : list->as_array()) {
      if (text_or_nothing(pair.at(0)).ends_with("-language")) continue;
      sorted.emplace(lower(text_or_nothing(pair.at(0))), one_line(text_or_nothing(pair.at(1))));
    }
  }
  for (const auto& [name, value] : sorted) text += "; " + name + "=" + value;
  return text;
}

std::string type_read(std::string_view header) {
  Budget budget{Limits{}};
  const auto read = read_parameters(value_in_message(header), {}, budget);
  auto text = read.value;
  std::map<std::string, std::string> sorted;
  for (const auto& one : read.parameters) sorted.emplace(one.name, one.value);
  for (const auto& [name, value] : sorted) text += "; " + name + "=" + value;
  return text;
}

std::string date(const json::value& expected) {
  if (!expected.is_object()) return {};
  auto number = [&](std::string_view name) { return expected.at(name).to_number<int>(); };
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", number("year"),
                number("month"), number("day"), number("hour"), number("minute"), number("second"),
                expected.at("tz_before_gmt").as_bool() ? '-' : '+', number("tz_hour"),
                number("tz_minute"));
  const auto time = parse_time(text);
  return time ? to_text(*time) : std::string();  // before 1970
}

std::string date_read(std::string_view header) {
  const auto read = read_date(value_in_message(header));
  return read.time ? to_text(*read.time) : std::string();
}

std::string ids(const json::value& expected) {
  std::string all;
  if (!expected.is_array()) return all;
  for (const auto& id : expected.as_array()) all += text_or_nothing(id) + " ";
  return all;
}

std::string ids_read(std::string_view header) {
  std::string all;
  for (const auto& id : read_ids(value_in_message(header))) all += id + " ";
  return all;
}

std::string words(const json::value& expected) { return one_line(text_or_nothing(expected)); }

std::string words_read(std::string_view header) {
  Budget budget{Limits{}};
  return decoded_words(value_in_message(header), {}, budget);
}

// "address/31: a reason" → reason
std::map<std::string, std::string> judged_differences(const std::string& table) {
  std::ifstream file(MAIL_SET_DIFFERENCES);
  std::map<std::string, std::string> known;
  for (std::string line; std::getline(file, line);) {
    const auto colon = line.find(": ");
    if (!line.starts_with(table + "/") || colon == std::string::npos) continue;
    known[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return known;
}

void check(const std::string& table, std::string (*expect)(const json::value&),
           std::string (*read)(std::string_view)) {
  const auto path = tables / (table + ".json");
  if (!fs::exists(path)) GTEST_SKIP() << "no data set at " << path;
  std::ifstream file(path, std::ios::binary);
  const auto rows = parse_json(std::string(std::istreambuf_iterator<char>(file), {}));
  auto known = judged_differences(table);
  int agreeing = 0;
  for (std::size_t i = 0; i < rows.as_array().size(); ++i) {
    const auto& row = rows.at(i);
    const auto where = table + "/" + std::to_string(i);
    const auto header = std::string(row.at("header").as_string());
    const auto expected = expect(row.at("expected"));
    const auto got = read(header);
    if (expected == got) ++agreeing;
    const bool judged = known.erase(where) > 0;
    EXPECT_EQ(expected == got, !judged)
        << where << ": " << header << "\n  expected " << expected << "\n  read     " << got;
  }
  EXPECT_TRUE(known.empty());
  ::testing::Test::RecordProperty("score", table + " headers: " + std::to_string(agreeing) +
                                               " of " + std::to_string(rows.as_array().size()) +
                                               " agree");
}

TEST(HeaderSet, Addresses) { check("address", addresses, addresses_read); }
TEST(HeaderSet, Types) { check("content_type", type, type_read); }
TEST(HeaderSet, Dates) { check("date", date, date_read); }
TEST(HeaderSet, Ids) { check("id", ids, ids_read); }
TEST(HeaderSet, Subjects) { check("unstructured", words, words_read); }

}  // namespace
}  // namespace baijin::mime
