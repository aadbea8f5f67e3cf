#include "hub/module.h"

#include <charconv>
#include <stdexcept>

#include "hub/query_text.h"

namespace baijin {
namespace json = boost::json;

namespace calls {
namespace {

constexpr std::array paging_names = {"limit", "cursor", "sort", "count"};

bool is_paging(std::string_view name) {
  return std::find(paging_names.begin(), paging_names.end(), name) != paging_names.end();
}

// A query parameter as the JSON its field expects; a text that is no number stays a text, so that
// the codec says "wrong_type".
json::value typed(const Codec& codec, const std::string& text) {
  switch (codec.shape) {
    case Codec::Shape::integer: {
      std::int64_t number = 0;
      auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (problem == std::errc{} && end == text.data() + text.size()) return number;
      return json::value(text);
    }
    case Codec::Shape::number: try { return parse_json(text);
      } catch (const Error&) {
        return json::value(text);
      }
    case Codec::Shape::boolean:
      if (text == "true" || text == "1") return true;
      if (text == "false" || text == "0") return false;
      return json::value(text);
    case Codec::Shape::array: {
      json::array list;
      for (std::size_t at = 0; at <= text.size();) {
        auto comma = std::min(text.find(',', at), text.size());
        list.emplace_back(text.substr(at, comma - at));
        at = comma + 1;
      }
      return list;
    }
    case Codec::Shape::text:
    case Codec::Shape::object: break;
  }
  return json::value(text);
}

}  // namespace

void parse_query(std::string_view query, const Fields& fields, void* input) {
  json::object object, paging;
  const bool paged = fields.find("paging") != nullptr;
  for (const auto& [name, text] : query_parameters(query)) {
    bool to_paging = paged && is_paging(name);
    const auto* field = to_paging ? fields_of<Paging>().find(name) : fields.find(name);
    if (!field || (paged && name == "paging"))
      throw invalid("unknown_parameter", shorten(name, 80));
    auto& target = to_paging ? paging : object;
    if (target.contains(name)) throw invalid("given_twice", name);
    target[name] = typed(*field->codec, text);
  }
  if (paged) object["paging"] = std::move(paging);
  parse_fields(input, fields, object);
}

void parse_body(const Request& request, const Fields& fields, void* input) {
  if (request.upload) return parse_query(request.head.query, fields, input);
  if (!request.head.query.empty()) throw invalid("unknown_parameter");
  if (request.body.empty()) return parse_fields(input, fields, json::object{});
  parse_fields(input, fields, parse_json(request.body));
}

void end_list(JsonWriter& out) { out.end_object(); }

void end_page(JsonWriter& out, const std::optional<std::string>& next,
              std::optional<std::int64_t> total) {
  out.key("next");
  Value<std::optional<std::string>>::write(out, next, Audience::staff);
  out.key("total");
  Value<std::optional<std::int64_t>>::write(out, total, Audience::staff);
  out.end_object();
}

}  // namespace calls

Module::Module(Registry& registry, std::string name) : registry_(registry), name_(std::move(name)) {
  registry_.modules.push_back(name_);
}

void Module::right(std::string_view name, std::string_view description) {
  if (registry_.rights.size() >= Rights().size()) throw std::logic_error("too many rights");
  for (const auto& known : registry_.rights) {
    if (known.name == name) throw std::logic_error("right twice: " + std::string(name));
  }
  registry_.rights.push_back(
      {std::string(name), std::string(description), registry_.rights.size()});
}

void Module::add_record(RecordKind kind) {
  if (registry_.record(kind.table.kind)) {
    throw std::logic_error("record twice: " + std::string(kind.table.kind));
  }
  registry_.records.push_back(std::move(kind));
}

void Module::add_event(EventKind kind) {
  for (const auto& known : registry_.events) {
    if (known.name == kind.name) throw std::logic_error("event twice: " + kind.name);
  }
  registry_.events.push_back(std::move(kind));
}

void Module::add_job(JobKind kind) {
  if (registry_.job(kind.name)) throw std::logic_error("job twice: " + kind.name);
  registry_.jobs.push_back(std::move(kind));
}

Route& Module::add_route(Method method, std::string_view path, std::string_view right, bool writes,
                         std::size_t ids) {
  auto route = std::make_unique<Route>();
  route->method = method;
  route->path = path;
  route->right = right;
  route->writes = writes;
  std::size_t places = 0;
  for (auto part : split_path(path)) {
    bool place = part.starts_with('{');
    if (place && std::count(route->parts.begin(), route->parts.end(), part) > 0) {
      throw std::logic_error(std::string(path) + " names two ids alike");
    }
    places += place ? 1 : 0;
    route->parts.emplace_back(part);
  }
  if (places != ids) {
    throw std::logic_error("the function of " + std::string(path) +
                           " must take one id for each {} of its path");
  }
  registry_.routes.push_back(std::move(route));
  return *registry_.routes.back();
}

void Module::on(std::string_view event_kind, std::function<void(Change&, const Event&)> reaction) {
  auto name = name_ + ": " + std::string(event_kind);  // also of its cursor, so it is needed once
  for (const auto& known : registry_.reactions) {
    if (known.name == name) throw std::logic_error("reaction twice: " + name);
  }
  registry_.reactions.push_back({name, std::string(event_kind), std::move(reaction)});
}

void Module::every(std::string_view name, Duration period, void (*run)(Change&)) {
  JobKind kind;
  kind.name = name;
  kind.run = [run](Change& change, std::string_view) { run(change); };
  kind.every = period;
  add_job(std::move(kind));
}

void Module::daily(std::string_view name, int minute_of_day, void (*run)(Change&)) {
  JobKind kind;
  kind.name = name;
  kind.run = [run](Change& change, std::string_view) { run(change); };
  kind.daily_minute = minute_of_day;
  add_job(std::move(kind));
}

void Module::preset(std::function<void(Change&)> fill) {
  registry_.presets.push_back(std::move(fill));
}

void Module::check(std::function<std::vector<std::string>(Reader&)> look) {
  registry_.checks.push_back(std::move(look));
}

void Module::identify(std::function<Actor(Reader&, const Credentials&)> who) {
  if (registry_.identify) throw std::logic_error("two modules say who somebody is");
  registry_.identify = std::move(who);
}

}  // namespace baijin
