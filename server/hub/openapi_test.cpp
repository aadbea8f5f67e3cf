// What the registry says of itself is whole and true.
#include "hub/openapi.h"

#include <gmock/gmock.h>

#include <set>

#include "hub/test_node.h"

namespace baijin {
namespace {

namespace json = boost::json;

class Document : public Nodes {
 protected:
  void SetUp() override {
    Nodes::SetUp();
    text_ = first().ask(Method::get, "/openapi.json", "", "").body;
    document_ = parse_json(text_);
  }
  // Every "$ref" leads to something.
  void follow(const json::value& value) {
    if (const auto* list = value.if_array()) {
      for (const auto& item : *list) follow(item);
    }
    const auto* object = value.if_object();
    if (!object) return;
    for (const auto& [name, inner] : *object) {
      if (name != "$ref") {
        follow(inner);
        continue;
      }
      std::string_view place = inner.as_string();
      ASSERT_TRUE(place.starts_with("#/")) << place;
      boost::system::error_code missing;
      document_.find_pointer(place.substr(1), missing);
      EXPECT_FALSE(missing) << place;
      ++followed_;
    }
  }

  std::string text_;
  json::value document_;
  int followed_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, Document, ::testing::Values(testing::Engine::sqlite),
                         testing::engine_name);

TEST_P(Document, leads_nowhere_that_is_not_there) {
  EXPECT_EQ(document_.at("openapi").as_string(), "3.1.0");
  follow(document_);
  EXPECT_GT(followed_, 20);
}

TEST_P(Document, names_every_route_once_with_its_right) {
  const auto& registry = first().hub().registry();
  std::set<std::string> names;
  std::size_t operations = 0;
  for (const auto& [path, methods] : document_.at("paths").as_object()) {
    EXPECT_TRUE(path.starts_with('/'));
    for (const auto& [method, operation] : methods.as_object()) {
      ++operations;
      EXPECT_TRUE(names.insert(std::string(operation.at("operationId").as_string())).second);
      EXPECT_TRUE(operation.at("responses").as_object().contains("default"));
    }
  }
  EXPECT_EQ(operations, registry.routes.size());
  for (const auto& route : registry.routes) {
    auto& methods = document_.at("paths").at(route->path).as_object();
    bool found = false;
    for (const auto& [method, operation] : methods) {
      found = found || operation.at("x-right").as_string() == route->right;
    }
    EXPECT_TRUE(found) << route->path;
  }
}

TEST_P(Document, describes_what_a_route_takes_and_gives) {
  auto& list = document_.at("paths").at("/notes").at("get");
  std::set<std::string> names;
  for (const auto& parameter : list.at("parameters").as_array()) {
    names.insert(std::string(parameter.at("name").as_string()));
    EXPECT_EQ(parameter.at("in").as_string(), "query");
  }
  EXPECT_THAT(names, ::testing::ElementsAre("count", "cursor", "limit", "sort", "state"));
  auto& note = document_.at("components").at("schemas").at("Note").at("properties").as_object();
  EXPECT_TRUE(note.contains("title"));
  EXPECT_EQ(note.at("title").at("maxLength").as_int64(), 40);
  auto& create = document_.at("paths").at("/notes").at("post");
  EXPECT_TRUE(create.at("responses").as_object().contains("201"));
}

TEST_P(Document, comes_the_same_each_time) {
  EXPECT_EQ(openapi_document(first().hub().registry()), text_);
  EXPECT_THAT(routes_text(first().hub().registry()), ::testing::HasSubstr("/notes/{note}"));
  EXPECT_THAT(events_text(first().hub().registry()), ::testing::HasSubstr("notes.added"));
  EXPECT_THAT(rights_text(first().hub().registry()), ::testing::HasSubstr("notes.read"));
}

void nothing_much(Change&, const Event&) {}

TEST(Modules, that_contradict_themselves_do_not_start) {
  auto made = [](void (*install)(Module&)) {
    Registry registry;
    Module module(registry, "m");
    install(module);
  };
  EXPECT_THROW(made([](Module& m) {
                 m.right("a.b", "");
                 m.right("a.b", "");
               }),
               std::logic_error);
  EXPECT_THROW(made([](Module& m) {
                 m.on("a.b", nothing_much);
                 m.on("a.b", nothing_much);
               }),
               std::logic_error);
  EXPECT_THROW(made([](Module& m) {
                 m.event<toys::Note>("a.b", "");
                 m.event<toys::Note>("a.b", "");
               }),
               std::logic_error);
  EXPECT_THROW(made([](Module& m) {
                 m.record<toys::Note>(seen_by_staff());
                 m.record<toys::Note>(seen_by_staff());
               }),
               std::logic_error);
}

}  // namespace
}  // namespace baijin
