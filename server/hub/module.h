#pragma once
// How a module says what it has: module.cpp's install(Module&) is its table of contents.
#include <concepts>
#include <memory>
#include <tuple>
#include <utility>

#include "hub/change.h"
#include "hub/hub.h"
#include "hub/reader.h"
#include "hub/registry.h"

namespace baijin {

// The empty input of routes that take none.
struct Nothing {};

namespace calls {

// What a query string or JSON body fills; numbers in a query string are texts until here.
void parse_query(std::string_view query, const Fields& fields, void* input);
void parse_body(const Request& request, const Fields& fields, void* input);

template <class A>
struct IsId : std::false_type {};
template <class T>
struct IsId<Id<T>> : std::true_type {};

template <class R>
struct Result {
  static constexpr auto shape = Route::Shape::one;
  using Item = R;
};
template <>
struct Result<void> {
  static constexpr auto shape = Route::Shape::none;
  using Item = void;
};
template <class T>
struct Result<std::vector<T>> {
  static constexpr auto shape = Route::Shape::list;
  using Item = T;
};
template <class T>
struct Result<Page<T>> {
  static constexpr auto shape = Route::Shape::page;
  using Item = T;
};

template <class T>
void write_items(JsonWriter& out, const std::vector<T>& items, Audience audience) {
  out.begin_object();
  out.key("items");
  Value<std::vector<T>>::write(out, items, audience);
}
void end_list(JsonWriter& out);
void end_page(JsonWriter& out, const std::optional<std::string>& next,
              std::optional<std::int64_t> total);

template <class Door, class R, class Input, class... Ids>
class CallOf final : public Call {
 public:
  using Function = R (*)(Door&, Ids..., const Input&);
  using First = void (*)(Reader&, Input&);

  // `plain` functions take no input; they are wrapped by Module.
  CallOf(std::function<R(Door&, Ids..., const Input&)> function, First first, bool writes)
      : function_(std::move(function)), first_(first), writes_(writes) {}

  void decode(const Request& request, std::span<const std::int64_t> ids) override {
    std::size_t at = 0;
    (void)at;
    std::apply([&](auto&... id) { ((id.value = ids[at++]), ...); }, ids_);
    if constexpr (!std::is_same_v<Input, Nothing>) {
      if (writes_) parse_body(request, fields_of<Input>(), &input_);
      else parse_query(request.head.query, fields_of<Input>(), &input_);
    }
  }
  void prepare(Reader& reader) override {
    if (first_) first_(reader, input_);
  }
  void run(Reader& reader) override {
    auto& door = dynamic_cast<Door&>(reader);
    auto call = [&](auto&... ids) -> R { return function_(door, ids..., input_); };
    if constexpr (std::is_void_v<R>) std::apply(call, ids_);
    else result_.emplace(std::apply(call, ids_));
  }
  bool has_result() const override { return Result<R>::shape != Route::Shape::none; }
  void write(JsonWriter& out, Audience audience) const override {
    if constexpr (Result<R>::shape == Route::Shape::one) {
      Value<R>::write(out, *result_, audience);
    } else if constexpr (Result<R>::shape == Route::Shape::list) {
      write_items(out, *result_, audience);
      end_list(out);
    } else if constexpr (Result<R>::shape == Route::Shape::page) {
      write_items(out, result_->items, audience);
      end_page(out, result_->next, result_->total);
    }
  }
  std::optional<Version> version() const override {
    if constexpr (requires {
                    { std::declval<R&>().version } -> std::convertible_to<Version>;
                  }) {
      return result_->version;
    }
    return {};
  }
  std::int64_t id() const override {
    if constexpr (requires {
                    { std::declval<R&>().id.value } -> std::convertible_to<std::int64_t>;
                  }) {
      return result_->id.value;
    }
    return 0;
  }

 private:
  struct Empty {};
  std::function<R(Door&, Ids..., const Input&)> function_;
  First first_;
  bool writes_;
  std::tuple<Ids...> ids_{};
  Input input_{};
  std::optional<std::conditional_t<std::is_void_v<R>, Empty, R>> result_;
};

}  // namespace calls

class Module {
 public:
  Module(Registry& registry, std::string name);

  // A record with its table, who sees its rows and the right one needs to see any of them (through
  // search, live push and references). The start compares the table's columns with FIELDS.
  template <class T>
  void record(const RowRule& rule, std::string_view right = "") {
    add_record(
        {table_of(static_cast<const T*>(nullptr)), &fields_of<T>(), rule, std::string(right)});
  }
  void right(std::string_view name, std::string_view description);
  // An event about records of type T. `audience` customer: customers who see the subject are told
  // that something happened. `right` is what staff need to read it.
  template <class T>
  void event(std::string_view name, std::string_view right, Audience audience = Audience::staff) {
    add_event({std::string(name), std::string(table_of(static_cast<const T*>(nullptr)).kind),
               audience, std::string(right)});
  }

  // What can be said of a route after it: m.post(…).first(check_password).slow().about("…")
  template <class Input>
  class RouteWords {
   public:
    RouteWords(Route& route, std::shared_ptr<void (*)(Reader&, Input&)> first)
        : route_(route), first_(std::move(first)) {}
    // The slow or CPU-heavy part, run before the Change with a Reader; it may fill input fields.
    RouteWords& first(void (*step)(Reader&, Input&)) {
      *first_ = step;
      return *this;
    }
    RouteWords& slow() {
      route_.lane = Lane::slow;
      return *this;
    }
    RouteWords& about(std::string_view text) {
      route_.summary = text;
      return *this;
    }
    RouteWords& upload() {
      route_.body = Body::upload;
      return *this;
    }
    RouteWords& raw() {
      route_.shape = Route::Shape::raw;
      return *this;
    }

   private:
    Route& route_;
    std::shared_ptr<void (*)(Reader&, Input&)> first_;
  };

  // Functions: R f(Reader& | Change&, Id<X>… one per {id} in the path, const Input& if any).
  template <class R, class Door, class... Args>
  auto get(std::string_view path, std::string_view right, R (*f)(Door&, Args...)) {
    return add(Method::get, path, right, f, false);
  }
  template <class R, class... Args>  // creates: 201, Location, Idempotency-Key
  auto create(std::string_view path, std::string_view right, R (*f)(Change&, Args...)) {
    return add(Method::post, path, right, f, true);
  }
  template <class R, class... Args>  // an action: 200
  auto post(std::string_view path, std::string_view right, R (*f)(Change&, Args...)) {
    return add(Method::post, path, right, f, false);
  }
  template <class R, class... Args>
  auto patch(std::string_view path, std::string_view right, R (*f)(Change&, Args...)) {
    return add(Method::patch, path, right, f, false);
  }
  template <class R, class... Args>
  auto put(std::string_view path, std::string_view right, R (*f)(Change&, Args...)) {
    return add(Method::put, path, right, f, false);
  }
  template <class R, class... Args>
  auto del(std::string_view path, std::string_view right, R (*f)(Change&, Args...)) {
    return add(Method::del, path, right, f, false);
  }

  // A command that runs for an event of another module, exactly once.
  void on(std::string_view event_kind, std::function<void(Change&, const Event&)> reaction);
  // A command that runs at a time (change.schedule).
  template <class P>
  void job(std::string_view name, void (*run)(Change&, const P&)) {
    JobKind kind;
    kind.name = name;
    kind.run = [run](Change& change, std::string_view payload) {
      run(change, from_json<P>(parse_json(payload)));
    };
    add_job(std::move(kind));
  }
  void every(std::string_view name, Duration period, void (*run)(Change&));
  void daily(std::string_view name, int minute_of_day, void (*run)(Change&));
  // A job that talks to the outside world: at least once, keyed, retried with back-off. What it
  // needs to know is read before it talks (secrets, and what the receiver may see at that time) and
  // is kept nowhere. Several errands run at once, and none of them holds up the jobs.
  template <class P, class W, class R>
  void errand(std::string_view name, W (*prepare)(Reader&, const P&),
              R (*talk)(Outside&, const W&, std::string_view key),
              void (*settle)(Change&, const P&, const R&)) {
    JobKind kind;
    kind.name = name;
    kind.prepare = [prepare](Reader& reader, std::string_view payload) -> std::any {
      return prepare(reader, from_json<P>(parse_json(payload)));
    };
    kind.talk = [talk](Outside& outside, const std::any& prepared, std::string_view key) {
      return std::any(talk(outside, std::any_cast<const W&>(prepared), key));
    };
    kind.settle = [settle](Change& change, std::string_view payload, const std::any& result) {
      settle(change, from_json<P>(parse_json(payload)), std::any_cast<const R&>(result));
    };
    add_job(std::move(kind));
  }
  // One that knows all it needs from its payload.
  template <class P, class R>
  void errand(std::string_view name, R (*talk)(Outside&, const P&, std::string_view key),
              void (*settle)(Change&, const P&, const R&)) {
    errand<P, P, R>(
        name, [](Reader&, const P& payload) { return payload; }, talk, settle);
  }
  // Fills an empty desk with what it needs to work; runs once, in the order of the modules.
  void preset(std::function<void(Change&)> fill);
  // For `baijin check`: sentences about what is wrong, none when all is well.
  void check(std::function<std::vector<std::string>(Reader&)> look);
  // accounts only: who shows these credentials.
  void identify(std::function<Actor(Reader&, const Credentials&)> who);

  Registry& registry() { return registry_; }

 private:
  void add_record(RecordKind kind);
  void add_event(EventKind kind);
  void add_job(JobKind kind);
  Route& add_route(Method method, std::string_view path, std::string_view right, bool writes,
                   std::size_t ids);

  template <class Door, class R, class Input, class... Ids>
  auto add_call(Method method, std::string_view path, std::string_view right, bool creates,
                std::type_identity_t<std::function<R(Door&, Ids..., const Input&)>> function) {
    static constexpr bool writes = std::is_same_v<Door, Change>;
    auto& route = add_route(method, path, right, writes, sizeof...(Ids));
    route.creates = creates;
    route.shape = calls::Result<R>::shape;
    if constexpr (!std::is_same_v<Input, Nothing>) {
      route.input = &fields_of<Input>();
      if (writes) route.body = Body::json;
    }
    using Item = typename calls::Result<R>::Item;
    if constexpr (!std::is_void_v<Item>) {
      if constexpr (boost::describe::has_describe_members<Item>::value) {
        route.output = &fields_of<Item>();
      }
    }
    auto first = std::make_shared<void (*)(Reader&, Input&)>(nullptr);
    route.make = [function, first] {
      return std::make_unique<calls::CallOf<Door, R, Input, Ids...>>(function, *first, writes);
    };
    return RouteWords<Input>(route, first);
  }

  template <class R, class Door, class... Args>
  auto add(Method method, std::string_view path, std::string_view right, R (*f)(Door&, Args...),
           bool creates) {
    if constexpr ((calls::IsId<Args>::value && ...)) {
      return add_call<Door, R, Nothing, Args...>(
          method, path, right, creates,
          [f](Door& door, Args... ids, const Nothing&) -> R { return f(door, ids...); });
    } else {
      return add_input(method, path, right, f, creates, std::index_sequence_for<Args...>{});
    }
  }
  template <class R, class Door, class... Args, std::size_t... I>
  auto add_input(Method method, std::string_view path, std::string_view right,
                 R (*f)(Door&, Args...), bool creates, std::index_sequence<I...>) {
    using All = std::tuple<Args...>;
    constexpr auto last = sizeof...(Args) - 1;
    using Input = std::remove_cvref_t<std::tuple_element_t<last, All>>;
    return add_split<R, Door, Input, All>(method, path, right, f, creates,
                                          std::make_index_sequence<last>{});
  }
  template <class R, class Door, class Input, class All, class F, std::size_t... I>
  auto add_split(Method method, std::string_view path, std::string_view right, F f, bool creates,
                 std::index_sequence<I...>) {
    return add_call<Door, R, Input, std::tuple_element_t<I, All>...>(method, path, right, creates,
                                                                     f);
  }

  Registry& registry_;
  std::string name_;
};

}  // namespace baijin
