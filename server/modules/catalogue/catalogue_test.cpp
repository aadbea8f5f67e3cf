#include "modules/catalogue/catalogue.h"

#include "modules/catalogue/routes.h"
#include "testing/desk.h"

namespace baijin::catalogue {
namespace {

// Stands in for the tickets: three are in "b" wherever it appears. Also the rights workflows name.
void install_neighbour(Module& m) {
  m.right("tickets.work", "Work on tickets");
  m.right("tickets.transition", "Move tickets");
  register_guard(m, "test_recorded", "已记录测试", "A test is recorded",
                 [](Reader&, std::int64_t) { return std::optional<std::string>(); });
  register_state_use(m, "neighbour", [](Reader& reader, Id<Workflow> id) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& state : workflow(reader, id)->states) {
      if (state.key.value == "b") counts["b"] = 3;
    }
    return counts;
  });
}

class Catalogue : public testing::DeskTest {
 protected:
  void SetUp() override {
    desk = &open({{"catalogue", catalogue::install}, {"neighbour", install_neighbour}});
    chief = desk->sign_in(desk->staff(Scope::own, {"catalogue.manage", "catalogue.read"}));
    customer = desk->sign_in(desk->contact(1, {}));
  }
  std::int64_t made(const std::string& target, const std::string& body) {
    auto answer = desk->post(target, body, chief);
    EXPECT_EQ(answer.status, 201) << target << " " << answer.body;
    return answer.id();
  }
  std::size_t count(const std::string& target, const std::string& token) {
    auto answer = desk->get(target, token);
    EXPECT_EQ(answer.status, 200) << target << " " << answer.body;
    return answer.at("items").as_array().size();
  }

  testing::Desk* desk = nullptr;
  std::string chief, customer;
};
BAIJIN_ON_BOTH_ENGINES(Catalogue)

std::string state(const char* key, const char* phase) {
  return R"({"key":")" + std::string(key) + R"(","name_zh":"名","name_en":"n","phase":")" + phase +
         R"(","customer_name_zh":"名","customer_name_en":"n"})";
}
std::string step(const char* key, const char* from, const char* to, const char* more = "") {
  return R"({"key":")" + std::string(key) + R"(","from":[")" + from + R"("],"to":")" + to +
         R"(","name_zh":"名","name_en":"n","right":"tickets.work")" + more + "}";
}
std::string workflow(const std::string& states, const std::string& steps) {
  return R"({"key":"own","name_zh":"自定","name_en":"Own","start":"a","states":[)" + states +
         R"(],"transitions":[)" + steps + "]}";
}

TEST_P(Catalogue, Tkt2ComesWithTwelveServiceTypes) {
  EXPECT_EQ(count("/service-types", chief), 12u);
  EXPECT_EQ(count("/service-types", customer), 11u) << "care is the vendor's own initiative";
  EXPECT_EQ(count("/workflows", chief), 4u);
  EXPECT_GT(count("/categories", customer), 20u);
  EXPECT_EQ(count("/priorities", customer), 16u);
  desk->read([](Reader& reader) {
    EXPECT_EQ(priority_for(reader, Severity::S1, Impact::I1), Priority::P1);
    EXPECT_EQ(priority_for(reader, Severity::S4, Impact::I4), Priority::P4);
    auto fault = service_type(reader, *service_type_by_key(reader, "fault"));
    EXPECT_EQ(fault->auto_close_days, 3);
    EXPECT_EQ(fault->reopen_days, 7);
    auto main = catalogue::workflow(reader, fault->workflow);
    EXPECT_EQ(state_of(*main, main->start.value).phase, Phase::fresh);
    EXPECT_TRUE(state_of(*main, "waiting_customer").clock_stops);
    EXPECT_FALSE(transitions_from(*main, "received").empty());
    EXPECT_EQ(transition_named(*main, "offer")->to.value, "awaiting_customer");
    EXPECT_EQ(catalogue::workflow(reader, fault->workflow), main) << "from memory";
  });
}

TEST_P(Catalogue, CustomersGetWhatTheyNeedOnly) {
  auto answer = desk->get("/workflows", customer);
  EXPECT_EQ(answer.body.find("\"right\""), std::string::npos);
  EXPECT_EQ(answer.body.find("guards"), std::string::npos);
  EXPECT_EQ(answer.body.find("诊断中"), std::string::npos) << "they get plain words";
  EXPECT_EQ(answer.body.find("\"customer_may\":false"), std::string::npos);
  EXPECT_EQ(desk->get("/workflows").status, 401);
  EXPECT_EQ(desk->get("/catalogue/guards", customer).status, 403);
  EXPECT_EQ(desk->put("/priorities", R"({"items":[]})", customer).status, 403);
  EXPECT_EQ(desk->get("/catalogue/guards", chief).text("items.0.name"), "test_recorded");
}

TEST_P(Catalogue, Tkt3WorkflowsAreWrittenAsAWhole) {
  auto states = state("a", "new") + "," + state("b", "open") + "," + state("c", "closed");
  auto steps = step("go", "a", "b", R"(,"guards":["test_recorded"])") + "," + step("end", "b", "c");
  auto id = made("/workflows", workflow(states, steps));
  auto path = "/workflows/" + std::to_string(id);
  auto bad = desk->post("/workflows", workflow(states, step("go", "a", "c")), chief);
  EXPECT_EQ(bad.reason(), "workflow_is_wrong");
  EXPECT_EQ(bad.text("fields.0.reason"), "unreachable");
  auto guarded = step("go", "a", "b", R"(,"guards":["moon_full"])") + "," + step("end", "b", "c");
  EXPECT_EQ(desk->put(path, workflow(states, guarded), chief).text("fields.0.reason"),
            "unknown_guard");
  auto without_b = workflow(state("a", "new") + "," + state("c", "closed"), step("end", "a", "c"));
  EXPECT_EQ(desk->put(path, without_b, chief).reason(), "state_in_use");
  auto uses = desk->get(path + "/uses", chief);
  EXPECT_EQ(uses.text("states.0.state"), "b");
  EXPECT_EQ(uses.at("states.0.count").to_number<int>(), 3);
  made("/service-types", R"({"key":"odd_jobs","name_zh":"杂","name_en":"Odd jobs","workflow":)" +
                             std::to_string(id) + "}");
  EXPECT_EQ(desk->get(path + "/uses", chief).text("service_types.0.name_en"), "Odd jobs");
  auto renamed = workflow(states, step("go", "a", "b") + "," + step("close", "b", "c"));
  auto put = desk->put(path, renamed, chief);
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(put.text("transitions.1.key"), "close");
  testing::Asked stale{Method::put, path, renamed, chief, {{"if-match", "\"1\""}}, {}, false};
  EXPECT_EQ(desk->ask(stale).reason(), "changed_meanwhile");
  EXPECT_EQ(desk->del(path, chief).reason(), "still_in_use") << "something is in b";
  EXPECT_EQ(desk->del("/workflows/1", chief).reason(), "still_in_use") << "service types use it";
}

TEST_P(Catalogue, Tkt2TypesAreAddedWithoutCode) {
  auto id = made("/service-types", R"({"key":"audit","name_zh":"审计","name_en":"Audit",
      "workflow":1,"intake":[{"key":"site","required":true}]})");
  auto path = "/service-types/" + std::to_string(id);
  EXPECT_EQ(count("/service-types", customer), 12u);
  EXPECT_EQ(desk->patch(path, R"({"active":false,"reopen_days":0})", chief).status, 200);
  EXPECT_EQ(count("/service-types", customer), 11u);
  EXPECT_EQ(desk->get(path, customer).status, 200) << "old tickets still name it";
  EXPECT_EQ(desk->patch(path, R"({"auto_close_days":-1})", chief).status, 400);
  EXPECT_EQ(desk->patch(path, R"({"workflow":99})", chief).reason(), "unknown_workflow");
  EXPECT_EQ(desk->patch(path, R"({"intake":[{"key":"colour"}]})", chief).status, 400);
  EXPECT_EQ(desk->del(path, chief).status, 204);
}

TEST_P(Catalogue, Tkt4CategoriesAreATree) {
  auto top = made("/categories", R"({"key":"x","name_zh":"上","name_en":"Top"})");
  auto below = made("/categories", R"({"key":"y","name_zh":"下","name_en":"Below","parent":)" +
                                       std::to_string(top) + "}");
  auto path = "/categories/" + std::to_string(top);
  auto round = R"({"parent":)" + std::to_string(below) + "}";
  EXPECT_EQ(desk->patch(path, round, chief).reason(), "goes_round");
  EXPECT_EQ(desk->del(path, chief).reason(), "still_in_use");
  EXPECT_EQ(desk->del("/categories/" + std::to_string(below), chief).status, 204);
  EXPECT_EQ(desk->del(path, chief).status, 204);
}

TEST_P(Catalogue, Tkt4TheMatrixIsData) {
  auto body = desk->get("/priorities", chief).body;
  auto place = body.find("\"P4\"");
  body.replace(place, 4, "\"P1\"");
  auto matrix = R"({"items":)" + boost::json::serialize(parse_json(body).at("items")) + "}";
  auto put = desk->put("/priorities", matrix, chief);
  EXPECT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(desk->get("/priorities", chief).body, body);
  EXPECT_EQ(desk->put("/priorities", R"({"items":[]})", chief).status, 400);
}

TEST_P(Catalogue, Int9CustomFieldsAreAskedFor) {
  made("/custom-fields", R"({"key":"os","label_zh":"系统","label_en":"OS","kind":"choice",
      "options":[{"key":"linux","label_zh":"L","label_en":"L"}],"required":true,
      "service_types":[1]})");
  made("/custom-fields", R"({"key":"cost","label_zh":"成本","label_en":"Cost","kind":"number",
      "staff_only":true})");
  EXPECT_EQ(count("/custom-fields", chief), 2u);
  EXPECT_EQ(count("/custom-fields", customer), 1u);
  EXPECT_EQ(count("/custom-fields?service_type=2", customer), 0u);
  EXPECT_EQ(desk->post("/custom-fields", R"({"key":"z","label_zh":"a","label_en":"a",
      "kind":"text","products":[5]})",
                       chief)
                .reason(),
            "unknown_product");
  desk->read([](Reader& reader) {
    JsonMap none, given{{{"os", "linux"}, {"cost", 12}}};
    EXPECT_THROW(check_custom_fields(reader, {1}, {}, none, none, Audience::staff), Error);
    EXPECT_EQ(check_custom_fields(reader, {2}, {}, none, none, Audience::staff), none);
    auto after = check_custom_fields(reader, {1}, {}, none, given, Audience::staff);
    EXPECT_EQ(after, given);
    EXPECT_THROW(check_custom_fields(reader, {1}, {}, none, given, Audience::customer), Error);
    auto shown = shown_custom_fields(reader, after, Audience::customer);
    EXPECT_EQ(to_json(shown), R"({"os":"linux"})");
  });
}

}  // namespace
}  // namespace baijin::catalogue
