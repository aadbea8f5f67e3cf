#include "hub/openapi.h"

#include <fmt/format.h>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "hub/sql.h"

namespace baijin {
namespace json = boost::json;
namespace {

std::string_view verb_of(Method method) {
  switch (method) {
    case Method::get: return "get";
    case Method::post: return "post";
    case Method::put: return "put";
    case Method::patch: return "patch";
    case Method::del: return "delete";
    case Method::head:
    case Method::other: break;
  }
  return "head";
}

json::object reference(const Fields& fields) {
  return {{"$ref", "#/components/schemas/" + std::string(fields.name)}};
}

json::object json_content(json::value schema) {
  return {{"application/json", json::object{{"schema", std::move(schema)}}}};
}

json::object answer_schema(const Route& route) {
  json::object item = route.output ? reference(*route.output) : json::object{};
  if (route.shape == Route::Shape::one) return item;
  json::object properties{{"items", json::object{{"type", "array"}, {"items", item}}}};
  json::array required{"items"};
  if (route.shape == Route::Shape::page) {
    properties["next"] = json::object{{"type", json::array{"string", "null"}}};
    properties["total"] = json::object{{"type", json::array{"integer", "null"}}};
    required.emplace_back("next");
    required.emplace_back("total");
  }
  return {{"type", "object"}, {"properties", properties}, {"required", required}};
}

void add_parameter(json::array& parameters, const Field& field, std::string_view place) {
  json::object schema;
  field.codec->schema(schema);
  parameters.push_back(json::object{{"name", field.name},
                                    {"in", place},
                                    {"required", !field.codec->may_be_absent},
                                    {"schema", std::move(schema)}});
}

json::array parameters_of(const Route& route) {
  json::array parameters;
  for (const auto& part : route.parts) {
    if (part.front() != '{') continue;
    parameters.push_back(json::object{
        {"name", part.substr(1, part.size() - 2)},
        {"in", "path"},
        {"required", true},
        {"schema", json::object{{"type", "integer"}, {"format", "int64"}, {"minimum", 1}}}});
  }
  if (route.input && route.body != Body::json) {
    for (const auto& field : route.input->list) {
      if (field.name != "paging") {
        add_parameter(parameters, field, "query");
        continue;
      }
      for (const auto& inner : fields_of<Paging>().list) add_parameter(parameters, inner, "query");
    }
  }
  if (route.writes) {
    parameters.push_back(json::object{{"$ref", "#/components/parameters/IdempotencyKey"}});
    if (route.method != Method::post) {
      parameters.push_back(json::object{{"$ref", "#/components/parameters/IfMatch"}});
    }
  }
  return parameters;
}

json::object operation(const Route& route) {
  json::object op;
  if (!route.summary.empty()) op["summary"] = route.summary;
  auto name = std::string(verb_of(route.method));
  for (const auto& part : route.parts) {
    name += "_" + (part.front() == '{' ? part.substr(1, part.size() - 2) : part);
  }
  std::replace(name.begin(), name.end(), '-', '_');
  op["operationId"] = name;
  op["tags"] = json::array{route.parts.front()};
  op["x-right"] = route.right;
  if (route.right == "anyone") op["security"] = json::array{};
  op["parameters"] = parameters_of(route);
  if (route.body == Body::json && route.input) {
    op["requestBody"] = json::object{{"required", true},
                                     {"content", json_content(reference(*route.input))}};
  } else if (route.body == Body::upload) {
    op["requestBody"] = json::object{
        {"required", true},
        {"content", json::object{{"application/octet-stream", json::object{}}}}};
  }
  json::object answers;
  if (route.shape == Route::Shape::none) {
    answers["204"] = json::object{{"description", "Done."}};
  } else if (route.shape == Route::Shape::raw) {
    answers["200"] = json::object{{"description", "The bytes."},
                                  {"content", json::object{{"*/*", json::object{}}}}};
  } else {
    answers[route.creates ? "201" : "200"] = json::object{
        {"description", route.creates ? "Created." : "Done."},
        {"content", json_content(answer_schema(route))}};
  }
  answers["default"] = json::object{{"$ref", "#/components/responses/Problem"}};
  op["responses"] = std::move(answers);
  return op;
}

// The schemas of records and of the structs inside them. Clients know them by their names alone, so
// two records of one name would be one of them to clients.
class Schemas {
 public:
  explicit Schemas(json::object& out) : out_(out) {}
  void add(const Fields& fields) {
    auto [known, is_new] = known_.try_emplace(fields.name, &fields);
    if (known->second != &fields) {
      throw std::logic_error("two records that clients see are called " + std::string(fields.name));
    }
    if (!is_new) return;
    out_[fields.name] = schema_of(fields);
    for (const auto& field : fields.list) {
      if (field.codec->inner) add(field.codec->inner());
    }
  }

 private:
  json::object& out_;
  std::map<std::string_view, const Fields*> known_;
};

constexpr std::string_view fixed_components = R"({
  "securitySchemes": {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-baijin"}
  },
  "parameters": {
    "IdempotencyKey": {"name": "Idempotency-Key", "in": "header", "required": false,
      "description": "The same key and body gives the same answer; another body is 409.",
      "schema": {"type": "string", "maxLength": 200}},
    "IfMatch": {"name": "If-Match", "in": "header", "required": false,
      "description": "The version in quotes; a stale one is 409 changed_meanwhile.",
      "schema": {"type": "string"}}
  },
  "responses": {
    "Problem": {"description": "What was wrong (RFC 9457).", "content": {
      "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
  },
  "schemas": {
    "Problem": {"type": "object",
      "required": ["type", "title", "status", "reason", "request"],
      "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "reason": {"type": "string", "description": "A stable slug."},
        "detail": {"type": "string"}, "request": {"type": "string"},
        "fields": {"type": "array", "items": {"type": "object", "required": ["field", "reason"],
          "properties": {"field": {"type": "string"}, "reason": {"type": "string"}}}}}}
  }
})";

std::vector<const Route*> sorted_routes(const Registry& registry) {
  std::vector<const Route*> routes;
  for (const auto& route : registry.routes) routes.push_back(route.get());
  std::sort(routes.begin(), routes.end(), [](const Route* a, const Route* b) {
    return std::pair(a->path, a->method) < std::pair(b->path, b->method);
  });
  return routes;
}

}  // namespace

std::string openapi_document(const Registry& registry) {
  auto components = parse_json(fixed_components).as_object();
  Schemas schemas(components["schemas"].as_object());
  json::object paths;
  for (const auto* route : sorted_routes(registry)) {
    auto& path = paths[route->path];
    if (!path.is_object()) path = json::object{};
    path.as_object()[verb_of(route->method)] = operation(*route);
    if (route->output) schemas.add(*route->output);
    if (route->input && route->body == Body::json) schemas.add(*route->input);
  }
  return json::serialize(
      json::object{{"openapi", "3.1.0"},
                   {"info", json::object{{"title", "Baijin"}, {"version", "1"}}},
                   {"servers", json::array{json::object{{"url", "/api/v1"}}}},
                   {"security", json::array{json::object{{"token", json::array{}}},
                                            json::object{{"session", json::array{}}}}},
                   {"paths", std::move(paths)},
                   {"components", std::move(components)}});
}

std::string routes_text(const Registry& registry) {
  std::string text;
  for (const auto* route : sorted_routes(registry)) {
    std::string verb(verb_of(route->method));
    std::transform(verb.begin(), verb.end(), verb.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    text += fmt::format("{:<7}{:<60}{}\n", verb, route->path, route->right);
  }
  return text;
}

std::string events_text(const Registry& registry) {
  std::set<std::string> lines;
  for (const auto& event : registry.events) {
    lines.insert(fmt::format("{:<40}{:<18}{:<10}{}\n", event.name, event.subject_kind,
                             event.audience == Audience::customer ? "customer" : "staff",
                             event.right));
  }
  std::string text;
  for (const auto& line : lines) text += line;
  return text;
}

std::string rights_text(const Registry& registry) {
  std::set<std::string> lines;
  for (const auto& right : registry.rights) {
    lines.insert(fmt::format("{:<30}{}\n", right.name, right.description));
  }
  std::string text;
  for (const auto& line : lines) text += line;
  return text;
}

}  // namespace baijin
