#include "base/fields.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <limits>

namespace baijin {
namespace {

enum class Weight { light, heavy };
BOOST_DESCRIBE_ENUM(Weight, light, heavy)

struct Contact {
  Name name;
  std::optional<Email> email;
};
FIELDS(Contact, name, email)

struct Machine {
  Id<Machine> id;
  Version version;
  Name name;
  Lines<20> remark;
  std::int64_t hours = 0;
  std::int32_t rooms = 0;
  double load = 0;
  bool running = false;
  Weight weight = Weight::light;
  Time seen;
  Date bought;
  Duration every;
  Ref about;
  Phone phone;
  Slug key;
  Link link;
  Html<200> notes;
  std::string label;
  std::optional<Weight> wish;
  Contact main;
  std::vector<Contact> contacts;
  std::vector<Weight> weights;
  JsonMap custom;
  Secret pin;
};
FIELDS(Machine, id, version, name, remark, hours, rooms, load, running, weight, seen, bought, every,
       about, phone, key, link, notes, label, wish, main, contacts, weights, custom, pin)
TABLE(Machine, "machine", "machines")
STAFF_ONLY(Machine, "remark", "pin")

struct MachinePatch {
  Given<Name> name;
  Given<std::optional<Date>> bought;
  Given<std::vector<Contact>> contacts;
};
FIELDS(MachinePatch, name, bought, contacts)

boost::json::object good() {
  return parse_json(R"({"id":7,"version":2,"name":" 泵 ","remark":"a\r\nb","hours":-5,"rooms":3,
    "load":0.5,"running":true,"weight":"heavy","seen":"2026-11-23T14:00:00+08:00",
    "bought":"2024-02-29","every":90,"about":"ticket:17","phone":"110 119","key":"pump-1",
    "link":"https://x.cn/","notes":"<b onclick=x>hi</b><script>1</script>","label":"L","wish":null,
    "main":{"name":"李"},"contacts":[{"name":"A","email":"a@B.cn"}],"weights":["light","heavy"],
    "custom":{"colour":["red",1]},"pin":"1234"})")
      .as_object();
}

// "field reason, field reason" of what parsing says.
template <class T = Machine>
std::string problems(const boost::json::value& input) {
  try {
    from_json<T>(input);
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind, Kind::invalid);
    if (error.fields.empty()) return "!" + error.reason;
    EXPECT_EQ(error.reason, "invalid_fields");
    std::string text;
    for (const auto& one : error.fields) {
      text += (text.empty() ? "" : ", ") + one.field + " " + one.reason;
    }
    return text;
  }
}

TEST(Fields, ARecordIsReadAndWritten) {
  const auto machine = from_json<Machine>(good());
  EXPECT_EQ(machine.id.value, 7);
  EXPECT_EQ(machine.name.value, "泵");
  EXPECT_EQ(machine.remark.value, "a\nb");
  EXPECT_EQ(machine.every, seconds(90));
  EXPECT_EQ(machine.weight, Weight::heavy);
  EXPECT_EQ(machine.notes.value, "<b>hi</b>");
  EXPECT_EQ(machine.contacts.at(0).email->value, "a@b.cn");
  EXPECT_EQ(machine.pin.value, "1234");
  EXPECT_EQ(to_json(machine),
            "{\"id\":7,\"version\":2,\"name\":\"泵\",\"remark\":\"a\\nb\",\"hours\":-5,\"rooms\":3,"
            "\"load\":0.5,\"running\":true,\"weight\":\"heavy\","
            "\"seen\":\"2026-11-23T06:00:00.000Z\",\"bought\":\"2024-02-29\",\"every\":90,"
            "\"about\":\"ticket:17\",\"phone\":\"110 119\",\"key\":\"pump-1\","
            "\"link\":\"https://x.cn/\",\"notes\":\"<b>hi</b>\",\"label\":\"L\",\"wish\":null,"
            "\"main\":{\"name\":\"李\",\"email\":null},"
            "\"contacts\":[{\"name\":\"A\",\"email\":\"a@b.cn\"}],"
            "\"weights\":[\"light\",\"heavy\"],\"custom\":{\"colour\":[\"red\",1]},\"pin\":null}");
}

TEST(Fields, CustomersNeverReceiveWhatIsForStaffOnly) {
  const auto text = to_json(from_json<Machine>(good()), Audience::customer);
  const auto value = parse_json(text);
  EXPECT_FALSE(value.as_object().contains("remark"));
  EXPECT_FALSE(value.as_object().contains("pin"));
  EXPECT_TRUE(value.as_object().contains("name"));
}

TEST(Fields, OptionalsListsMapsAndFlagsMayBeAbsent) {
  auto input = good();
  for (const auto* name : {"wish", "contacts", "weights", "custom", "running"}) input.erase(name);
  EXPECT_EQ(problems(input), "");
}

TEST(Fields, EveryProblemIsNamedWithItsPath) {
  auto input = good();
  input.erase("name");
  input["hours"] = 1.5;
  input["main"] = {{"name", ""}, {"email", "x"}, {"more", 1}};
  input["contacts"] = {{{"name", "A"}}, {{"name", "B"}, {"email", "no"}}};
  input["weights"] = {"light", "huge"};
  input["extra"] = 1;
  EXPECT_EQ(problems(input),
            "name required, hours wrong_type, main.name required, main.email not_an_email, "
            "main.more unknown_field, contacts.1.email not_an_email, weights.1 not_a_choice, "
            "extra unknown_field");
  EXPECT_EQ(problems(boost::json::array{}), "!wrong_type");
  EXPECT_EQ(problems(nullptr), "!wrong_type");
}

TEST(Fields, LimitsAreChecked) {
  const std::pair<std::string_view, std::pair<const char*, const char*>> table[] = {
      {"id", {"0", "not_an_id"}},
      {"id", {"-1", "not_an_id"}},
      {"id", {"18446744073709551615", "out_of_range"}},
      {"hours", {"9223372036854775808", "out_of_range"}},
      {"hours", {"1e300", "out_of_range"}},
      {"rooms", {"2147483648", "out_of_range"}},
      {"every", {"-1", "out_of_range"}},
      {"remark", {"\"123456789012345678901\"", "too_long"}},
      {"seen", {"\"yesterday\"", "not_a_time"}},
      {"bought", {"\"2023-02-29\"", "not_a_date"}},
      {"about", {"\"ticket:0\"", "not_a_reference"}},
      {"phone", {"\"abc\"", "not_a_phone"}},
      {"key", {"\"A\"", "not_a_slug"}},
      {"link", {"\"javascript:1\"", "not_a_link"}},
      {"weight", {"\"\"", "not_a_choice"}}};
  for (const auto& [field, row] : table) {
    auto input = good();
    input[field] = parse_json(row.first);
    EXPECT_EQ(problems(input), std::string(field) + " " + row.second);
  }
  auto input = good();
  input["contacts"] = boost::json::array(1'001, input["main"]);
  EXPECT_EQ(problems(input), "contacts too_many");
  input = good();
  input["custom"] = {{"x", std::string(65'536, 'x')}};
  EXPECT_EQ(problems(input), "custom too_long");
  input = good();
  input["rooms"] = 3.0;
  EXPECT_EQ(problems(input), "");
}

TEST(Fields, I8NoFieldTakesAnotherType) {
  const boost::json::value strangers[] = {boost::json::array{},
                                          boost::json::array{1, "x"},
                                          boost::json::object{},
                                          boost::json::object{{"$ne", 1}},
                                          nullptr,
                                          true,
                                          false,
                                          12,
                                          -1,
                                          0.5,
                                          std::numeric_limits<double>::infinity(),
                                          -1e300,
                                          std::numeric_limits<std::uint64_t>::max(),
                                          "x",
                                          ""};
  for (const auto& field : fields_of<Machine>().list) {
    for (const auto& stranger : strangers) {
      using Shape = Codec::Shape;
      const auto shape = field.codec->shape;
      const bool fits = (shape == Shape::array && stranger.is_array()) ||
                        (shape == Shape::object && stranger.is_object()) ||
                        (shape == Shape::boolean && stranger.is_bool()) ||
                        (shape == Shape::text && stranger.is_string()) ||
                        ((shape == Shape::integer || shape == Shape::number) &&
                         stranger.is_number()) ||
                        (field.codec->nullable && stranger.is_null());
      if (fits) continue;
      auto input = good();
      input[field.name] = stranger;
      const auto said = problems(input);
      EXPECT_TRUE(said.starts_with(std::string(field.name) + " wrong_type")) << field.name << said;
    }
  }
}

TEST(Fields, APatchTellsAbsentFromNull) {
  Name name{"old"};
  std::optional<Date> bought = Date{1};
  const auto empty = from_json<MachinePatch>(parse_json("{}"));
  empty.name.into(name);
  empty.bought.into(bought);
  EXPECT_EQ(name.value, "old");
  EXPECT_TRUE(bought);
  const auto patch = from_json<MachinePatch>(parse_json(R"({"name":"new","bought":null})"));
  patch.name.into(name);
  patch.bought.into(bought);
  EXPECT_EQ(name.value, "new");
  EXPECT_FALSE(bought);
  EXPECT_FALSE(patch.contacts.given);
  EXPECT_EQ(problems<MachinePatch>(parse_json(R"({"name":null})")), "name wrong_type");
  EXPECT_EQ(problems<MachinePatch>(parse_json(R"({"contacts":[{}]})")), "contacts.0.name required");
}

TEST(Fields, ARowComesBackAsItWas) {
  const auto before = from_json<Machine>(good());
  Machine after;
  for (const auto& field : fields_of<Machine>().list) {
    Cell cell;
    field.codec->store(cell, field.in(&before));
    EXPECT_EQ(cell.type, field.codec->column) << field.name;
    const Cell copy = cell;
    field.codec->load(field.in(&after), copy);
    EXPECT_TRUE(field.codec->same(field.in(&before), field.in(&after))) << field.name;
  }
}

TEST(Fields, ABrokenRowIsAnInternalErrorNotAWrongValue) {
  for (const auto& field : fields_of<Machine>().list) {
    if (field.codec->nullable) continue;
    Machine machine;
    const Cell null;
    EXPECT_THROW(field.codec->load(field.in(&machine), null), std::runtime_error) << field.name;
  }
  Machine machine;
  Cell cell;
  cell.set(std::string_view("enormous"));
  const auto& fields = fields_of<Machine>();
  for (const auto* name : {"weight", "about", "contacts", "custom", "hours", "rooms"}) {
    const auto* field = fields.find(name);
    EXPECT_THROW(field->codec->load(field->in(&machine), cell), std::runtime_error) << name;
  }
}

TEST(Fields, TheSchemaSaysWhatIsRequired) {
  const auto schema = schema_of(fields_of<Contact>());
  EXPECT_EQ(boost::json::serialize(schema),
            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"minLength\":1,"
            "\"maxLength\":120},\"email\":{\"type\":[\"string\",\"null\"],\"minLength\":3,"
            "\"maxLength\":254,\"format\":\"email\"}},\"required\":[\"name\"]}");
  EXPECT_EQ(fields_of<Contact>().columns("c"), "c.name, c.email");
  EXPECT_EQ(table_of(static_cast<const Machine*>(nullptr)).kind, "machine");
}

}  // namespace
}  // namespace baijin
