// What no input may do: set what it has no business with (Z6), break decoding (Z7, I8), reach the
// SQL (I1, I2) or ask for more than there is to ask (Z5). Generated from the route table.
#include <boost/json/serialize.hpp>

#include "api/samples.h"
#include "api/sound.h"
#include "hub/query_text.h"

namespace baijin::api {
namespace {

namespace json = boost::json;
using testing::Answer;
using testing::Desk;

const std::string_view hostile_texts[] = {"'",
                                          "\")",
                                          ";--",
                                          "%",
                                          "_",
                                          "' OR 1=1--",
                                          "1) UNION SELECT password_hash FROM user_secrets--",
                                          "created_at; DROP TABLE users",
                                          "$1",
                                          "{visible t}",
                                          "\\",
                                          "NULL",
                                          "-",
                                          "--created_at",
                                          "１２",
                                          "1e999",
                                          "-1",
                                          "0",
                                          "9223372036854775808",
                                          "true",
                                          "[]",
                                          "{}",
                                          "password_hash",
                                          "t.id",
                                          "\xF0\x9F\x98\x80"};

class HostileInput : public SceneTest {
 protected:
  void SetUp() override { desk = scene().desk(); }
  const std::string& admin() { return scene().who("admin").token; }

  template <class Work>
  void each_route(Work work) {
    for (const auto& route : desk->hub().registry().routes) {
      const auto* sample = Samples::all().of(*route);
      if (sample) work(*route, *sample);
    }
  }
  // The sample's body with one value exchanged.
  Answer ask_with(const Route& route, const Sample& sample, const std::string& body) {
    auto request = asked(scene(), route, sample, 'A', Aim::own, admin());
    request.body = body;
    auto answer = desk->ask(request);
    EXPECT_EQ(unsound(answer), "") << name_of(route) << " " << body.substr(0, 400);
    return answer;
  }
  std::string body_of(const Sample& sample) { return scene().filled(sample.body, 'A'); }

  std::unique_ptr<Desk> desk;
};
BAIJIN_ON_BOTH_ENGINES(HostileInput)

bool takes_json(const Route& route) { return route.body == Body::json && route.input; }

bool complains_of(const Answer& answer, const std::string& field) {
  auto value = parse_json(answer.body);
  const auto* fields = value.as_object().if_contains("fields");
  if (!fields) return false;
  for (const auto& entry : fields->as_array()) {
    if (entry.at("field").as_string() == field) return true;
  }
  return false;
}

// Every column of every record as an extra field of every write.
TEST_P(HostileInput, Z6_columns_cannot_be_set_by_naming_them) {
  std::set<std::string> columns = {"is_admin", "password_hash", "group_ids", "org_id", "verified"};
  for (const auto& record : desk->hub().registry().records) {
    for (const auto& field : record.fields->list) columns.emplace(field.name);
  }
  auto before = all_rows(*desk);
  each_route([&](const Route& route, const Sample& sample) {
    if (!takes_json(route)) return;
    auto body = sample.body.empty() ? json::object{} : parse_json(body_of(sample)).as_object();
    std::vector<std::string> extras;
    for (const auto& column : columns) {
      if (route.input->find(column) || body.contains(column)) continue;
      body[column] = 1;
      extras.push_back(column);
    }
    auto answer = ask_with(route, sample, json::serialize(body));
    EXPECT_EQ(answer.status, 400) << name_of(route);
    for (const auto& extra : extras) {
      EXPECT_TRUE(complains_of(answer, extra)) << name_of(route) << " takes " << extra;
    }
  });
  EXPECT_TRUE(all_rows(*desk) == before);
}

bool takes_lists_or_objects(const Field& field) {
  return field.codec->shape == Codec::Shape::array || field.codec->shape == Codec::Shape::object;
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

TEST_P(HostileInput, Z7_confused_types_are_refused) {
  const std::string wrong[] = {"[]",
                               "{}",
                               "null",
                               "true",
                               "1e999",
                               "\"\"",
                               "-1",
                               "[[[]]]",
                               R"({"$gt":""})",
                               "\"\\u0000\"",
                               "9223372036854775808",
                               "1.5"};
  each_route([&](const Route& route, const Sample& sample) {
    if (!takes_json(route)) return;
    auto body = sample.body.empty() ? json::object{} : parse_json(body_of(sample)).as_object();
    for (const auto& field : route.input->list) {
      auto without = body;
      without.erase(field.name);
      auto rest = json::serialize(without);
      rest.pop_back();
      if (rest.size() > 1) rest += ",";
      for (const auto& value : wrong) {
        auto sent = rest + "\"" + std::string(field.name) + "\":" + value + "}";
        auto answer = ask_with(route, sample, sent);
        bool structured = value[0] == '[' || value[0] == '{';
        if (structured && !takes_lists_or_objects(field)) {
          EXPECT_EQ(answer.status, 400) << name_of(route) << " " << sent;
        }
        if (value == "1e999") {
          EXPECT_EQ(answer.status, 400) << name_of(route) << " " << sent;
        }
      }
      auto deep = rest + "\"" + std::string(field.name) + "\":" + nested(100) + "}";
      EXPECT_EQ(ask_with(route, sample, deep).status, 400) << name_of(route);
    }
  });
}

TEST_P(HostileInput, I8_bodies_that_are_no_json_are_refused) {
  const std::string broken[] = {"",
                                " ",
                                "{",
                                "[]",
                                "null",
                                "1",
                                "\"x\"",
                                "{\"name\":}",
                                "{'name':1}",
                                "{\"name\":\"\xFF\"}",
                                "{\"name\":\"a\",\"name\":\"b\"}",
                                "{\"name\":1}{\"name\":1}",
                                nested(65),
                                "\xEF\xBB\xBF{}",
                                "{\"name\":\"\\ud800\"}",
                                "{\"name\":NaN}",
                                "{\"__proto__\":{\"admin\":true}}"};
  each_route([&](const Route& route, const Sample& sample) {
    if (!takes_json(route)) return;
    for (const auto& body : broken) {
      auto answer = ask_with(route, sample, body);
      EXPECT_GE(answer.status, body.empty() ? 200 : 400) << name_of(route) << " " << body;
    }
  });
}

TEST_P(HostileInput, I1_nothing_of_a_query_reaches_the_sql) {
  auto before = all_rows(*desk, {"events"});
  each_route([&](const Route& route, const Sample& sample) {
    if (route.writes || !route.input) return;
    auto path = target(scene(), sample, 'A', Aim::own);
    path = path.substr(0, path.find('?'));
    auto names = std::vector<std::string>{"sort", "cursor", "limit", "count"};
    for (const auto& field : route.input->list) names.emplace_back(field.name);
    for (const auto& name : names) {
      for (auto text : hostile_texts) {
        auto query = name + "=" + percent_encoded(text);
        if (name != "q" && route.input->find("q")) query += "&q=heliotrope";
        auto answer = desk->get(path + "?" + query, admin());
        EXPECT_EQ(unsound(answer), "") << name_of(route) << " " << query;
        bool must_fail = name == "sort" && text != "-created_at";
        if (must_fail) {
          EXPECT_EQ(answer.status, 400) << name_of(route) << " " << query;
        }
      }
    }
  });
  EXPECT_TRUE(all_rows(*desk, {"events"}) == before);
}

TEST_P(HostileInput, Z5_unknown_parameters_are_refused) {
  each_route([&](const Route& route, const Sample& sample) {
    if (route.writes) return;
    auto path = target(scene(), sample, 'A', Aim::own);
    for (auto extra : {"include=messages", "expand=customer", "fields=password_hash", "x=1",
                       "filter[customer.password_hash][gt]=a", "sort=password_hash", "customer[]=1",
                       "limit=0", "limit=-1", "limit=100000000000"}) {
      auto joined = path + (path.find('?') == path.npos ? "?" : "&") + extra;
      auto answer = desk->get(joined, admin());
      EXPECT_EQ(answer.status, 400) << joined;
      EXPECT_EQ(unsound(answer), "") << joined;
    }
  });
}

// A query that is all wild cards finds nothing: they are letters like others.
TEST_P(HostileInput, I2_what_is_searched_for_is_data) {
  for (auto text : {"%", "_", "*", "\"", "heliotrope*%", "h_liotrope", "h%trope", "NEAR(a b)",
                    "title:heliotrope", "^heliotrope -x", "heliotrope OR zinnwaldite", "a\"b",
                    "heliotrope')--", "AND", "(((", "!|&", ":*", "\\"}) {
    auto answer = desk->get("/search?q=" + percent_encoded(text), admin());
    EXPECT_EQ(unsound(answer), "") << text;
    EXPECT_TRUE(answer.status == 200 || answer.status == 400) << text << answer.body;
    if (answer.status != 200 ||
        std::string_view(text).find("heliotrope") != std::string_view::npos) {
      continue;
    }
    EXPECT_EQ(answer.at("items").as_array().size(), 0u) << text << " " << answer.body;
  }
  auto both = desk->get("/search?q=" + percent_encoded("heliotrope OR zinnwaldite"), admin());
  EXPECT_EQ(both.at("items").as_array().size(), 0u) << "OR is a word, not an operator";
}

// Checklist 47 for JSON: depth 64 and no more, one mebibyte and no more.
TEST_P(HostileInput, I8_depth_and_duplicates_are_bounded) {
  auto deep = [&](int depth) {
    auto path = "/tickets/" + std::to_string(scene().thing("ticket", 'A').id);
    return desk->patch(path, R"({"custom":{"shown_remark":)" + nested(depth) + "}}", admin());
  };
  EXPECT_EQ(deep(62).status, 400);  // a text is wanted
  EXPECT_EQ(deep(64).status, 400);
  EXPECT_EQ(deep(50'000).status, 400);
  auto twice = desk->patch("/me", R"({"locale":"en","locale":"zh-CN"})", admin());
  EXPECT_EQ(twice.status, 400) << twice.body;
}

}  // namespace
}  // namespace baijin::api
